import { runnerLimitsSchema, type RunnerLimits } from "#contract/settings";

/** Fields of the form, as text, with the limits of the contract's schemas. */
export const settingsFields = [
  { key: "intervalSeconds", label: "Interval, seconds", minimum: 1, maximum: 86_400 },
  { key: "queueLimit", label: "Queue limit, cases", minimum: 1, maximum: 100_000 },
  { key: "processedCaseCap", label: "Processed case cap", minimum: 1, maximum: 1_000_000 },
  { key: "retryMaxAttempts", label: "Attempts per case", minimum: 1, maximum: 100 },
  { key: "retryBaseDelayMs", label: "Base delay of retries, ms", minimum: 0, maximum: 60_000 },
] as const;

export type SettingsKey = (typeof settingsFields)[number]["key"];
export type SettingsText = Readonly<Record<SettingsKey, string>>;

/** What the form says of each field that cannot be used. */
export type SettingsProblems = Partial<Record<SettingsKey, string>>;

/** The form's text for the settings in force. */
export function settingsText(intervalMs: number, limits: RunnerLimits): SettingsText {
  return {
    intervalSeconds: String(intervalMs / 1_000),
    queueLimit: String(limits.queueLimit),
    processedCaseCap: String(limits.processedCaseCap),
    retryMaxAttempts: String(limits.retryMaxAttempts),
    retryBaseDelayMs: String(limits.retryBaseDelayMs),
  };
}

/** Says of each field whether it is a whole number within its limits; the interval may have up to three decimals. */
export function problemsOf(text: SettingsText): SettingsProblems {
  const problems: SettingsProblems = {};
  for (const { key, maximum, minimum } of settingsFields) {
    const value = Number(text[key].trim());
    const whole =
      key === "intervalSeconds" ? Number.isInteger(Math.round(value * 1e6) / 1e3) : Number.isInteger(value);
    if (text[key].trim() === "" || !whole || value < minimum || value > maximum)
      problems[key] =
        `Expected a ${key === "intervalSeconds" ? "number" : "whole number"} from ${minimum.toLocaleString("en-US")} to ${maximum.toLocaleString("en-US")}.`;
  }
  return problems;
}

/** The settings a form without problems stands for. */
export function settingsOf(text: SettingsText): { intervalMs: number; limits: RunnerLimits } {
  return {
    intervalMs: Math.round(Number(text.intervalSeconds) * 1_000),
    limits: runnerLimitsSchema.parse({
      queueLimit: Number(text.queueLimit),
      processedCaseCap: Number(text.processedCaseCap),
      retryMaxAttempts: Number(text.retryMaxAttempts),
      retryBaseDelayMs: Number(text.retryBaseDelayMs),
    }),
  };
}
