import { useConsole } from "../../state/console-store";
import { Elapsed } from "../../ui/Age";
import { Notice } from "../../ui/Notice";

/** What concerns the whole window: no connection, mistakes in the settings. Gone when their cause is gone. */
export function Banners() {
  const connection = useConsole((state) => state.connection);
  const since = useConsole((state) => state.disconnectedSinceMs);
  const offset = useConsole((state) => state.clockOffsetMs);
  const problem = useConsole((state) => state.problem);
  const workspace = useConsole((state) => state.workspace);
  return (
    <>
      {connection === "disconnected" && (
        <Notice
          tone="failing"
          live
          className="border-x-0 border-t-0"
          title={
            <>
              Nothing is heard from the host
              {since !== null && (
                <>
                  {" "}
                  since <Elapsed sinceUnixMs={since + offset} />
                </>
              )}
              . Every figure holds its last value and is grey.
            </>
          }
        >
          <p className="text-muted">Trying to connect again. {problem ?? ""}</p>
        </Notice>
      )}
      {workspace !== null && workspace.settingsErrors.length > 0 && (
        <Notice
          tone="degraded"
          live
          className="border-x-0 border-t-0"
          title={`${workspace.settingsPath} has mistakes. Until they are mended, the last good settings stay in force, or the defaults: observe only.`}
        >
          <ul>
            {workspace.settingsErrors.map((error) => (
              <li key={error} className="figure text-small break-words text-muted">
                {error}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}
