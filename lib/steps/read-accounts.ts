// What the console shows: read from the same items the steps decide by, never computed twice.
import type { Scope } from '../domain/access.ts';
import { isSolo } from '../domain/ids.ts';
import type { Playbook } from '../domain/playbook/playbook.ts';
import { crmOwnerOf } from '../domain/routing/crm-owner.ts';
import { timeIn } from '../domain/status/history.ts';
import type { Clock, Item, Table } from '../ports.ts';
import { getAll } from '../table/get-all.ts';
import { allOf, as, membersOf, type StoredItem } from '../table/items.ts';
import { accountPartition, accountsList, leadKey } from '../table/keys.ts';
import { standingFor } from './matching/account-fates.ts';
import { listOwn } from './own-accounts.ts';
import type { PlaybookReader } from './playbooks.ts';
import { eventsOf } from './views/account-events.ts';
import { leadView } from './views/lead-view.ts';
import { noticesView } from './views/notices-view.ts';

export interface ReadPorts {
  table: Table;
  clock: Clock;
  /** Names what a judgement has by id, and says which signals a touch feeds. */
  playbook: PlaybookReader;
}

const accountsAtOnce = 50;

/** The accounts whose status changed last, newest first: of those that the caller sees. */
export const listAccounts = async (ports: ReadPorts, scope: Scope = 'all') => {
  const { table, clock } = ports;
  const items =
    scope === 'all'
      ? await table.list(accountsList, { newestFirst: true, limit: accountsAtOnce })
      : await listOwn(ports, scope);
  const accounts = items.slice(0, accountsAtOnce).map((item) => {
    const { accountId, assessment, assessedAt } = as('account-assessment', item)!;
    const { name = null, domain = null, status, score } = assessment;
    return { accountId, name, domain, status, score, updatedAt: assessedAt };
  });
  return { accounts, serverTime: new Date(clock.now()).toISOString() };
};

/** `parts` add up to `score`. */
const accountView = (
  stored: StoredItem<'account-assessment'>,
  items: readonly Item[],
  { playbook, now }: { playbook: Playbook; now: string },
) => {
  const { accountId, assessment, since } = stored;
  const { name = null, domain = null, status, reason, score, parts, companyFit = null } = assessment;
  const facts = allOf('account', items)[0]?.facts;
  const rep = allOf('rep', items)[0];
  const due = allOf('due', items)[0]?.at ?? '';
  return {
    accountId,
    matched: !isSolo(accountId),
    name,
    domain,
    owner: crmOwnerOf(facts ?? {}, playbook).email ?? rep?.owner.email ?? null,
    status,
    statusSince: since,
    reason,
    stage: assessment.stage ?? null,
    /** What the status rests on. */
    rests: assessment.rests ?? [],
    /** Where it goes round in circles: since when it is held, until when, and what it would be. */
    hold: assessment.hold ?? null,
    /** Milliseconds up to now, by status. */
    timeIn: timeIn(stored.history, { status, since }, now),
    score,
    parts,
    companyFit,
    companyFitParts: assessment.companyFitParts,
    companyMissing: assessment.companyMissing ?? [],
    reached: assessment.reached ?? [],
    surge: assessment.surge ?? null,
    buyingGroup: assessment.buyingGroup ?? [],
    anonymousVisitors: membersOf(items).filter(({ anonymous }) => anonymous).length,
    /** The playbook's number. */
    version: assessment.version ?? null,
    /** When it is judged anew though nothing happens, because time alone may change it. */
    nextChangeAt: due > now ? due : null,
  };
};

/** One account with all that is known of it, or the one it was merged into; undefined when there is none of that id. */
export const readAccount = async ({ table, clock, playbook }: ReadPorts, asked: string) => {
  const accountId = (await standingFor(table, asked)) ?? asked;
  const items = await table.query(accountPartition(accountId));
  const stored = allOf('account-assessment', items)[0];
  if (stored === undefined) return undefined;
  const live = await playbook();
  const now = new Date(clock.now()).toISOString();
  const [members, assignments, slas] = [membersOf(items), allOf('assignment', items), allOf('sla', items)];
  const company = allOf('account', items)[0]?.facts;
  const leads = allOf('lead-assessment', items).filter(({ gone }) => !gone);
  const ids = leads.map(({ assessment }) => assessment.leadId);
  const persons = allOf('lead', await getAll(table, ids.map(leadKey)));
  return {
    account: accountView(stored, items, { playbook: live, now }),
    leads: await Promise.all(
      leads.map((judged) => {
        const isTheirs = ({ leadId }: { leadId: string }): boolean => leadId === judged.assessment.leadId;
        const items = {
          lead: persons.find(isTheirs),
          judged,
          member: members.find(isTheirs),
          company,
          assignment: assignments.find(isTheirs),
          sla: slas.find(isTheirs),
        };
        return leadView(table, live, items, now);
      }),
    ),
    notices: await noticesView(table, [accountId, ...ids]),
    events: eventsOf(items, live),
    serverTime: now,
  };
};
export type AccountView = NonNullable<Awaited<ReturnType<typeof readAccount>>>;
