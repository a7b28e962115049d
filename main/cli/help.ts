import { rolloutFlags } from "./commands/rollout/flags";
import { tosRollbackFlags } from "./commands/tos/rollback-flags";
import { workspaceStatusFlags } from "./commands/workspace-status-flags";
import { environmentName, type FlagDefinition, valuePlaceholder } from "./flags/definition";
import { operatorFlags } from "./flags/operator-flags";
import { surfaceFlags } from "./flags/surface-flags";

const introduction = `Gatehouse: a console for operators who promote releases through gates.

Usage:
  gatehouse status [--workspace DIR] [--json]     read the five surfaces once; exit 3 when any holds
  gatehouse rollout COMMAND [--workspace DIR] …   start, watch and decide a rollout (below)
  gatehouse tos -Mode run|test|cleanrun|checkpoint|rollback [-Root DIR] …
                                                  run the task orchestrator of a project (below)
  gatehouse tos-rollback COMMAND [--root DIR] …   preview, undo or finish a rollback of a project (below)
  gatehouse serve --workspace DIR [--port N]      serve the console to a browser on this machine
  gatehouse browser-live …                        drive a real browser through its live run
  gatehouse browser-live-harness …                run live browser cases with a given executor
  gatehouse browser-executor …                    the browser executor itself
  gatehouse <flags of the agent>                  run or inspect surfaces, word for word (below)
  gatehouse --help | --version

Exit codes: 0 done, 1 failed, 2 wrong command line, 3 a surface or a gate holds, 4 a rollout command was
refused for another reason, 5 a rollback is open or the rollout ended otherwise than complete.`;

/** The launcher takes its parameters as PowerShell does, not as the other commands take their flags. */
const launcher = `gatehouse tos (as cc_run.ps1: the same lines on standard output, the same exit codes 0 and 1; every value as
-Name VALUE or -Name:VALUE, names in any case):
  -Mode run|test|cleanrun|checkpoint|rollback              What to do; test runs the orchestrator, too, then checks
  -Root DIR                                                Folder of the project [.]
  -Clean                                                   Remove the state of earlier runs first
  -SummaryFile PATH                                        Write a summary there, and as .txt beside it
  -CheckpointName TEXT                                     Name of the checkpoint
  -TargetCommit COMMIT                                     Commit to roll back to [the last checkpoint]
  --reason TEXT                                            Why, for the record
  --acknowledge RULE=REASON                                Go on in spite of a rule that refuses; may be repeated
  --preview-id ID                                          Preview of the rollback that was looked at; refused when
                                                           anything has changed since`;

const conventions = `Every flag is given as --x VALUE or --x=VALUE, a switch also as --x or --x=true|false; a flag that is not
given takes its environment variable (--voice-fixture: ${environmentName("voice-fixture")}), then its default.
Flags marked * say what to do; exactly one of them is given.`;

const column = 58;

/** What `gatehouse --help` prints: every command, and every flag with its default. */
export function helpText(): string {
  const sections = Object.entries({ ...surfaceFlags, ...operatorFlags }).map(([title, flags]) =>
    section(title, flags),
  );
  return [
    introduction,
    section("gatehouse status", workspaceStatusFlags),
    ...sectionsOf("rollout", rolloutFlags),
    launcher,
    ...sectionsOf("tos-rollback", tosRollbackFlags),
    conventions,
    ...sections,
  ].join("\n\n");
}

/** Commands that take the same flags share a section. */
function sectionsOf(
  name: string,
  flagsByCommand: Readonly<Record<string, readonly FlagDefinition[]>>,
): string[] {
  const commandsByFlags = new Map<string, string[]>();
  const sections = new Map<string, readonly FlagDefinition[]>();
  for (const [command, flags] of Object.entries(flagsByCommand)) {
    const key = flags.map(({ name }) => name).join(" ");
    commandsByFlags.set(key, [...(commandsByFlags.get(key) ?? []), command]);
    sections.set(key, flags);
  }
  return [...sections].map(([key, flags]) =>
    section(`gatehouse ${name} ${(commandsByFlags.get(key) ?? []).join(" | ")}`, flags),
  );
}

function section(title: string, flags: readonly FlagDefinition[]): string {
  return [`${title}:`, ...flags.map(flagLine)].join("\n");
}

function flagLine(flag: FlagDefinition): string {
  const usage = `${flag.command === true ? "*" : " "} --${flag.name} ${valuePlaceholder(flag)}`.trimEnd();
  const fallback = flag.fallback === undefined ? "" : ` [${flag.fallback}]`;
  return `${usage.padEnd(column)} ${flag.help}${fallback}`;
}
