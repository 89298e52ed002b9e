// How far a command is, on a terminal; anywhere else nothing is said.

export interface Progress {
  tell(text: string): void;
  clear(): void;
}

const { stderr } = process;

/** One line of standard error, written over and cleared in the end. */
export const createProgress = (): Progress => {
  if (!stderr.isTTY) return { tell: () => undefined, clear: () => undefined };
  const clear = () => void stderr.write('\r\u001b[K');
  return { tell: (text) => void stderr.write(`\r\u001b[K${text}`), clear };
};
