/** What an obstacle is about: its words before the first detail. */
function subjectOf(obstacle: string): string {
  return obstacle.split(/ \(|: /, 1)[0] ?? obstacle;
}

/**
 * Obstacles that say the same are told once, in the words of the last: a preview knows more of them than the
 * operation does. Their order is that of their first mention.
 */
export function distinctObstacles(obstacles: readonly string[]): string[] {
  return [...new Map(obstacles.map((obstacle) => [subjectOf(obstacle), obstacle])).values()];
}
