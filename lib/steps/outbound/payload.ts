// What somebody outside is told of an event: the event itself, and the lead and the account as they are judged by now.

import type { PublishedOf } from '../../../events/catalogue.ts';
import { asBelieved } from '../../domain/assessment.ts';
import type { ToldOutside } from '../../domain/destinations.ts';
import { nameOf } from '../../domain/person-name.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import type { Table } from '../../ports.ts';
import { as, membersOf, standing } from '../../table/items.ts';
import { assessmentKey, assignmentKey, memberKey } from '../../table/keys.ts';
import { at } from '../notices/told.ts';

export type OutsideEvent = PublishedOf<ToldOutside>;

const leadOf = async (table: Table, playbook: Playbook, accountId: string, leadId: string) => {
  const keys = [assessmentKey, memberKey, assignmentKey].map((key) => key(accountId, leadId));
  const items = await table.getMany(keys);
  const judged = standing(at(items, assessmentKey(accountId, leadId)))?.assessment;
  const [member] = membersOf(items);
  if (judged === undefined || member === undefined) return undefined;
  const { consent, optOut } = member.state;
  const assignment = as('assignment', at(items, assignmentKey(accountId, leadId)));
  const { status, reason, grade, score, level } = judged;
  return {
    ...{ leadId, email: member.email, name: nameOf(asBelieved(member, playbook)) },
    ...{ status, reason, grade, score, level, owner: assignment?.owner },
    consent: { marketing: consent?.value, sharing: optOut && false },
  };
};

const accountOf = async (table: Table, accountId: string, shares: boolean) => {
  const judged = as('account-assessment', await table.get(assessmentKey(accountId)))?.assessment;
  if (judged === undefined) return { accountId };
  const { name, domain, status, reason, score, companyFit: grade } = judged;
  return { accountId, name, domain, status, ...(!shares && { reason }), score, grade };
};

/** The body of a Standard Webhooks delivery: `type`, `timestamp` (ISO, of the event), and `data`. Undefined where it is about somebody
 * who wants nothing shared, and its receiver shares what they get. */
export const payloadOf = async (
  table: Table,
  playbook: Playbook,
  event: OutsideEvent,
  { shares = false }: { shares?: boolean | undefined },
): Promise<string | undefined> => {
  const { type, id: _, at: timestamp, accountId, traceId: __, ...facts } = event;
  const { leadId, ...about } = { leadId: undefined, ...facts };
  const known = leadId === undefined ? undefined : await leadOf(table, playbook, accountId, leadId);
  // Of whoever went to another account meanwhile nobody knows here what they want.
  const mayShare = known !== undefined && known.consent.sharing === undefined;
  if (shares && leadId !== undefined && !mayShare) return undefined;
  const lead = leadId === undefined ? undefined : (known ?? { leadId });
  const account = await accountOf(table, accountId, shares);
  return JSON.stringify({ type, timestamp, data: { ...about, account, lead } });
};
