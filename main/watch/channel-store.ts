import type { Dirent } from "node:fs";
import { lstat, readdir, readFile, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { z } from "zod";
import { BridgeError, describeIssues } from "#contract/envelope";
import type { ParsedInput, RequestOutput } from "#contract/requests";
import type { Clock } from "#domain/clock";
import { openForReading, readFully } from "./file-identity";
import { describeFileError, isAbsent } from "./file-problem";

type ChannelList = RequestOutput<"channels.list">;
type Channel = ChannelList["channels"][number];
type ChannelFile = Channel["files"][number];

const maximumChannels = 1_000;
const maximumFilesPerChannel = 2_000;
const maximumDepth = 6;

/** `schema.json` of a channel (spec/tau/surfaces.md §6). */
const channelSchema = z.object({
  schema_version: z.literal(1),
  transport: z.string().min(1),
  channel_id: z.string().min(1),
});

/** Entries of a directory in byte order; none when it is not there. */
async function entriesOf(directory: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    return entries.sort((left, right) => (left.name < right.name ? -1 : 1));
  } catch (error) {
    if (isAbsent(error)) return [];
    throw new BridgeError("unreadable", `${directory}: ${describeFileError(error)}`);
  }
}

/** Regular files below a channel's directory; links are not followed, so nothing outside the store is shown. */
async function filesBelow(
  root: string,
  directory: string,
  depth: number,
  found: ChannelFile[],
): Promise<void> {
  for (const entry of await entriesOf(join(root, directory))) {
    if (found.length >= maximumFilesPerChannel) return;
    const path = `${directory}/${entry.name}`;
    if (entry.isDirectory() && depth < maximumDepth) await filesBelow(root, path, depth + 1, found);
    if (!entry.isFile()) continue;
    try {
      const stats = await lstat(join(root, path));
      found.push({ path, bytes: stats.size, modifiedUnixMs: Math.max(0, Math.floor(stats.mtimeMs)) });
    } catch (error) {
      // Removed since the directory was read.
      if (!isAbsent(error)) throw new BridgeError("unreadable", `${path}: ${describeFileError(error)}`);
    }
  }
}

async function describeChannel(root: string, directory: string, transport: string): Promise<Channel> {
  const files: ChannelFile[] = [];
  await filesBelow(root, directory, 0, files);
  const channel = { directory, transport, channelId: directory.split("/").at(-1) ?? directory, files };
  const schemaPath = `${directory}/schema.json`;
  if (!files.some((file) => file.path === schemaPath && file.bytes <= 65_536))
    return { ...channel, problem: `${schemaPath} is missing, so the channel's identity is not known` };
  try {
    const parsed = channelSchema.safeParse(JSON.parse(await readFile(join(root, schemaPath), "utf8")));
    if (!parsed.success)
      return { ...channel, problem: `${schemaPath}: ${describeIssues(parsed.error).join("; ")}` };
    const named = { ...channel, transport: parsed.data.transport, channelId: parsed.data.channel_id };
    return parsed.data.transport === transport
      ? { ...named, problem: "" }
      : {
          ...named,
          problem: `${schemaPath} names transport ${parsed.data.transport}, its directory ${transport}`,
        };
  } catch (error) {
    return {
      ...channel,
      problem: `${schemaPath}: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch {
    // Whatever is wrong with it shows when it is read.
    return false;
  }
}

/** Channels of a store, each with its files (spec/tau/surfaces.md §6). A store that does not exist has none. */
export async function listChannels(root: string, shownRoot: string, clock: Clock): Promise<ChannelList> {
  const channels: Channel[] = [];
  if (await isLink(join(root, "channels")))
    throw new BridgeError(
      "unreadable",
      `${shownRoot}/channels is a link; expected a directory of the store.`,
    );
  for (const transport of await entriesOf(join(root, "channels"))) {
    if (!transport.isDirectory()) continue;
    for (const channel of await entriesOf(join(root, "channels", transport.name))) {
      if (!channel.isDirectory() || channels.length >= maximumChannels) continue;
      channels.push(
        await describeChannel(root, `channels/${transport.name}/${channel.name}`, transport.name),
      );
    }
  }
  return { root: shownRoot, readUnixMs: clock.nowUnixMs(), channels };
}

/** The real path of a file inside the store. Rejects anything that leads out of it, by `..`, root or link. */
async function containedPath(root: string, path: string): Promise<string> {
  const segments = path.split("/");
  if (
    path.includes("\0") ||
    path.includes("\\") ||
    segments.some((part) => part === "" || part === "." || part === "..")
  )
    throw new BridgeError(
      "invalid_request",
      "path: expected a file of the channel store as channels.list gave it.",
    );
  try {
    const realRoot = await realpath(root);
    const real = await realpath(join(realRoot, ...segments));
    if (!real.startsWith(realRoot + sep))
      throw new BridgeError("invalid_request", `${path} leads out of the channel store.`);
    return real;
  } catch (error) {
    if (error instanceof BridgeError) throw error;
    if (isAbsent(error)) throw new BridgeError("not_found", `${path} is not in the channel store.`);
    throw new BridgeError("unreadable", `${path}: ${describeFileError(error)}`);
  }
}

/** Part of one file of the store, decoded with replacement characters where it is not UTF-8. */
export async function readChannelFile(
  root: string,
  input: Pick<ParsedInput<"channels.read">, "path" | "offset" | "limit">,
  clock: Clock,
): Promise<RequestOutput<"channels.read">> {
  const opened = await openForReading(await containedPath(root, input.path));
  if (opened.kind === "absent")
    throw new BridgeError("not_found", `${input.path} is not in the channel store.`);
  if (opened.kind === "problem") throw new BridgeError("unreadable", `${input.path}: ${opened.problem}`);
  const { handle, size } = opened.file;
  try {
    const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(input.limit, size - input.offset)));
    const read = await readFully(handle, buffer, 0, buffer.length, input.offset);
    return {
      path: input.path,
      bytes: size,
      offset: input.offset,
      text: buffer.toString("utf8", 0, read),
      readUnixMs: clock.nowUnixMs(),
    };
  } catch (error) {
    throw new BridgeError("unreadable", `${input.path}: ${describeFileError(error)}`);
  } finally {
    await handle.close();
  }
}
