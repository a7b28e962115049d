import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { requests } from "#contract/requests";
import { temporaryFolder } from "../../support/temporary-folder";
import { startWatcher } from "./watching";

async function storeOf(channels: Readonly<Record<string, object | null>>) {
  const workspacePath = await temporaryFolder();
  const stateDir = join(workspacePath, ".tau", "voice");
  const root = join(stateDir, "channel-store");
  for (const [directory, schema] of Object.entries(channels)) {
    await mkdir(join(root, directory, "attachments"), { recursive: true });
    await writeFile(join(root, directory, "log.jsonl"), '{"direction":"system"}\n');
    await writeFile(join(root, directory, "attachments", "index.jsonl"), "");
    if (schema !== null) await writeFile(join(root, directory, "schema.json"), JSON.stringify(schema));
  }
  return { workspacePath, root, watcher: await startWatcher(stateDir, { workspacePath }) };
}
const voice = { schema_version: 1, transport: "voice", channel_id: "operator:ops-1" };

describe("browsing the channel store", () => {
  test("a store that does not exist has no channels", async () => {
    const watcher = await startWatcher(join(await temporaryFolder(), "voice"));
    expect(await watcher.listChannels()).toMatchObject({ root: "channel-store", channels: [] });
  });

  test("lists channels with their real ids and files, and says what is wrong with a schema", async () => {
    const { watcher } = await storeOf({
      "channels/voice/operator_ops-1": voice,
      "channels/voice/nameless": null,
      "channels/voice/foreign": { ...voice, transport: "dashboard" },
      "channels/voice/newer": { ...voice, schema_version: 2 },
    });
    const list = requests["channels.list"].output.parse(await watcher.listChannels());
    expect(list.root).toBe(".tau/voice/channel-store");
    expect(
      list.channels.map(({ directory, transport, channelId, problem }) => ({
        directory,
        transport,
        channelId,
        problem,
      })),
    ).toEqual([
      {
        directory: "channels/voice/foreign",
        transport: "dashboard",
        channelId: "operator:ops-1",
        problem: "channels/voice/foreign/schema.json names transport dashboard, its directory voice",
      },
      {
        directory: "channels/voice/nameless",
        transport: "voice",
        channelId: "nameless",
        problem: "channels/voice/nameless/schema.json is missing, so the channel's identity is not known",
      },
      {
        directory: "channels/voice/newer",
        transport: "voice",
        channelId: "newer",
        problem: expect.stringMatching(/schema\.json: schema_version/u),
      },
      {
        directory: "channels/voice/operator_ops-1",
        transport: "voice",
        channelId: "operator:ops-1",
        problem: "",
      },
    ]);
    expect(list.channels[3]?.files.map((file) => file.path)).toEqual([
      "channels/voice/operator_ops-1/attachments/index.jsonl",
      "channels/voice/operator_ops-1/log.jsonl",
      "channels/voice/operator_ops-1/schema.json",
    ]);
  });

  test("reads part of a file", async () => {
    const { root, watcher } = await storeOf({ "channels/voice/ops-1": voice });
    await writeFile(join(root, "channels/voice/ops-1/MEMORY.md"), "# 0123456789");
    const path = "channels/voice/ops-1/MEMORY.md";
    expect(await watcher.readChannelFile({ surface: "voice", path, offset: 4, limit: 3 })).toMatchObject({
      path,
      bytes: 12,
      offset: 4,
      text: "234",
    });
    expect(await watcher.readChannelFile({ surface: "voice", path, offset: 99, limit: 3 })).toMatchObject({
      bytes: 12,
      text: "",
    });
  });

  test("nothing outside the store can be read or listed, by any path or link", async () => {
    const { workspacePath, root, watcher } = await storeOf({ "channels/voice/ops-1": voice });
    const secret = join(workspacePath, "secret.txt");
    await writeFile(secret, "secret");
    await symlink(secret, join(root, "channels/voice/ops-1/link.txt"));
    await symlink(workspacePath, join(root, "channels/voice/ops-1/folder"));
    await symlink(workspacePath, join(root, "channels/voice/linked-channel"));
    for (const path of [
      "../../../secret.txt",
      "channels/../../../../secret.txt",
      "/etc/hostname",
      secret,
      "./channels",
      "channels//voice",
      "channels/voice/ops-1/link.txt",
      "channels/voice/ops-1/folder/secret.txt",
      "channels/voice/linked-channel/secret.txt",
      "channels\\voice",
      "channels/voice/ops-1/log.jsonl\0.txt",
      "",
    ])
      await expect(
        watcher.readChannelFile({ surface: "voice", path, offset: 0, limit: 100 }),
        path,
      ).rejects.toMatchObject({ code: "invalid_request" });
    const { channels } = await watcher.listChannels();
    expect(channels.map((channel) => channel.directory)).toEqual(["channels/voice/ops-1"]);
    expect(channels[0]?.files.map((file) => file.path)).not.toContainEqual(
      expect.stringMatching(/link|folder/u),
    );
  });

  test("a store whose channels are a link is refused", async () => {
    const { workspacePath, root, watcher } = await storeOf({});
    await mkdir(root, { recursive: true });
    await symlink(workspacePath, join(root, "channels"));
    await expect(watcher.listChannels()).rejects.toMatchObject({ code: "unreadable" });
  });

  test("what is not there, and what is no file, is an error in words", async () => {
    const { watcher } = await storeOf({ "channels/voice/ops-1": voice });
    const read = (path: string) => watcher.readChannelFile({ surface: "voice", path, offset: 0, limit: 1 });
    await expect(read("channels/voice/ops-1/none.txt")).rejects.toMatchObject({ code: "not_found" });
    await expect(read("channels/voice/ops-1")).rejects.toMatchObject({
      code: "unreadable",
      message: "channels/voice/ops-1: it is a directory, expected a file",
    });
  });
});
