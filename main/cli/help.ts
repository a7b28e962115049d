/** What `gatehouse --help` prints. */
export function helpText(): string {
  return "Usage: gatehouse <command> | <reference flags>";
}
