import { useConsole } from "../../state/console-store";
import { EmptyState } from "../../ui/Notice";

/** What stands where the project would: what was looked for, and how to say where it is. */
export function NoProject(props: { readonly problem: string }) {
  const settingsPath = useConsole((state) => state.workspace?.settingsPath ?? ".gatehouse/settings.json");
  return (
    <>
      <h1 className="sr-only">TOS</h1>
      <EmptyState title="No TOS project in this workspace">
        <p className="break-words" data-testid="no-project">
          {props.problem === "" ? "A folder with config_v0_3.json was looked for." : props.problem}
        </p>
        <p className="pt-2">
          The project is a folder that holds <code className="figure text-small">config_v0_3.json</code>. Say
          where it is, relative to the workspace, in <span className="figure text-small">{settingsPath}</span>
          :
        </p>
        <pre className="figure mt-1 border border-line bg-panel px-2 py-1 text-small text-ink">
          {'"tosRoot": "path/to/the/project"'}
        </pre>
        <p className="pt-2">It is read again as soon as the file is saved.</p>
      </EmptyState>
    </>
  );
}
