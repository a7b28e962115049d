import { cycleRecord, ObservedWorkspace } from "./observed-workspace";

const minute = 60_000;

/**
 * A workspace with something in every view: a healthy, a failing, a degraded and a never seen surface, one driven by a
 * program and one by fixtures, an invalid line, a live run, and a channel store.
 */
export async function busyWorkspace(): Promise<ObservedWorkspace> {
  const workspace = await ObservedWorkspace.create({
    voice: {
      driver: "embedded",
      autoStart: false,
      fixture: ".gatehouse/fixtures/voice/morning-status.json",
    },
    "custom-command": {
      driver: "command",
      autoStart: false,
      program: process.execPath,
      args: ["-e", "console.log('begun'); console.error('to the other stream'); setInterval(() => {}, 1000)"],
    },
    dashboard: { driver: "observe" },
  });
  await workspace.copyFixtures("voice");
  const now = Date.now();
  await workspace.writeState("dashboard", {
    failure_streak: 3,
    last_cycle_failed: 1,
    last_cycle_discovered: 4,
    queue_depth: 7,
  });
  await workspace.appendRecords("dashboard", [
    ...Array.from({ length: 40 }, (_, cycle) => cycleRecord({ unixMs: now - (50 - cycle) * minute })),
    "this line is no record",
    ...[1, 2, 3].map((streak) =>
      cycleRecord({
        unixMs: now - (5 - streak) * minute,
        state: streak === 3 ? "failing" : "degraded",
        codes: ["retry_attempted", "case_processing_failed"],
        applied: 2,
        failed: 1,
        streak,
      }),
    ),
  ]);
  await workspace.writeState("browser-automation");
  await workspace.appendRecords("browser-automation", [cycleRecord(), cycleRecord()]);
  await workspace.write(
    ".tau/demo-browser-automation-live/browser-live-summary.json",
    JSON.stringify({
      discovered_cases: 2,
      success_cases: 1,
      malformed_cases: 0,
      retryable_failures: 1,
      timeout_failures: 1,
      denied_unsafe_actions: 0,
      denied_action_limit: 0,
      artifact_records: 2,
      timeline: [
        timelineEntry("open-shop", "success", 200, ""),
        timelineEntry("pay", "retryable_failure", 504, "timeout"),
      ],
      reason_codes: ["live_run_timeout_observed"],
      health_state: "degraded",
    }),
  );
  const channel = ".tau/dashboard/channel-store/channels/dashboard/ops-1";
  await workspace.write(
    `${channel}/schema.json`,
    '{"schema_version":1,"transport":"dashboard","channel_id":"ops-1"}',
  );
  await workspace.write(`${channel}/log.jsonl`, '{"direction":"inbound"}\n');
  await workspace.write(`${channel}/MEMORY.md`, "# Dashboard\n\n- widget w-1 shown\n");
  await workspace.writeState("custom-command", { failure_streak: 1, last_cycle_failed: 1 });
  await workspace.appendRecords("custom-command", [
    cycleRecord({ state: "degraded", codes: ["command_run_timeout_observed"], failed: 1, streak: 1 }),
  ]);
  return workspace;
}

function timelineEntry(
  case_id: string,
  replay_step: string,
  status_code: number,
  error_code: string,
): unknown {
  return {
    case_id,
    operation: "navigate",
    action: "open",
    replay_step,
    status_code,
    error_code,
    artifact_types: ["dom_snapshot"],
  };
}
