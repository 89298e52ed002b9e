// Answers the person who sent a form, where the playbook has an answer for it.

import type { PublishedOf } from '../../../events/catalogue.ts';
import type { TouchCaptured } from '../../../events/touch-captured.v1.ts';
import { dayMilliseconds, dayOf } from '../../domain/days.ts';
import { writtenEmail } from '../../domain/email.ts';
import { eventIdOf } from '../../domain/ids.ts';
import { consentHeard, unionOfStates } from '../../domain/lead.ts';
import { autoResponse } from '../../domain/notices/notice.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import { latest } from '../../domain/register.ts';
import { mayMarketTo } from '../../domain/status/marketing.ts';
import type { Table } from '../../ports.ts';
import { allOf, as, standing } from '../../table/items.ts';
import { assessmentKey, leadTrailKey } from '../../table/keys.ts';
import { linesOf } from '../../table/trail.ts';
import { survivorOf } from '../views/identities.ts';
import type { Telling } from './telling.ts';
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

/** What they said last, in this form, in whatever other or to the CRM: by when they said it, not by when it came. */
const hasConsented = async (table: Table, leadId: string, line: TouchCaptured): Promise<boolean> => {
  const lead = await survivorOf(table, leadId);
  const parts = Object.values(lead?.parts ?? {}).flatMap(({ state }) => (state === undefined ? [] : [state]));
  const known = lead && unionOfStates([lead.own, ...parts]).consent;
  return latest(known, consentHeard(line.consent, line.occurredAt, line.source))?.value === true;
};

/** Whoever sent it that long ago waits for no answer any more: it was imported, or kept by a source that was down. */
const longestAgo = dayMilliseconds;

/** The form lies in the trail, which is written first: the answer goes out while the rest is still being folded. Nobody who is
 * disqualified, or whose account is, gets one; nor anybody twice a day for the same form, however often it is sent. */
export const formNotice = async (
  table: Table,
  playbook: Playbook,
  { leadId, formId, touchId, occurredAt }: PublishedOf<'form-submitted.v1'>,
  now: number,
): Promise<Telling[]> => {
  const response = playbook.forms[formId]?.autoResponse;
  if (response === undefined || now - Date.parse(occurredAt) > longestAgo) return [];
  const { pk, sk } = leadTrailKey(leadId, dayOf(occurredAt));
  const lines = allOf('trail', await table.query(pk, sk)).flatMap(linesOf);
  const line = lines.find(({ id }) => id === touchId);
  if (line?.type !== 'touch-captured.v1') return [];
  const email = writtenEmail(line.person.email ?? '');
  if (email === undefined || (await isRefused(table, leadId))) return [];
  const mayMail = response.consent === 'not-needed' || (await hasConsented(table, leadId, line));
  if (!mayMail) return [];
  const noticeId = eventIdOf('auto-response', leadId, formId, dayOf(occurredAt));
  return [{ owner: leadId, noticeId, notice: autoResponse(email, response), when: 'at-once', shared: true }];
};
