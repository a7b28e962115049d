/**
 * Lets a run go on when whoever read its output has gone (`… | head -1`): an operation must not end half-way because
 * nobody listens any more. What it prints is in its progress file.
 */
export function outliveReaders(streams: readonly NodeJS.WriteStream[]): void {
  for (const stream of streams) {
    stream.removeAllListeners("error");
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
}
