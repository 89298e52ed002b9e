// Answers the person who sent a form, where the playbook has an answer for it.
import type { PublishedOf } from '../../../events/catalogue.ts';
import { dayOf } from '../../domain/days.ts';
import { writtenEmail } from '../../domain/email.ts';
import { autoResponse, type Notice } from '../../domain/notices/notice.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import type { Table } from '../../ports.ts';
import { allOf } from '../../table/items.ts';
import { leadTrailKey } from '../../table/keys.ts';
import { linesOf } from '../../table/trail.ts';

/** The form lies in the trail, which is written first: the answer goes out while the rest is still being folded. */
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
  return email === undefined ? undefined : autoResponse(email, response);
};
