/** Exit codes of every command (spec/tau/surfaces.md §0); `held` is `gatehouse status` saying that a surface holds. */
export const exitCodes = { success: 0, failure: 1, usage: 2, held: 3 } as const;
