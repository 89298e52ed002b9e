// Erases a person: tombstones first, so that whatever comes from then on is known to be late; then everything stored is gone through and
// they are taken out of it. Steps that were at work meanwhile may write once more what they had read: so it is looked through again
// some minutes later, until nothing is found.
import * as z from 'zod';
import type { AskedOf } from '../../domain/operations.ts';
import { holderIn } from '../../domain/visitor-names.ts';
import { allOf, as, replacing, type StoredItem } from '../../table/items.ts';
import { leadKey } from '../../table/keys.ts';
import { backAmong, colleaguesIn, sweepItems, sweepLetters, sweepMails } from './erase/sweep.ts';
import { putTombstones, recipientsAmong } from './erase/tombstone.ts';
import { identitiesOf } from './erase/whose.ts';
import { adding, type OperatePorts, type Running, type RunSlice, type Slice } from './slice.ts';

const pageSize = 200;
/** The function has a minute. */
const sliceMs = 15_000;
/** Longer than any step is at work on what it has read, and than a message is hidden. */
const verifyAfterMs = 5 * 60_000;
/** So many rounds fit into the hour. */
const mostRounds = 8;

/** Only hashes: what is kept of an operation tells nobody who it was. */
const sweeping = z.object({
  at: z.string(),
  ids: z.array(z.string()),
  accounts: z.array(z.string()),
  round: z.number(),
  cursor: z.string().optional(),
  found: z.number(),
});
type Sweeping = z.infer<typeof sweeping>;
type Erase = Running<AskedOf<'erase-person'>>;

const notes = [
  'kept without saying who it was: the ids erased, as hashes, by which what comes late is known and dropped',
  'backups: the table can be restored to any moment of the last 35 days; erase again after a restore',
  'not reached from here: the CRM itself, mails that were sent, and what destinations outside were told',
];

const lift = async ({ table }: OperatePorts, lead: string): Promise<Slice> => {
  const identities = await identitiesOf(table, [lead]);
  let lifted = 0;
  for (const leadId of identities.keys()) {
    const stored = as('lead', await table.get(leadKey(leadId)));
    if (stored?.erased === undefined || stored.kind === 'visitor') continue;
    // Records say who they are of: who that is must not keep them out either.
    const isRecord = stored.kind === 'crm';
    await table.write(
      replacing(stored, { ...stored, erased: isRecord ? undefined : { ...stored.erased, lifted: true } }),
    );
    if (isRecord) lifted += 1;
  }
  return { done: true, report: { counts: { recordsHeardAgain: lifted } } };
};

const accountsOf = ({ match, movedFrom }: StoredItem<'lead'>): string[] => [
  ...(match ? [match.accountId] : []),
  ...Object.keys(movedFrom),
];

const begin = async (ports: OperatePorts, { asked: { lead }, report }: Erase): Promise<Slice> => {
  const { table, clock } = ports;
  const identities = await identitiesOf(table, [lead]);
  const before = identities.get(lead)?.erased;
  const ids = [...new Set([lead, ...identities.keys(), ...recipientsAmong(identities.values())])];
  const accounts = [...new Set([...identities.values()].flatMap(accountsOf))];
  const at = new Date(clock.now()).toISOString();
  const held = await putTombstones(table, { ids: new Set(ids), at });
  const again = before === undefined ? [] : [`erased before, at ${before.at}`];
  const none =
    held === 0 && before === undefined ? ['nobody was known by that id; what comes late is kept out all the same'] : [];
  return {
    ...{ done: false, progress: { at, ids, accounts, round: 1, found: 0 } },
    report: adding(report, { identities: held }, [...again, ...none, ...notes]),
  };
};

/** Browsers and records that a step at work linked to them meanwhile. */
const alsoTheirs = (ids: ReadonlySet<string>, at: string, items: Parameters<typeof allOf>[1]): string[] =>
  allOf('lead', items)
    .filter((item) => item.kind !== 'email' && !ids.has(item.leadId))
    .filter((item) => {
      const holder = holderIn(item)?.leadId;
      if (holder === undefined || !ids.has(holder)) return false;
      const link = item.links[holder];
      return item.kind === 'crm' || link === undefined || link.at <= at;
    })
    .map(({ leadId }) => leadId);

const goOn = async (ports: OperatePorts, { operationId, report }: Erase, progress: Sweeping): Promise<Slice> => {
  const { table, clock } = ports;
  const began = clock.now();
  let { cursor, found } = progress;
  const ids = new Set(progress.ids);
  const accounts = new Set(progress.accounts);
  const counts: Record<string, number> = {};
  const unseen: string[] = [];
  const count = (more: Record<string, number>): void => {
    for (const [kind, number] of Object.entries(more)) counts[kind] = (counts[kind] ?? 0) + number;
  };
  const without = {
    ...{
      ids,
      accounts,
      colleagues: await colleaguesIn(table, accounts, ids),
      at: progress.at,
      operationId,
      now: new Date(began).toISOString(),
    },
    back: await backAmong(table, ids),
  };
  do {
    const page = await table.scan(cursor, pageSize);
    const more = alsoTheirs(ids, progress.at, page.items);
    if (more.length > 0) {
      for (const id of more) ids.add(id);
      await putTombstones(table, { ids: new Set(more), at: progress.at });
      count({ identities: more.length });
    }
    count(await sweepItems(ports, without, page.items));
    cursor = page.next;
  } while (cursor !== undefined && clock.now() - began < sliceMs);
  if (cursor === undefined) {
    const { letters, tooMany } = await sweepLetters(ports, without);
    unseen.push(
      ...tooMany.map((queue) => `${queue} has too many dead letters to look at all: redrive them, then erase again`),
    );
    const mails = await sweepMails(ports, without);
    count({ ...(letters > 0 && { 'dead-letter': letters }), ...(mails > 0 && { mail: mails }) });
    await ports.files?.shred();
  }
  found += Object.values(counts).reduce((sum, number) => sum + number, 0);
  const soFar = adding(report, counts, unseen);
  const next = { ...progress, ids: [...ids], found };
  if (cursor !== undefined) return { done: false, progress: { ...next, cursor }, report: soFar };
  return over(ports, { ...next, cursor: undefined }, soFar);
};

/** A round is over. */
const over = ({ clock }: OperatePorts, progress: Sweeping, report: Slice['report']): Slice => {
  const { at, ids, accounts, round, found } = progress;
  const rounds = adding(report, { rounds: 1 });
  if (round > 1 && found === 0) return { done: true, report: rounds };
  if (round >= mostRounds) {
    return { done: true, report: adding(rounds, {}, ['the last look still found something: erase again']) };
  }
  const notBefore = new Date(clock.now() + verifyAfterMs).toISOString();
  return { done: false, notBefore, progress: { at, ids, accounts, round: round + 1, found: 0 }, report: rounds };
};

export const erasePerson: RunSlice<AskedOf<'erase-person'>> = async (ports, running) => {
  if (running.asked.lift) return lift(ports, running.asked.lead);
  const progress = sweeping.safeParse(running.progress);
  return progress.success ? goOn(ports, running, progress.data) : begin(ports, running);
};
