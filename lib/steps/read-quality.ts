// How far the data of a running system can be relied on, counted a page of accounts at a time, so that no request reads more than
// some. The pages' counts add up.
//
// Pages go by when an account's status changed, up to the moment the first was asked for: an account that changes meanwhile moves
// beyond it, so none is counted twice. One that had not been counted by then is left to the next count.
import { addedUp, dataQuality, type FieldQuality } from '../domain/data-quality.ts';
import { stagesAddedUp, type UnknownStage, unmappedStages } from '../domain/unknown-stages.ts';
import type { Clock, Table } from '../ports.ts';
import { allOf, as, membersOf } from '../table/items.ts';
import { accountKey, accountPartition, accountsList } from '../table/keys.ts';
import type { PlaybookReader } from './playbooks.ts';

/** Three reads each: some 200 of 5 to 10 ms, a fifth of a second at ten at once. */
const accountsAPage = 100;
const readAtOnce = 10;

/** Where a count goes on, as `nextCursor` writes it. */
interface Cursor {
  asOf: string;
  /** The last account counted, by its place in the list. */
  after: string;
}

const cursorShape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (\d{4}-\d\d-\d\dT[\d:.]{1,12}Z#[\w-]{1,100})$/;

const nextCursor = ({ asOf, after }: Cursor): string => Buffer.from(`${asOf} ${after}`).toString('base64url');

/** Undefined where it is none of ours. */
const cursorIn = (text: string): Cursor | undefined => {
  const [, asOf, after] = cursorShape.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  return asOf === undefined || after === undefined ? undefined : { asOf, after };
};

const groupOf = async (table: Table, accountId: string) => {
  const [account, members, opportunities] = await Promise.all([
    table.get(accountKey(accountId)),
    table.query(accountPartition(accountId), 'MEMBER#'),
    table.query(accountPartition(accountId), 'OPPORTUNITY#'),
  ]);
  return {
    account: as('account', account)?.facts,
    members: membersOf(members),
    opportunities: allOf('opportunity', opportunities).flatMap(({ gone, facts }) => (gone ? [] : [facts])),
  };
};

export interface QualityPage {
  counts: FieldQuality[];
  /** Stages of the CRM that the playbook does not know. */
  unknownStages: UnknownStage[];
  /** How many were counted. */
  accounts: number;
  asOf: string;
  /** Of the next page; null when there is none. */
  next: string | null;
}

/** Counts one page: the first, or the one whose cursor is given. Undefined where that is no cursor. */
export const readQuality = async (
  { table, clock, playbook }: { table: Table; clock: Clock; playbook: PlaybookReader },
  given: string | null,
): Promise<QualityPage | undefined> => {
  const cursor = given === null ? undefined : cursorIn(given);
  if (given !== null && cursor === undefined) return undefined;
  const asOf = cursor?.asOf ?? new Date(clock.now()).toISOString();
  const upTo = `${asOf}#~`;
  const listed = await table.list(accountsList, { after: cursor?.after, upTo, limit: accountsAPage });
  // The list hears late: what has moved on since stands at its new place, where the next page must not begin.
  const page = listed.filter(({ listSk = '' }) => listSk <= upTo).map((item) => as('account-assessment', item)!);
  const live = await playbook();
  const counts: FieldQuality[][] = [];
  const stages: UnknownStage[][] = [];
  for (let from = 0; from < page.length; from += readAtOnce) {
    const some = page.slice(from, from + readAtOnce);
    const groups = await Promise.all(some.map(({ accountId }) => groupOf(table, accountId)));
    counts.push(dataQuality(groups));
    stages.push(...groups.map((group) => unmappedStages(group, live)));
  }
  const after = page.at(-1)?.listSk;
  const next = after === undefined ? null : nextCursor({ asOf, after });
  return { counts: addedUp(counts), unknownStages: stagesAddedUp(stages), accounts: page.length, asOf, next };
};
