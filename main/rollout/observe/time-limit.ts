/** What `work` resolves with, or what `instead` gives when there is nothing after `limitMs` milliseconds. */
export async function withinTime<Value>(
  work: Promise<Value>,
  limitMs: number,
  instead: () => Value,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Value>((resolve) => {
    timer = setTimeout(() => resolve(instead()), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
