import { useCallback } from "react";
import type { OutputLine } from "#contract/driver";
import { LogLines, type LogLine } from "../../ui/LogLines";

/** What a run prints, each line with its stream. */
export function OutputLines(props: { readonly lines: readonly OutputLine[]; readonly running: boolean }) {
  const { lines } = props;
  const lineAt = useCallback(
    (index: number): LogLine | undefined => {
      const line = lines[index];
      if (line === undefined) return undefined;
      const { text, unixMs } = line;
      return line.stream === "stderr"
        ? { unixMs, tag: "err", tagClass: "text-degraded", text }
        : { unixMs, tag: "out", text };
    },
    [lines],
  );
  return (
    <LogLines
      label="Output of the run"
      count={lines.length}
      lineAt={lineAt}
      empty={props.running ? "Nothing printed yet." : "It printed nothing."}
      tagWidth={3}
    />
  );
}
