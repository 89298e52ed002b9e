// What the CRM says of a person's record as a record: that another took it in, or that it is gone.
import type { CrmChangeCaptured } from '../../events/crm-change-captured.v1.ts';
import { type ChangeOf, hearer } from './crm-change.ts';
import { leadIdOfCrmPerson } from './ids.ts';
import type { Register } from './register.ts';

export interface RecordFate {
  /** The record that took this one in, by its id here; null: none any more. */
  mergedInto?: Register<string | null> | undefined;
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
  return { mergedInto: hear(fate?.mergedInto, into), deleted: hear(fate?.deleted, deleted) };
};

/** What it said of somebody is the CRM's no more. Of one that was merged it still is: CRMs delete those too. */
export const isGone = (fate: RecordFate | undefined): boolean =>
  fate?.deleted?.value === true && !fate.mergedInto?.value;
