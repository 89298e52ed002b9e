// What a CRM is to be told follows from a judgement, where the CRM has a record of whom it is on: of this the assessment keeps a
// fingerprint, and another one is an event. Status and grade are in it, and the records; the score is not, nor the reason, which
// go along: a point more with every page would be a thousand writes, and nobody sorts a CRM's list by it to the point.
import type { Published } from '../../events/catalogue.ts';
import { eventIdOf, fingerprintOf } from '../domain/ids.ts';

interface Known {
  version: number;
  told?: string | undefined;
  gone?: true | undefined;
}

/** `records`: the CRM's of whom it is on; undefined where no CRM is to be told. Answers the fingerprint to be kept, and the event. */
export const judgementTold = (
  { accountId, leadId, now: at }: { accountId: string; leadId?: string; now: string },
  before: Known | undefined,
  { status, grade }: { status: string; grade?: string | undefined },
  records: readonly string[] | undefined,
): { told?: string | undefined; event?: Published } => {
  const known = before?.gone ? undefined : before?.told;
  if (records === undefined || records.length === 0) return { told: known };
  const told = fingerprintOf(JSON.stringify([status, grade, records]));
  if (told === known) return { told };
  const id = eventIdOf('judgement', accountId, leadId ?? '', String((before?.version ?? 0) + 1), told);
  return { told, event: { type: 'judgement-changed.v1', id, at, accountId, ...(leadId && { leadId }) } };
};
