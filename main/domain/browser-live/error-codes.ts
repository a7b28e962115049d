/** Status code of each answer that is not a success, by its reason (spec/tau/surfaces.md §8). */
const statusCodes = {
  invalid_operation: 400,
  invalid_action: 400,
  invalid_url: 400,
  invalid_selector: 422,
  invalid_input: 422,
  backend_unavailable: 503,
  timeout: 504,
} as const;
export type BrowserErrorReason = keyof typeof statusCodes;

export function browserErrorStatus(reason: BrowserErrorReason): number {
  return statusCodes[reason];
}

/** Error code of a reason; the reason is the code's suffix (spec/tau/surfaces.md §8). */
export function browserErrorCode(reason: BrowserErrorReason): string {
  return `browser_automation_${reason}`;
}
