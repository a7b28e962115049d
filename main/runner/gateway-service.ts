import type { HealthSnapshot } from "#contract/health";
import { defaultGuardrailThresholds } from "#domain/surfaces/gateway/guardrail";
import { gatewayDefinition } from "#domain/surfaces/gateway/definition";
import type { GatewayState } from "#domain/surfaces/gateway/state";
import { type GatewayService, startService, stopService } from "#domain/surfaces/gateway/service";
import { printStateDocument, type StateDocument } from "#domain/cycle/state-document";
import { readStateDocument, type StateDirectoryPorts, withStateDirectory } from "./state-directory";

/** A gateway's state and health, as the service report shows them. */
export interface GatewayReading {
  readonly state: GatewayState;
  readonly health: HealthSnapshot;
}

/** `--gateway-service-start`: marks the gateway as running (spec/tau/surfaces.md §13). */
export function startGatewayService(stateDir: string, ports: StateDirectoryPorts): Promise<GatewayReading> {
  return changeService(stateDir, ports, startService);
}

/** `--gateway-service-stop`: marks the gateway as stopped, for the given reason (spec/tau/surfaces.md §13). */
export function stopGatewayService(
  stateDir: string,
  reason: string | undefined,
  ports: StateDirectoryPorts,
): Promise<GatewayReading> {
  return changeService(stateDir, ports, (service, nowUnixMs) => stopService(service, reason, nowUnixMs));
}

/** `--gateway-service-status`: only reads; a state file that cannot be used is warned of and ignored (spec/tau/health.md §4). */
export function readGatewayService(stateDir: string, ports: StateDirectoryPorts): GatewayReading {
  return readStateDocument(definitionNow(ports), stateDir, (message) => ports.warn(`gateway: ${message}`));
}

function changeService(
  stateDir: string,
  ports: StateDirectoryPorts,
  change: (service: GatewayService, nowUnixMs: number) => GatewayService,
): Promise<GatewayReading> {
  return withStateDirectory(stateDir, "gateway", ports, (opened) => {
    const definition = definitionNow(ports);
    const before: StateDocument<GatewayState> = opened.read(definition);
    const state = { ...before.state, service: change(before.state.service, ports.clock.nowUnixMs()) };
    const stateText = printStateDocument(
      before.processedCaseKeys,
      definition.encodeState(state),
      before.health,
    );
    opened.commit({ stateText, channelEntries: [], eventLine: null });
    return { state, health: before.health };
  });
}

function definitionNow(ports: StateDirectoryPorts) {
  // The thresholds only matter to a cycle, and none is run here.
  return gatewayDefinition(defaultGuardrailThresholds, ports.clock.nowUnixMs());
}
