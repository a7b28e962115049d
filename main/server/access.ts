import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** A secret of 256 bits that may stand in a URL and in a header. */
export function createSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** Compares without telling by its duration how much was right. */
function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/**
 * Who may use a served console. A one-time token opens a browser session and is spent by it; the bearer secret is for
 * programs of the same user, which find it in the workspace (readable by its owner only).
 */
export class AccessControl {
  readonly bearer: string;
  readonly #sessions: string[] = [];
  readonly #tokens: string[] = [];

  constructor(bearer: string = createSecret()) {
    this.bearer = bearer;
  }

  /** A new token for one browser. */
  issueToken(): string {
    const token = createSecret();
    this.#tokens.push(token);
    return token;
  }

  /** Spends a token: a session secret for it, or null when it was never issued or is already spent. */
  exchange(token: string): string | null {
    const index = this.#tokens.findIndex((issued) => sameSecret(token, issued));
    if (index < 0) return null;
    this.#tokens.splice(index, 1);
    const session = createSecret();
    this.#sessions.push(session);
    return session;
  }

  isSession(secret: string): boolean {
    return this.#sessions.some((session) => sameSecret(secret, session));
  }

  isBearer(secret: string): boolean {
    return sameSecret(secret, this.bearer);
  }
}
