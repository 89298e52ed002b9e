// What the CRM says of a person's record as a record: that another took it in, or that it is gone.
import type { CrmChangeCaptured } from '../../events/crm-change-captured.v1.ts';
import { type ChangeOf, hearer } from './crm-change.ts';
import { leadIdOfCrmPerson } from './ids.ts';
import type { Register } from './register.ts';
import { hearSaid, type Said } from './said.ts';

export interface RecordFate {
  /** The record that took this one in, by its id here, since it did: a CRM says that again with whatever it says of the record, and
   * what people decided in between stands. Null: none any more. */
  mergedInto?: Register<string | null> | undefined;
  /** All that was ever said of that, from which it follows. */
  said?: Said<string | null>;
  deleted?: Register<boolean> | undefined;
}

export const hearFate = (
  fate: RecordFate | undefined,
  line: CrmChangeCaptured,
  { mergedInto, deleted }: ChangeOf<'person'>,
): RecordFate | undefined => {
  if (mergedInto === undefined && deleted === undefined) return fate;
  const hear = hearer(line);
  const into = mergedInto && leadIdOfCrmPerson(line.source, mergedInto);
  const { said, now } = hearSaid(fate?.said, hear(undefined, into));
  return { mergedInto: now, ...(said && { said }), deleted: hear(fate?.deleted, deleted) };
};

/** What it said of somebody is the CRM's no more. Of one that was merged it still is: CRMs delete those too. */
export const isGone = (fate: RecordFate | undefined): boolean =>
  fate?.deleted?.value === true && !fate.mergedInto?.value;
