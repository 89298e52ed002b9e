// The playbook in the table: versions stay, one is live.
import type { Deed } from '../domain/deeds.ts';
import type { Playbook } from '../domain/playbook/playbook.ts';
import { playbookShape } from '../domain/playbook/shape.ts';
import type { Clock, Table } from '../ports.ts';
import { allOf, as, replacing, type StoredItem } from '../table/items.ts';
import { livePlaybookKey, playbookPartition, playbookVersionKey, rolloutKey } from '../table/keys.ts';
import { deedWrite } from './audit.ts';

export type PlaybookReader = () => Promise<Playbook>;

/** Saves a checked playbook as the next version and makes it live. Saving the live text again changes nothing. */
export const savePlaybook = async (
  { table, clock }: { table: Table; clock: Clock },
  source: string,
  playbook: Playbook,
  /** Whose command it was, for the audit log. */
  said?: { who: string; auditDays: number },
): Promise<{ number: number; saved: boolean }> => {
  const versions = allOf('playbook-version', await table.query(playbookPartition, 'VERSION#'));
  const live = as('playbook-live', await table.get(livePlaybookKey));
  const current = versions.find(({ number }) => number === live?.number);
  if (current?.source === source) return { number: current.number, saved: false };
  const number = (versions.at(-1)?.number ?? 0) + 1;
  const savedAt = new Date(clock.now()).toISOString();
  await table.transact([
    replacing(undefined, {
      ...playbookVersionKey(number),
      type: 'playbook-version',
      number,
      source,
      playbook,
      shape: playbookShape,
      savedAt,
    }),
    replacing(live, { ...livePlaybookKey, type: 'playbook-live', number, since: savedAt }),
    ...(said === undefined ? [] : [deedWrite(savingDeed(number, savedAt, said.who), said.auditDays)]),
    // Nobody can have been judged before the first.
    ...(number === 1
      ? [replacing(undefined, { ...rolloutKey, type: 'rollout', number, startedAt: savedAt, done: true })]
      : []),
  ]);
  return { number, saved: true };
};

const savingDeed = (number: number, at: string, who: string): Deed => ({
  ...{ id: `playbook:${number}`, at, who, via: 'command', what: 'playbook.save', about: [`version-${number}`] },
});

/** How long a running function goes on with the playbook it has: a change is live everywhere after at most this. */
export const freshForMilliseconds = 60_000;

/** As it was saved, with what has come to be settled by playbooks since: saved by an earlier release, it has no word on that. Only then
 * is the schema made, which takes as long as everything else a function does as it starts. */
const completed = async ({ playbook, shape, number }: StoredItem<'playbook-version'>): Promise<Playbook> => {
  const { version: _, ...stored } = playbook;
  if (shape === playbookShape) return { ...stored, version: number };
  const { playbook: schema } = await import('../domain/playbook/playbook.ts');
  return { ...schema.parse(stored), version: number };
};

/** Reads the live playbook, keeping it in memory; throws while none was saved. */
export const playbookReader = ({ table, clock }: { table: Table; clock: Clock }): PlaybookReader => {
  let known: { number: number; playbook: Playbook } | undefined;
  let checkedAt = Number.NEGATIVE_INFINITY;
  let pending: Promise<Playbook> | undefined;
  const read = async (): Promise<Playbook> => {
    const live = as('playbook-live', await table.get(livePlaybookKey));
    if (live === undefined)
      throw new Error('no playbook is live: save one with `muster playbook save FILE --tenant NAME`');
    if (known?.number !== live.number) {
      const version = as('playbook-version', await table.get(playbookVersionKey(live.number)));
      if (version === undefined) throw new Error(`playbook version ${live.number} is live but missing`);
      known = { number: version.number, playbook: await completed(version) };
    }
    checkedAt = clock.now();
    return known.playbook;
  };
  return async () => {
    if (known !== undefined && clock.now() - checkedAt < freshForMilliseconds) return known.playbook;
    pending ??= read().finally(() => {
      pending = undefined;
    });
    return pending;
  };
};
