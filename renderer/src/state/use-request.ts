import { useCallback, useEffect, useState } from "react";
import type { RequestName } from "#contract/names";
import type { RequestInput, RequestOutput } from "#contract/requests";
import { BridgeError } from "#contract/envelope";
import { hostClient, useConsole } from "./console-store";

/** The last answer is kept while a newer one is asked for, or when asking fails: figures hold, they do not vanish. */
export interface Answer<Value> {
  readonly value: Value | null;
  readonly error: BridgeError | null;
  readonly asking: boolean;
  readonly ask: () => void;
}

/** Any failure as a bridge error, so that it can be shown with its code. */
export function asBridgeError(error: unknown): BridgeError {
  if (error instanceof BridgeError) return error;
  return new BridgeError("unavailable", error instanceof Error ? error.message : String(error));
}

/**
 * Asks the host when the input or `revision` changes, and whenever `ask` is called. An answer that was overtaken is
 * dropped. `input` is compared by its JSON.
 */
export function useRequest<Name extends RequestName>(
  name: Name,
  input: RequestInput<Name>,
  revision: number | string = 0,
): Answer<RequestOutput<Name>> {
  const key = JSON.stringify(input);
  const [asked, setAsked] = useState(0);
  const [answer, setAnswer] = useState<{
    readonly key: string;
    readonly value: RequestOutput<Name> | null;
    readonly error: BridgeError | null;
    readonly asking: boolean;
  }>({ key, value: null, error: null, asking: true });

  useEffect(() => {
    let overtaken = false;
    setAnswer((last) =>
      last.key === key ? { ...last, asking: true } : { key, value: null, error: null, asking: true },
    );
    hostClient()
      .request(name, JSON.parse(key) as RequestInput<Name>)
      .then(
        (value) => {
          if (!overtaken) setAnswer({ key, value, error: null, asking: false });
        },
        (error: unknown) => {
          if (!overtaken) setAnswer((last) => ({ ...last, error: asBridgeError(error), asking: false }));
        },
      );
    return () => {
      overtaken = true;
    };
  }, [name, key, revision, asked]);

  const ask = useCallback(() => setAsked((count) => count + 1), []);
  const connected = useConsole((state) => state.connection === "connected");
  const unanswered = answer.error?.code === "unavailable";
  useEffect(() => {
    // What could not be asked while the host was away is asked again when it is back.
    if (connected && unanswered) ask();
  }, [connected, unanswered, ask]);
  const current = answer.key === key;
  return {
    value: current ? answer.value : null,
    error: current ? answer.error : null,
    asking: !current || answer.asking,
    ask,
  };
}
