import { gatewayDefinition } from "#domain/surfaces/gateway/definition";
import type { GuardrailThresholds } from "#domain/surfaces/gateway/guardrail";
import { cycleRunner, type CycleRunner } from "./run-cycle";

/** The gateway runner with its guardrail's thresholds (spec/tau/surfaces.md §13). */
export function gatewayRunner(thresholds: GuardrailThresholds): CycleRunner {
  return cycleRunner((ports) => gatewayDefinition(thresholds, ports.clock.nowUnixMs()));
}
