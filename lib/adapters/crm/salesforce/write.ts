// Judgements go into Salesforce by sObject Collections: 200 records a call, each for itself (developer.salesforce.com, "Update Records
// Using sObject Collections").
import * as z from 'zod';
import { type CrmOutcome, CrmUnavailable, type CrmUpdate } from '../../../crm.ts';
import type { Connection } from '../../../domain/connection.ts';
import { recordId } from '../../../sources/salesforce/record-id.ts';
import { type Settle, type Write, writeEach } from '../writes.ts';
import { outcomeOf, outcomeOfRefusal, recordErrors, SalesforceRefusal } from './faults.ts';
import { noSuchId, type RecordName, recordNamed } from './records.ts';
import { attempts, type Session } from './session.ts';

type WriteBack = Extract<Connection, { kind: 'salesforce' }>['writeBack'];

const batchSize = 200;

const headers = {
  // Or the active assignment rule gives the lead another owner, at every update.
  'Sforce-Auto-Assign': 'FALSE',
  // A rule that only warns of a duplicate is no reason to leave a score unwritten.
  'Sforce-Duplicate-Rule-Header': 'allowSave=true',
};

const answer = z.array(z.object({ success: z.boolean(), errors: recordErrors.default([]) }));

interface Row extends RecordName {
  write: Write;
}

/** A property by such a name could be taken for what a collection needs itself, or for none. */
const notWritable = (property: string): boolean =>
  !/^[A-Za-z]\w{0,79}$/.test(property) || /^(?:id|type|attributes)$/i.test(property);

/** Outcomes of up to 200 rows of one object, or that it is not possible now. */
async function writeOnce(session: Session, rows: readonly Row[]): Promise<(CrmOutcome | CrmUnavailable)[]> {
  const records = rows.map(({ id, write }) => ({ ...write.properties, Id: id }));
  try {
    const results = await session.call(async (connection) =>
      answer
        .length(rows.length)
        .parse(await connection.update(rows[0]!.sObject, records, { allOrNone: false, headers })),
    );
    return results.map(({ success, errors }) => (success ? { outcome: 'written' } : outcomeOf(errors)));
  } catch (error) {
    // All rows of an object have the same fields: one that is not there refuses them together.
    if (error instanceof SalesforceRefusal && error.field !== undefined) return rows.map(() => outcomeOfRefusal(error));
    throw error;
  }
}

/** Rows that somebody else held locked are tried again, the others not; nor do they hold up the next batch. */
async function writeBatch(session: Session, rows: readonly Row[], settle: Settle): Promise<void> {
  let left = rows;
  for (let attempt = 0; ; attempt += 1) {
    const outcomes = await writeOnce(session, left);
    let later: CrmUnavailable | undefined;
    left = left.filter((row, index) => {
      const outcome = outcomes[index]!;
      if (outcome instanceof CrmUnavailable) later = outcome;
      else settle(row.write, outcome);
      return outcome instanceof CrmUnavailable;
    });
    if (later === undefined) return;
    if (later.retryAfterMs !== undefined) throw later;
    if (attempt + 1 >= attempts) {
      for (const { write } of left) settle(write, { outcome: 'later', error: later });
      return;
    }
    await session.pause(attempt);
  }
}

/** A record that is named in 15 characters and in 18 is one. */
const inFull = (update: CrmUpdate): CrmUpdate => ({
  ...update,
  externalId: recordId(update.externalId) ?? update.externalId,
});

export const writeTo = (session: Session, writeBack: WriteBack | undefined) => (updates: readonly CrmUpdate[]) =>
  writeEach(updates.map(inFull), writeBack, async (due, settle) => {
    const rows: Row[] = [];
    for (const write of due) {
      const record = recordNamed(write.object, write.externalId);
      if (record === undefined) settle(write, noSuchId(write.object));
      else if (Object.keys(write.properties).some(notWritable)) {
        settle(write, { outcome: 'refused', why: 'a property of writeBack is no name of a field' });
      } else rows.push({ ...record, write });
    }
    for (const ofOne of Map.groupBy(rows, ({ sObject }) => sObject).values()) {
      for (let start = 0; start < ofOne.length; start += batchSize) {
        await writeBatch(session, ofOne.slice(start, start + batchSize), settle);
      }
    }
  });
