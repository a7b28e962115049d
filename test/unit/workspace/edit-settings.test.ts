import { describe, expect, it } from "vitest";
import { surfaceSettingsSchema, type SurfaceSettings } from "#contract/settings";
import { describeChange, editSurface } from "#domain/settings/edit";

const written = {
  fixture: "a.json",
  driver: "embedded",
  limits: { retryMaxAttempts: 2, queueLimit: 8 },
};
const document = {
  name: "Ours",
  surfaces: { memory: { driver: "observe" }, voice: written },
  schemaVersion: 1,
};
const before = surfaceSettingsSchema.parse(written);
const edit = (after: SurfaceSettings) => JSON.stringify(editSurface(document, "voice", before, after));

describe("a change to one surface's settings", () => {
  it("that changes nothing leaves the document as it is", () => {
    expect(edit(before)).toBe(JSON.stringify(document));
  });

  it("keeps other keys, their order, and defaults unwritten", () => {
    const after = surfaceSettingsSchema.parse({
      ...written,
      intervalMs: 9_000,
      limits: { ...written.limits, queueLimit: 3, retryBaseDelayMs: 10 },
    });
    expect(edit(after)).toBe(
      '{"name":"Ours","surfaces":{"memory":{"driver":"observe"},"voice":{"fixture":"a.json","driver":"embedded",' +
        '"limits":{"retryMaxAttempts":2,"queueLimit":3,"retryBaseDelayMs":10},"intervalMs":9000}},"schemaVersion":1}',
    );
  });

  it("writes a new driver out in full and adds a surface that was not named", () => {
    expect(JSON.parse(edit({ driver: "observe" }))).toMatchObject({
      surfaces: { voice: { driver: "observe" } },
    });
    const added = editSurface(
      document,
      "dashboard",
      { driver: "observe" },
      { driver: "observe", staleAfterMs: 5_000 },
    );
    expect(added["surfaces"]).toMatchObject({ dashboard: { driver: "observe", staleAfterMs: 5_000 } });
  });

  it("takes out a key that is gone", () => {
    const observed = { driver: "observe", stateDir: "x", staleAfterMs: 5_000 } as const;
    const edited = editSurface({ schemaVersion: 1, surfaces: { voice: observed } }, "voice", observed, {
      driver: "observe",
      staleAfterMs: 5_000,
    });
    expect(edited).toEqual({
      schemaVersion: 1,
      surfaces: { voice: { driver: "observe", staleAfterMs: 5_000 } },
    });
  });

  it("is described by what differs", () => {
    expect(describeChange(before, before)).toBe("nothing changed");
    expect(describeChange({ driver: "observe" }, { driver: "observe", stateDir: "x" })).toBe(
      'stateDir: (unset) → "x"',
    );
  });
});
