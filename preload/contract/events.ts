import { z } from "./schema";
import { outputLineSchema } from "./driver";
import { countSchema, surfaceIdSchema } from "./identity";
import { eventNames, type EventName } from "./names";
import { noticeSchema } from "./rollout/view";
import { progressEntrySchema } from "./tos/progress";
import { tosStateSchema } from "./tos/view";
import { rolloutStateSchema, surfaceViewSchema, workspaceViewSchema } from "./view";

/** What the host announces. Each payload replaces what the client held of the same thing. */
export const events = {
  "surface.changed": surfaceViewSchema,
  "run.output": z.object({ surface: surfaceIdSchema, runId: z.string(), lines: z.array(outputLineSchema) }),
  "workspace.changed": workspaceViewSchema,
  "rollout.changed": rolloutStateSchema,
  "notice.raised": noticeSchema,
  "tos.changed": tosStateSchema,
  "tos.progressed": z.object({ runId: z.string(), entries: z.array(progressEntrySchema) }),
} as const satisfies Record<EventName, z.ZodType>;

export type EventPayload<Name extends EventName> = z.output<(typeof events)[Name]>;

/** One announced event. `sequence` grows by exactly one from event to event for the life of the host. */
export type HostEvent = {
  [Name in EventName]: { sequence: number; name: Name; payload: EventPayload<Name> };
}[EventName];

/**
 * What a subscription delivers. `reset` comes first when the host no longer holds what follows the asked sequence
 * (or is another host): the client must take a new snapshot and go on from its sequence.
 */
export type StreamMessage = HostEvent | { sequence: number; name: "reset"; payload: { reason: string } };

/** Shape of a message on the wire; the payload is checked against `events[name]` in a second step. */
export const streamEnvelopeSchema = z.object({
  sequence: countSchema,
  name: z.enum([...eventNames, "reset"]),
  payload: z.unknown(),
});
