import type { GovernanceRuleId } from "#contract/tos/vocabulary";

/** A program that must not be altered, and the git blob id of its published content with LF line ends. */
export interface ProtectedProgram {
  readonly path: string;
  readonly blobId: string;
  readonly rule: Extract<GovernanceRuleId, "G23" | "G24">;
}

/** The orchestrator and the launcher (spec/tos/governance.md §3, G23 and G24). */
export const protectedPrograms: readonly ProtectedProgram[] = [
  { path: "orchestrator_v0_3.py", blobId: "94fd534315bc7ddece42dee5c725b4eb034647a8", rule: "G23" },
  { path: "tools/cc_run.ps1", blobId: "a97125401e3b56b38d5f1a97b133ccefe87e4732", rule: "G24" },
  { path: "tools/checkpoint.ps1", blobId: "517227b6071f5ebdc8f1527f5411cf73e285eb5e", rule: "G24" },
  { path: "tools/rollback.ps1", blobId: "00320df1a2c5add0109f64f7b7130cef8ca9cf03", rule: "G24" },
  { path: "tools/init.ps1", blobId: "888531d3dea1479f2ac3fb01dab06ed9051b1b89", rule: "G24" },
];
