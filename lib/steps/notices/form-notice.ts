// Answers the person who sent a form, where the playbook has an answer for it.
import type { PublishedOf } from '../../../events/catalogue.ts';
import { dayOf } from '../../domain/days.ts';
import { writtenEmail } from '../../domain/email.ts';
import { autoResponse, type Notice } from '../../domain/notices/notice.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import { mayMarketTo } from '../../domain/status/marketing.ts';
import type { Table } from '../../ports.ts';
import { allOf, as, standing } from '../../table/items.ts';
import { assessmentKey, leadTrailKey } from '../../table/keys.ts';
import { linesOf } from '../../table/trail.ts';
import { survivorOf } from '../views/identities.ts';
import { at } from './told.ts';

/** As far as they have been judged: who is heard of for the first time is nobody's to refuse. */
const isRefused = async (table: Table, leadId: string): Promise<boolean> => {
  const lead = await survivorOf(table, leadId);
  const accountId = lead?.match?.accountId;
  if (lead === undefined || accountId === undefined) return false;
  const keys = [assessmentKey(accountId), assessmentKey(accountId, lead.leadId)];
  const items = await table.getMany(keys);
  const account = as('account-assessment', at(items, keys[0]!))?.assessment;
  return !mayMarketTo(account?.status, standing(at(items, keys[1]!))?.assessment.status);
};

/** The form lies in the trail, which is written first: the answer goes out while the rest is still being folded. Nobody who is
 * disqualified, or whose account is, gets one. */
export const formNotice = async (
  table: Table,
  playbook: Playbook,
  { leadId, formId, touchId, occurredAt }: PublishedOf<'form-submitted.v1'>,
): Promise<Notice | undefined> => {
  const response = playbook.forms[formId]?.autoResponse;
  if (response === undefined) return undefined;
  const { pk, sk } = leadTrailKey(leadId, dayOf(occurredAt));
  const lines = allOf('trail', await table.query(pk, sk)).flatMap(linesOf);
  const line = lines.find(({ id }) => id === touchId);
  const email = line?.type === 'touch-captured.v1' ? writtenEmail(line.person.email ?? '') : undefined;
  if (email === undefined || (await isRefused(table, leadId))) return undefined;
  return autoResponse(email, response);
};
