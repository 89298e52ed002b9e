// Judges an account anew from its partition and saves what changed, with the events that follow, in one transaction on the
// account's version.
import { type AccountGroup, assessGroup, type LeadAssessment } from '../domain/assessment.ts';
import { eventIdOf } from '../domain/ids.ts';
import type { Clock, Consumer, Item, Log, Table, Write } from '../ports.ts';
import { isSame } from '../table/is-same.ts';
import { allOf, membersOf, replacing, type StoredItem } from '../table/items.ts';
import { accountPartition, accountsList, assessmentKey } from '../table/keys.ts';
import { consumeEvents } from './consume.ts';
import { type AccountEvent, eventWrite } from './events.ts';
import type { PlaybookReader } from './playbooks.ts';
import { retryConflicts } from './retry-conflicts.ts';

export interface AssessPorts {
  table: Table;
  playbook: PlaybookReader;
  clock: Clock;
  log: Log;
}

/** Where everyone begins, before anything is known of them. */
const unassessed = 'Pre-Qualified';

/** The status a lead leaves an account with when it moves to another. */
export const movedAway = 'Moved';

/** An account everybody has left and the CRM says nothing of is in no list: where it once stood depends on who came first. */
const isEmpty = ({ account, members, opportunities, contracts }: AccountGroup): boolean =>
  account === undefined && members.length + opportunities.length + contracts.length === 0;

const groupOf = (items: readonly Item[]): AccountGroup => ({
  account: allOf('account', items)[0]?.facts,
  members: membersOf(items),
  opportunities: allOf('opportunity', items).map(({ facts }) => facts),
  contracts: allOf('contract', items).map(({ facts }) => facts),
});

/** Events of one lead's new judgement. A lead qualifies each time it enters Qualified: also by the touch that did it before,
 * when it was followed up or put aside in between, since somebody has to act anew. */
const leadEvents = (
  accountId: string,
  before: StoredItem<'lead-assessment'> | undefined,
  lead: LeadAssessment,
  at: string,
): { changed?: AccountEvent; qualified?: AccountEvent } => {
  const from = before?.assessment.status ?? unassessed;
  if (from === lead.status) return {};
  const { leadId, status: to, qualifiedAt, grade } = lead;
  const id = eventIdOf('lead-status', accountId, leadId, String((before?.version ?? 0) + 1), to);
  const changed: AccountEvent = { type: 'lead-status-changed.v1', id, at, accountId, leadId, from, to };
  if (to !== 'Qualified' || qualifiedAt === undefined) return { changed };
  const cause = eventIdOf('lead-qualified', accountId, leadId, qualifiedAt, at);
  return { changed, qualified: { type: 'lead-qualified.v1', id: cause, at, accountId, leadId, qualifiedAt, grade } };
};

const leadWrites = (
  accountId: string,
  items: readonly Item[],
  leads: readonly LeadAssessment[],
  now: string,
): Write[][] => {
  const stored = new Map(allOf('lead-assessment', items).map((item) => [item.assessment.leadId, item]));
  const current = new Set(leads.map(({ leadId }) => leadId));
  const changed = leads.flatMap((assessment) => {
    const before = stored.get(assessment.leadId);
    if (isSame(before?.assessment, assessment)) return [];
    const since = before?.assessment.status === assessment.status ? before.since : now;
    const key = assessmentKey(accountId, assessment.leadId);
    const { changed, qualified } = leadEvents(accountId, before, assessment, now);
    const generation = qualified?.id ?? before?.generation;
    const about = { accountId, assessment, since, assessedAt: now, generation };
    const put = replacing(before, { ...key, type: 'lead-assessment', ...about });
    return [[put, ...[changed, qualified].filter((event) => event !== undefined).map(eventWrite)]];
  });
  const gone = [...stored.values()].filter(({ assessment }) => !current.has(assessment.leadId));
  const left = gone.map(({ pk, sk, version, assessment: { leadId, status: from } }): Write[] => {
    const id = eventIdOf('lead-status', accountId, leadId, String(version + 1), movedAway);
    return [
      { remove: { pk, sk }, condition: { if: 'version', is: version } },
      eventWrite({ type: 'lead-status-changed.v1', id, at: now, accountId, leadId, from, to: movedAway }),
    ];
  });
  return [...changed, ...left];
};

/** A transaction takes 100 writes; a lead needs up to three, the account two. */
const leadsAtOnce = 30;

const assessAccount = async (ports: AssessPorts, accountId: string): Promise<void> => {
  const items = await ports.table.query(accountPartition(accountId));
  const now = new Date(ports.clock.now()).toISOString();
  const group = groupOf(items);
  const { account, leads } = assessGroup(group, await ports.playbook(), now);
  const before = allOf('account-assessment', items)[0];
  const perLead = leadWrites(accountId, items, leads, now);
  const first = perLead.slice(0, leadsAtOnce).flat();
  const empty = isEmpty(group);
  const asListed =
    before === undefined ? empty : isSame(before.assessment, account) && (before.listPk === undefined) === empty;
  if (first.length === 0 && asListed) return;

  const from = before?.assessment.status ?? unassessed;
  const put = replacing(before, {
    ...assessmentKey(accountId),
    type: 'account-assessment',
    accountId,
    assessment: account,
    since: before?.assessment.status === account.status ? before.since : now,
    assessedAt: now,
    ...(empty ? {} : { listPk: accountsList, listSk: `${now}#${accountId}` }),
  });
  const id = eventIdOf('account-status', accountId, String((before?.version ?? 0) + 1), account.status);
  const changed =
    from === account.status
      ? []
      : [eventWrite({ type: 'account-status-changed.v1', id, at: now, accountId, from, to: account.status })];
  await ports.table.transact([put, ...changed, ...first]);
  if (perLead.length > leadsAtOnce) await assessAccount(ports, accountId);
};

/** Assesses an account now; somebody else's assessment in between means another look. */
export const assess = (ports: AssessPorts, accountId: string): Promise<void> =>
  retryConflicts(() => assessAccount(ports, accountId));

/** A batch collapses to one assessment per account. */
export const createAssess = (ports: AssessPorts): Consumer =>
  consumeEvents(
    ports.log,
    ['lead-changed.v1', 'account-changed.v1'],
    ({ accountId }) => accountId,
    ({ accountId }) => assess(ports, accountId),
  );
