// Does something for each of many, so many at a time: each reads and writes some ten items.

export const sideBySide = async <One>(
  all: Iterable<One>,
  atOnce: number,
  work: (one: One) => Promise<unknown>,
): Promise<void> => {
  const waiting = [...all].reverse();
  const next = async (): Promise<void> => {
    while (waiting.length > 0) await work(waiting.pop()!);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, waiting.length) }, next));
};
