// Records as a query answers them (SOQL, the bin included): what a reconciliation pulls becomes the lines a message would be.
import type { CrmChangeCaptured } from '../../events/crm-change-captured.v1.ts';
import type { CrmMapping } from '../domain/playbook/crm.ts';
import { fieldsOf, flagIn, momentIn } from './salesforce/fields.ts';
import { lineOf } from './salesforce/line.ts';
import { recordId } from './salesforce/record-id.ts';
import type { Unread } from './source.ts';

/** Rows have to ask for `Id`, `SystemModstamp` and `IsDeleted` besides what is read of them; a field that is null was emptied.
 * A row without the first two is unread: nobody could tell it from others, or what is newer. */
export const salesforceRecords = (
  sObject: string,
  records: readonly Readonly<Record<string, unknown>>[],
  source: string,
  now: number,
  mapping: CrmMapping,
): { lines: CrmChangeCaptured[]; unread: Unread[] } => {
  const readings = records.map((row) => {
    const id = recordId(row.Id);
    const fields = fieldsOf(row);
    const at = momentIn(fields, 'SystemModstamp');
    if (id === undefined || at === undefined) {
      const unread: Unread[] = [{ what: sObject, why: 'the row has no Id or no SystemModstamp' }];
      return { lines: [], unread };
    }
    const record = { sObject, id, fields, deleted: flagIn(fields, 'IsDeleted') };
    return lineOf(record, { source, id: `${id}.${at}`, at, now, mapping });
  });
  return { lines: readings.flatMap(({ lines }) => lines), unread: readings.flatMap(({ unread }) => unread) };
};
