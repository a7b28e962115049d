import { ContractError } from "#domain/contract-error";

const notUtf8 = "stream did not contain valid UTF-8";

/** Text of bytes that must be UTF-8; a byte order mark stays in it, where JSON refuses it. Throws a `ContractError`. */
export function decodeText(bytes: Uint8Array): string {
  return new StrictTextStream().last(bytes);
}

/** Decodes a stream of bytes that must be UTF-8, piece by piece. Its methods throw a `ContractError`. */
export class StrictTextStream {
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

  next(bytes: Uint8Array): string {
    return this.#decode(bytes, true);
  }

  last(bytes?: Uint8Array): string {
    return this.#decode(bytes, false);
  }

  #decode(bytes: Uint8Array | undefined, stream: boolean): string {
    try {
      return this.#decoder.decode(bytes, { stream });
    } catch {
      throw new ContractError(notUtf8);
    }
  }
}
