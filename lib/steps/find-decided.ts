// Looks up whom somebody decides about: the lead whoever's id it is now, the account, and what was decided before.
import type { MatchDecided } from '../../events/match-decided.v1.ts';
import { nameIdOf } from '../domain/account-name.ts';
import { dayMilliseconds, dayOf } from '../domain/days.ts';
import { personState } from '../domain/lead.ts';
import type { DecidedLead, MatchDecision, Remembered } from '../domain/match-decisions.ts';
import { questionOf } from '../domain/matching.ts';
import type { Register } from '../domain/register.ts';
import type { Table } from '../ports.ts';
import { allOf, as } from '../table/items.ts';
import { accountKey, assessmentKey, domainKey, leadTrailKey, nameKey } from '../table/keys.ts';
import { linesOf, overflowOf } from '../table/trail.ts';
import type { PlaybookReader } from './playbooks.ts';
import { survivorOf } from './views/identities.ts';

/** An account made of a domain has no item of the CRM's, but is judged like any other. */
const isAccount = async (table: Table, accountId: string): Promise<boolean> =>
  (await table.getMany([accountKey(accountId), assessmentKey(accountId)])).length > 0;

const stillRemembered = async (
  table: Table,
  { value, source }: Register<MatchDecision>,
): Promise<Remembered | undefined> => {
  const { company, country, domain } = value.remembered ?? {};
  const name = company === undefined ? undefined : as('name', await table.get(nameKey(nameIdOf(company))));
  const mail = domain === undefined ? undefined : as('domain', await table.get(domainKey(domain)));
  return {
    ...(name?.meanings?.[country ?? '']?.source === source && { company, ...(country !== undefined && { country }) }),
    ...(mail?.meanings?.['']?.source === source && { domain }),
  };
};

/** Today's and yesterday's line only, from at most four items: a lead's whole trail may be years. */
const takenBefore = async (
  table: Table,
  { leadId, lineId, now }: { leadId: string; lineId: string; now: number },
): Promise<MatchDecided | undefined> => {
  const days = [now, now - dayMilliseconds].map((moment) => dayOf(new Date(moment).toISOString()));
  const keys = days.flatMap((day) => [
    leadTrailKey(leadId, day),
    leadTrailKey(leadId, day, overflowOf({ id: lineId })),
  ]);
  return allOf('trail', await table.getMany(keys))
    .flatMap(linesOf)
    .find((line): line is MatchDecided => line.type === 'match-decided.v1' && line.id === lineId);
};

export interface Sought {
  /** Any id the lead ever had. */
  leadId: string;
  accountId: string | undefined;
  /** The decision's, where it may have been sent before. */
  lineId: string | undefined;
  /** Milliseconds since 1970. */
  now: number;
}

/** Undefined when nobody ever had that id. */
export const findDecided = async (
  { table, playbook }: { table: Table; playbook: PlaybookReader },
  { leadId: named, accountId, lineId, now }: Sought,
): Promise<DecidedLead | undefined> => {
  const lead = await survivorOf(table, named);
  if (lead === undefined) return undefined;
  const { leadId, kind, email } = lead;
  const { state } = personState(lead);
  const { company, country, mail } = questionOf({ leadId, email }, state, await playbook());
  return {
    ...{ leadId, company, country, mailHost: mail?.host, isPerson: kind === 'email' },
    accountIsKnown: accountId === undefined || (await isAccount(table, accountId)),
    remembered: state.matchDecision && (await stillRemembered(table, state.matchDecision)),
    before: lineId === undefined ? undefined : await takenBefore(table, { leadId, lineId, now }),
  };
};
