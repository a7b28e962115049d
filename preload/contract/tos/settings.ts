import { z } from "../schema";

/** Where a TOS project keeps what is Gatehouse's own, below its root. Everything in there is ignored by git. */
export const tosFolder = ".gatehouse/tos";
/** How Gatehouse runs the project. Never a key of `config_v0_3.json`, whose keys are fixed (governance G20). */
export const tosSettingsFile = ".gatehouse/tos.json";

const apiModelsSchema = z.strictObject({
  provider: z.literal("api"),
  /** With its version, for example `https://api.openai.com/v1`. `OPENAI_BASE_URL` wins over it. */
  openaiBaseUrl: z.url().optional(),
  /** Without a version, for example `https://api.anthropic.com`. `ANTHROPIC_BASE_URL` wins over it. */
  anthropicBaseUrl: z.url().optional(),
});

const scriptedModelsSchema = z.strictObject({
  provider: z.literal("scripted"),
  /** File of replies, relative to the project's root: see `scriptedRepliesSchema`. */
  replies: z.string().min(1),
});

/** `.gatehouse/tos.json` of a TOS project; without the file, the defaults: both APIs, PowerShell only. */
export const tosSettingsSchema = z.strictObject({
  schemaVersion: z.literal(1),
  models: z.discriminatedUnion("provider", [apiModelsSchema, scriptedModelsSchema]).prefault({
    provider: "api",
  }),
  /** Lets commands of type `bash` run with `bash -c`. The type must also stand in the configuration's `allow_types`. */
  allowBash: z.boolean().default(false),
});
export type TosSettings = z.infer<typeof tosSettingsSchema>;

/**
 * Replies of the scripted provider. The step's number chooses the entry (`steps[0]` answers step 1 and so on; a step
 * beyond the last takes the last), so that a run can be broken off and taken up anywhere with the same outcome.
 * `delayMs` stands for the time a model takes to answer.
 */
export const scriptedRepliesSchema = z.strictObject({
  schemaVersion: z.literal(1),
  delayMs: z.number().int().min(0).max(60_000).default(0),
  steps: z
    .array(z.strictObject({ draft: z.string(), review: z.string(), final: z.string() }))
    .min(1)
    .max(1_000),
});
export type ScriptedReplies = z.infer<typeof scriptedRepliesSchema>;
