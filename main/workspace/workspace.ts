import { stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { BridgeError } from "#contract/envelope";
import type { SurfaceId } from "#contract/identity";
import { surfaceSettingsSchema, type SurfaceSettings, type WorkspaceSettings } from "#contract/settings";
import type { Clock } from "#domain/clock";
import { completeSurfaceSettings } from "#domain/settings/defaults";
import { describeChange, editSurface } from "#domain/settings/edit";
import { defaultSettings, parseSettings } from "#domain/settings/parse";
import type { Workspace } from "../host/ports";
import { createOperatorLog } from "../operator-log";
import { isDemoWorkspace } from "./demo-manifest";
import { followSettingsFile, readSettingsText } from "./settings-file";
import { writeDurable } from "../system/write-durable";

/** Where a workspace keeps its settings, and how messages name the file. */
const settingsFile = ".gatehouse/settings.json";

/** What the settings file says now: good settings and its document, or what is wrong with it. */
interface Reading {
  settings: WorkspaceSettings | null;
  document: Record<string, unknown>;
  errors: string[];
}

async function readSettings(path: string): Promise<Reading> {
  const found = await readSettingsText(path);
  if (found.kind === "missing")
    return { settings: defaultSettings, document: { schemaVersion: 1, surfaces: {} }, errors: [] };
  if (found.kind === "unreadable")
    return { settings: null, document: {}, errors: [`${settingsFile}: ${found.problem}`] };
  const parsed = parseSettings(found.text, settingsFile);
  return parsed.ok
    ? { settings: parsed.settings, document: parsed.document, errors: [] }
    : { settings: null, document: {}, errors: parsed.errors };
}

async function assertDirectory(path: string): Promise<void> {
  if (path.includes("\0"))
    throw new BridgeError("invalid_request", "The workspace path contains a NUL character.");
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error)
    throw new BridgeError(
      found.code === "ENOENT" ? "not_found" : "unreadable",
      `The workspace ${path} cannot be opened: expected an existing folder.`,
      [found.message],
    );
  if (!found.isDirectory())
    throw new BridgeError("unreadable", `The workspace ${path} is not a folder.`, [
      "Give the path of a checkout, for example: npm start -- --workspace ../my-checkout",
    ]);
}

/**
 * Opens a workspace and follows its settings file. A mistake in the file never keeps a workspace from opening: the
 * last good settings (at first the defaults) stay in force and `view().settingsErrors` says what to mend.
 * Rejects with a `BridgeError` when the path is not a folder that can be read.
 */
export async function openWorkspace(path: string, clock: Clock): Promise<Workspace> {
  const root = resolve(path);
  await assertDirectory(root);
  const settingsPath = join(root, settingsFile);
  const log = createOperatorLog(root, clock);
  const listeners = new Set<() => void>();
  let inForce = defaultSettings;
  let errors: string[] = [];
  const demo = await isDemoWorkspace(root);

  async function refresh(): Promise<Reading> {
    const reading = await readSettings(settingsPath);
    const changed =
      JSON.stringify([reading.settings ?? inForce, reading.errors]) !== JSON.stringify([inForce, errors]);
    inForce = reading.settings ?? inForce;
    errors = reading.errors;
    if (changed) for (const listener of listeners) listener();
    return reading;
  }

  async function update(
    surface: SurfaceId,
    change: (settings: SurfaceSettings) => SurfaceSettings,
  ): Promise<void> {
    const { settings, document } = await refresh();
    if (settings === null)
      throw new BridgeError(
        "conflict",
        `Mend ${settingsFile} first: a change now would overwrite it.`,
        errors,
      );
    const before: SurfaceSettings = settings.surfaces[surface] ?? { driver: "observe" };
    const after = surfaceSettingsSchema.parse(change(before));
    const text = `${JSON.stringify(editSurface(document, surface, before, after), null, 2)}\n`;
    const checked = parseSettings(text, settingsFile);
    if (!checked.ok)
      throw new BridgeError("invalid_request", `The change to ${surface} is not valid.`, checked.errors);
    log.append({ action: "configure", surface, reason: "", effect: describeChange(before, after) });
    try {
      await writeDurable(settingsPath, text);
    } catch (error) {
      throw new BridgeError("unavailable", `${settingsPath} cannot be written.`, [(error as Error).message]);
    }
    await refresh();
  }

  await refresh();
  const stopFollowing = followSettingsFile(settingsPath, async () => void (await refresh()));
  let pending: Promise<void> = Promise.resolve();
  return {
    path: root,
    view: () => ({
      name: inForce.name ?? (basename(root) || root),
      path: root,
      settingsPath,
      demo,
      settingsErrors: [...errors],
    }),
    settings: () => inForce,
    surfaceSettings: (surface) => completeSurfaceSettings(surface, inForce),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    updateSurface(surface, change) {
      // One change after the other: each starts from what the one before has written.
      const done = pending.then(() => update(surface, change));
      pending = done.catch(() => undefined);
      return done;
    },
    async dispose() {
      stopFollowing();
      listeners.clear();
      await pending;
    },
  };
}
