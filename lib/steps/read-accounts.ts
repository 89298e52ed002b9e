// What the console shows: read from the same items the steps decide by, never computed twice.
import type { Captured, PublishedEventType } from '../../events/catalogue.ts';
import type { TouchCaptured } from '../../events/touch-captured.v1.ts';
import { isSolo } from '../domain/ids.ts';
import { htmlOf } from '../domain/notices/notice.ts';
import type { Registers } from '../domain/register.ts';
import type { Clock, Item, Table } from '../ports.ts';
import { allOf, as, membersOf, type StoredItem } from '../table/items.ts';
import { accountPartition, accountsList, leadKey, noticesPartition } from '../table/keys.ts';
import { linesOf } from '../table/trail.ts';

export interface ReadPorts {
  table: Table;
  clock: Clock;
}

const accountsAtOnce = 50;

/** The accounts whose status changed last, newest first. */
export const listAccounts = async ({ table, clock }: ReadPorts) => {
  const items = await table.list(accountsList, { newestFirst: true, limit: accountsAtOnce });
  const accounts = items.map((item) => {
    const { accountId, assessment, assessedAt } = as('account-assessment', item)!;
    const { name = null, domain = null, status, score } = assessment;
    return { accountId, name, domain, status, score, updatedAt: assessedAt };
  });
  return { accounts, serverTime: new Date(clock.now()).toISOString() };
};

const touchTitle = (touch: TouchCaptured): string =>
  touch.form?.id ?? touch.event ?? touch.page?.title ?? touch.page?.url ?? touch.kind;

const touchesShown = 50;

/** The person's last touches over all their identities. */
const touchesOf = async (table: Table, leadId: string) => {
  const lead = as('lead', await table.get(leadKey(leadId)));
  const held = Object.entries(lead?.parts ?? {}).filter(([, { state }]) => state !== undefined);
  const identities = [leadId, ...held.map(([id]) => id)];
  const trails = await Promise.all(identities.map((id) => table.query(leadKey(id).pk, 'TRAIL#')));
  return allOf('trail', trails.flat())
    .flatMap((item): Captured[] => linesOf(item))
    .filter((line) => line.type === 'touch-captured.v1')
    .map((touch) => {
      const { id, kind, occurredAt, flag = null } = touch;
      return { id, kind, occurredAt, title: touchTitle(touch), flag };
    })
    .sort((a, b) => (a.occurredAt < b.occurredAt ? 1 : a.occurredAt > b.occurredAt ? -1 : a.id < b.id ? -1 : 1))
    .slice(0, touchesShown);
};

const valuesOf = (profile: Registers): Record<string, string> =>
  Object.fromEntries(Object.entries(profile).map(([field, register]) => [field, register!.value]));

const slaView = ({ clock }: StoredItem<'sla'>) => ({
  startedAt: clock.startedAt,
  remindAt: clock.remindAt,
  dueAt: clock.dueAt,
  remindedAt: clock.remindedAt ?? null,
  breachedAt: clock.breachedAt ?? null,
  stoppedAt: clock.stoppedAt ?? null,
  met: clock.met ?? null,
  conversation: clock.conversation ?? null,
});

const leadView = async (table: Table, items: readonly Item[], item: StoredItem<'lead-assessment'>) => {
  const { leadId, status, reason, grade, score, fitPoints, parts, fitParts } = item.assessment;
  const member = membersOf(items).find((one) => one.leadId === leadId);
  const assignment = allOf('assignment', items).find((one) => one.leadId === leadId);
  const sla = allOf('sla', items).find((one) => one.leadId === leadId);
  return {
    leadId,
    email: member?.email ?? null,
    profile: valuesOf(member?.state.profile ?? {}),
    match: member?.match ?? null,
    status,
    statusSince: item.since,
    reason,
    grade,
    score,
    fitPoints,
    parts,
    fitParts,
    assignment: assignment ? { ...assignment.owner, reason: assignment.reason, assignedAt: assignment.at } : null,
    sla: sla ? slaView(sla) : null,
    touches: await touchesOf(table, leadId),
  };
};

interface Happening {
  id: string;
  type: PublishedEventType;
  at: string;
  leadId?: string;
  from?: string;
  to?: string;
}

/** What has happened in the account, oldest first: the changes of status, and what was done about them. */
const eventsOf = (items: readonly Item[]): Happening[] => {
  const happenings: Happening[] = [];
  const add = (
    type: PublishedEventType,
    at: string | undefined,
    about: Omit<Happening, 'id' | 'type' | 'at'>,
  ): void => {
    if (at !== undefined)
      happenings.push({ id: `${type} ${about.leadId ?? ''} ${at} ${about.to ?? ''}`, type, at, ...about });
  };
  for (const { history } of allOf('account-assessment', items)) {
    for (const { from, to, at } of history) add('account-status-changed.v1', at, { from, to });
  }
  for (const { assessment, history } of allOf('lead-assessment', items)) {
    const { leadId } = assessment;
    for (const { from, to, at } of history) add('lead-status-changed.v1', at, { leadId, from, to });
  }
  for (const { leadId, at } of allOf('assignment', items)) add('lead-routed.v1', at, { leadId });
  for (const { leadId, clock } of allOf('sla', items)) {
    add('sla-reminder-due.v1', clock.remindedAt, { leadId });
    add('sla-breached.v1', clock.breachedAt, { leadId });
    add('sla-stopped.v1', clock.stoppedAt, { leadId });
  }
  return happenings.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1));
};

/** One account with all that is known of it; undefined when there is none of that id. */
export const readAccount = async ({ table, clock }: ReadPorts, accountId: string) => {
  const items = await table.query(accountPartition(accountId));
  const stored = allOf('account-assessment', items)[0];
  if (stored === undefined) return undefined;
  const { name = null, domain = null, status, reason, score, parts } = stored.assessment;
  const facts = allOf('account', items)[0]?.facts;
  const rep = allOf('rep', items)[0];
  const leads = allOf('lead-assessment', items).filter(({ gone }) => !gone);
  const told = [accountId, ...leads.map(({ assessment }) => assessment.leadId)];
  const notices = await Promise.all(told.map((owner) => table.query(noticesPartition(owner))));
  return {
    account: {
      accountId,
      matched: !isSolo(accountId),
      name,
      domain,
      owner: facts?.ownerEmail?.value ?? rep?.owner.email ?? null,
      status,
      statusSince: stored.since,
      reason,
      score,
      parts,
    },
    leads: await Promise.all(leads.map((item) => leadView(table, items, item))),
    notices: allOf('notice', notices.flat())
      .map(({ noticeId, notice, at }) => ({ noticeId, ...notice, html: htmlOf(notice), state: 'sent' as const, at }))
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.noticeId < b.noticeId ? -1 : 1)),
    events: eventsOf(items),
    serverTime: new Date(clock.now()).toISOString(),
  };
};
export type AccountView = NonNullable<Awaited<ReturnType<typeof readAccount>>>;
