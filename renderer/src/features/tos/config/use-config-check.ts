import { useEffect, useState } from "react";
import type { RequestOutput } from "#contract/requests";
import { useRequest, type Answer } from "../../../state/use-request";

/** Wait after the last key before the host is asked, milliseconds. */
const quietMs = 250;

/**
 * What would be wrong with a text, asked once the operator pauses. `upToDate` is false while the answer is not about the
 * text as it is now.
 */
export function useConfigCheck(
  text: string,
  revision: string,
): Answer<RequestOutput<"tos.checkConfig">> & { readonly upToDate: boolean } {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), quietMs);
    return () => clearTimeout(timer);
  }, [text]);
  const answer = useRequest("tos.checkConfig", { text: settled }, revision);
  return { ...answer, upToDate: settled === text && !answer.asking && answer.error === null };
}
