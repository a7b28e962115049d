import { File, FileText, TriangleAlert } from "lucide-react";
import type { RequestOutput } from "#contract/requests";
import { formatBytes } from "../../format/number";
import { classNames } from "../../ui/class-names";

type Channel = RequestOutput<"channels.list">["channels"][number];

/** Path of a file below its channel's directory. */
function nameInChannel(channel: Channel, path: string): string {
  return path.startsWith(`${channel.directory}/`) ? path.slice(channel.directory.length + 1) : path;
}

function ChannelEntry(props: {
  readonly channel: Channel;
  readonly chosen: string | null;
  readonly onChoose: (path: string) => void;
}) {
  const { channel } = props;
  return (
    <li>
      <p className="flex items-baseline gap-2 px-3 pt-2 pb-0.5" title={channel.directory}>
        <span className="figure truncate font-semibold">{channel.channelId}</span>
        <span className="figure truncate text-small text-faint">{channel.transport}</span>
      </p>
      {channel.problem !== "" && (
        <p className="flex items-start gap-1.5 px-3 text-small text-degraded">
          <TriangleAlert size={12} className="mt-0.5 shrink-0" aria-hidden />
          {channel.problem}
        </p>
      )}
      <ul>
        {channel.files.map((file) => {
          const name = nameInChannel(channel, file.path);
          const Glyph = name.includes("/") ? File : FileText;
          return (
            <li key={file.path}>
              <button
                type="button"
                aria-current={file.path === props.chosen ? "true" : undefined}
                className={classNames(
                  "flex h-7 w-full items-center gap-2 border-l-2 pr-3 pl-4 text-left hover:bg-hover",
                  file.path === props.chosen ? "border-accent bg-accent-wash" : "border-transparent",
                )}
                onClick={() => props.onChoose(file.path)}
              >
                <Glyph size={13} className="shrink-0 text-muted" aria-hidden />
                <span className="figure min-w-0 flex-1 truncate">{name}</span>
                <span className="figure shrink-0 text-small text-faint">{formatBytes(file.bytes)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </li>
  );
}

/** The channels and their files. */
export function ChannelTree(props: {
  readonly channels: readonly Channel[];
  readonly chosen: string | null;
  readonly onChoose: (path: string) => void;
}) {
  return (
    <nav
      aria-label="Channel store"
      className="scroll-region w-80 shrink-0 border-r border-line bg-panel pb-2"
    >
      <ul>
        {props.channels.map((channel) => (
          <ChannelEntry
            key={channel.directory}
            channel={channel}
            chosen={props.chosen}
            onChoose={props.onChoose}
          />
        ))}
      </ul>
    </nav>
  );
}
