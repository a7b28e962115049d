/**
 * How much a proof by chance does. `npm test` takes a small sample on fixed seeds, so that it passes or fails alike
 * everywhere; `npm run test:deep` takes all of it on a seed of its own, which it prints. `GATEHOUSE_SEED` names one.
 */

/** Whether this is a run of the deep proofs. */
export const isDeep = process.env["GATEHOUSE_DEEP"] === "1";

/** Seed of everything by chance in this run. */
export const seed = Number(process.env["GATEHOUSE_SEED"] ?? 20_261_121);

/** Rounds of a proof: `sample` in `npm test`, `all` in the deep run. */
export const rounds = (sample: number, all: number): number => (isDeep ? all : sample);
