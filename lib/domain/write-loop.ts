// Keeps a CRM from being written to in circles: something there answers our writing, which changes what we judge, which is
// written. After so many writes of one record in so short a time it is held, and let go once nothing has asked for one as long.

/** Most that people can bring about: status and grade of somebody who asks for a demo, is called and bought in one hour are six. */
export const mostWrites = 12;
const withinMs = 60 * 60_000;

export interface WriteLog {
  /** The moments of the latest writes, oldest first. */
  writes: readonly string[];
  /** Not to be written until then. */
  heldUntil?: string | undefined;
}

const later = (moment: string, milliseconds: number): string =>
  new Date(Date.parse(moment) + milliseconds).toISOString();

/** Whether a record may be written now (ISO), and its log after that. `loop`: it is stopped from now on; `held`: it was, and
 * goes on being so, an hour longer. */
export const askToWrite = (
  { writes, heldUntil }: WriteLog,
  now: string,
): { verdict: 'write' | 'loop' | 'held'; log: WriteLog } => {
  const lately = writes.filter((at) => at > later(now, -withinMs));
  const held = { writes: lately, heldUntil: later(now, withinMs) };
  if (heldUntil !== undefined && heldUntil > now) return { verdict: 'held', log: held };
  if (lately.length >= mostWrites) return { verdict: 'loop', log: held };
  return { verdict: 'write', log: { writes: [...lately, now] } };
};
