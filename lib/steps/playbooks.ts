// The playbook in the table: versions stay, one is live.
import { type Playbook, playbook as schema } from '../domain/playbook/playbook.ts';
import type { Clock, Table } from '../ports.ts';
import { allOf, as, replacing } from '../table/items.ts';
import { livePlaybookKey, playbookPartition, playbookVersionKey, rolloutKey } from '../table/keys.ts';

export type PlaybookReader = () => Promise<Playbook>;

/** Saves a checked playbook as the next version and makes it live. Saving the live text again changes nothing. */
export const savePlaybook = async (
  { table, clock }: { table: Table; clock: Clock },
  source: string,
  playbook: Playbook,
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
      savedAt,
    }),
    replacing(live, { ...livePlaybookKey, type: 'playbook-live', number, since: savedAt }),
    // Nobody can have been judged before the first.
    ...(number === 1
      ? [replacing(undefined, { ...rolloutKey, type: 'rollout', number, startedAt: savedAt, done: true })]
      : []),
  ]);
  return { number, saved: true };
};

/** How long a running function goes on with the playbook it has: a change is live everywhere after at most this. */
export const freshForMilliseconds = 60_000;

/** As it was saved, with what has come to be settled by playbooks since: saved by an earlier release, it has no word on that. */
const completed = ({ version: _, ...stored }: Playbook): Playbook => schema.parse(stored);

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
      known = { number: version.number, playbook: { ...completed(version.playbook), version: version.number } };
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
