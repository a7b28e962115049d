/**
 * How slow this machine is now, so that no limit of a test guesses at it. A limit only catches what hangs: it is long
 * for the reference machine, and `pace` times as long here.
 */
import { createHash } from "node:crypto";
import { performance } from "node:perf_hooks";
import { execaSync } from "execa";

/** What the two measurements take where the pace is 1, milliseconds: the limits below were chosen for such a machine. */
const referenceMs = { start: 45, work: 130 };
const rounds = 3;
/** Slower than this no machine is believed to be; some limits of the product end at an hour. */
const slowest = 50;

/** Environment variable that holds the pace for everything a run starts. */
export const paceVariable = "GATEHOUSE_TEST_PACE";

/** @param {() => void} action; @returns {number} milliseconds, the median of three */
function median(action) {
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now();
    action();
    return performance.now() - started;
  });
  return /** @type {number} */ (times.sort((left, right) => left - right)[Math.floor(rounds / 2)]);
}

/** The processor's part: hashing, and parsing and printing JSON, as most of the product's work is. */
function work() {
  const block = Buffer.alloc(1_048_576, "gatehouse");
  const document = JSON.stringify(
    Array.from({ length: 2_000 }, (_, at) => ({ at, text: "x".repeat(at % 50) })),
  );
  const hash = createHash("sha256");
  for (let round = 0; round < 40; round += 1) {
    hash.update(block);
    JSON.stringify(JSON.parse(document));
  }
  hash.digest();
}

/**
 * Measures the start of a process and some work of the processor.
 *
 * @returns {number} how many times as long as on the reference machine the slower of the two takes; never below 1
 */
export function measurePace() {
  const start = median(() => execaSync(process.execPath, ["-e", "0"]));
  const ratio = Math.max(start / referenceMs.start, median(work) / referenceMs.work);
  return Math.min(slowest, Math.max(1, Math.ceil(ratio * 10) / 10));
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {number} the pace the environment names; measured, and put there, when it names none
 */
export function ensurePace(env = process.env) {
  const named = Number(env[paceVariable]);
  if (named >= 1 && Number.isFinite(named)) return named;
  const measured = measurePace();
  env[paceVariable] = String(measured);
  return measured;
}

/**
 * The limits of a run, milliseconds. Each is many times what anything takes that it is put on.
 *
 * @param {number} pace
 */
export function limitsFor(pace) {
  return {
    /** One wait for one condition. */
    waitMs: Math.round(60_000 * pace),
    /** One test, or one hook around tests. */
    testMs: Math.round(300_000 * pace),
    /** One test of the deep proofs. */
    deepTestMs: Math.round(3_600_000 * pace),
    /** A suite in which no test ends any more. */
    silenceMs: Math.round(600_000 * pace),
    /** The same for the deep proofs. */
    deepSilenceMs: Math.round(4_000_000 * pace),
  };
}
