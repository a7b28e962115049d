import { describe } from "vitest";
import { describeStates } from "./support/rollout-states";

describe("every state of a rollout, dark theme", () => {
  describeStates("dark");
});
