// Looks up whom somebody decides about: the lead whoever's id it is now, the account, and what was decided before.
import type { MatchDecided } from '../../events/match-decided.v1.ts';
import { nameIdOf } from '../domain/account-name.ts';
import { dayMilliseconds, dayOf } from '../domain/days.ts';
import { personState } from '../domain/held-states.ts';
import type { DecidedLead, MatchDecision, Remembered, SaidMeaning } from '../domain/match-decisions.ts';
import { questionOf } from '../domain/match-question.ts';
import { latest, type Register } from '../domain/register.ts';
import type { Table } from '../ports.ts';
import { allOf, as } from '../table/items.ts';
import { accountKey, assessmentKey, domainKey, leadTrailKey, nameKey } from '../table/keys.ts';
import { linesOf, overflowOf } from '../table/trail.ts';
import type { PlaybookReader } from './playbooks.ts';
import { survivorOf } from './views/identities.ts';

/** An account made of a domain has no item of the CRM's, but is judged like any other. */
const isAccount = async (table: Table, accountId: string): Promise<boolean> =>
  (await table.getMany([accountKey(accountId), assessmentKey(accountId)])).length > 0;

/** Unless somebody said otherwise since. A name and a domain are folded after the lead: where nothing is said of one yet, it is on its
 * way. */
const stillRemembered = async (
  table: Table,
  { value, source, at }: Register<MatchDecision>,
): Promise<Remembered | undefined> => {
  const mine = { value: { accountId: value.accountId ?? null, by: value.by }, source, at };
  const stands = (said: Register<SaidMeaning> | undefined) => latest(said, mine)?.source === source;
  const { company, country, domain } = value.remembered ?? {};
  const name = company === undefined ? undefined : as('name', await table.get(nameKey(nameIdOf(company))));
  const mail = domain === undefined ? undefined : as('domain', await table.get(domainKey(domain)));
  return {
    ...(company !== undefined &&
      stands(name?.meanings?.[country ?? '']) && { company, ...(country !== undefined && { country }) }),
    ...(domain !== undefined && stands(mail?.meanings?.['']) && { domain }),
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
