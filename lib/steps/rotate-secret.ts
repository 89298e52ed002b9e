// Replacing a secret without a moment in which somebody has the wrong one: the new one first, the old one beside it until whoever has
// it has the new one, then the new one alone.
import type { Deed } from '../domain/deeds.ts';
import type { LiveSecret, StoredSecrets } from '../ports.ts';

export interface RotationPorts {
  secrets: StoredSecrets;
  /** Into the audit log, before it is done. */
  note(deed: Deed): Promise<void>;
}

export interface Turn {
  /** As `muster secret list` has it. */
  name: string;
  /** Who asks. */
  who: string;
  /** ISO. */
  now: string;
  /** Goes on where this would stop. */
  force: boolean;
}

export type Refusal =
  /** One is being replaced already, since then as far as anybody wrote it down. */
  | { refused: 'underway'; since: string | undefined }
  /** It has that value already. */
  | { refused: 'same' }
  /** There is none beside it to be dropped. */
  | { refused: 'single' }
  /** Until then the old one may be needed; for ever where nobody wrote down since when there are two. */
  | { refused: 'early'; until: string | undefined };

const deedOf = ({ name, who, now }: Turn, what: 'secret.rotate' | 'secret.finish'): Deed => ({
  ...{ id: `${what}:${now}:${name}`, at: now, who, via: 'command', what, about: [name] },
});

/** Puts the new one first; whatever was live stays so. Where there was none, it is the only one. */
export const rotate = async (
  { secrets, note }: RotationPorts,
  turn: Turn & { value: string },
): Promise<LiveSecret | Refusal> => {
  const { values, rotatedAt } = await secrets.read(turn.name);
  if (values.includes(turn.value)) return { refused: 'same' };
  if (values.length > 1 && !turn.force) return { refused: 'underway', since: rotatedAt };
  const next =
    values.length === 0 ? { values: [turn.value] } : { values: [turn.value, ...values], rotatedAt: turn.now };
  await note(deedOf(turn, 'secret.rotate'));
  await secrets.write(turn.name, next);
  return next;
};

/** Keeps the newest alone. `waitMs`: how long the old one is needed, even where everybody has the new one. */
export const finish = async (
  { secrets, note }: RotationPorts,
  turn: Turn & { waitMs: number },
): Promise<LiveSecret | Refusal> => {
  const { values, rotatedAt } = await secrets.read(turn.name);
  if (values.length < 2) return { refused: 'single' };
  const until = rotatedAt && new Date(Date.parse(rotatedAt) + turn.waitMs).toISOString();
  if (!turn.force && (until === undefined || turn.now < until)) return { refused: 'early', until };
  const next = { values: values.slice(0, 1) };
  await note(deedOf(turn, 'secret.finish'));
  await secrets.write(turn.name, next);
  return next;
};
