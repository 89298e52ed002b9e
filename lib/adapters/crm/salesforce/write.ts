// Judgements go into Salesforce by sObject Collections: 200 records a call, each for itself (developer.salesforce.com, "Update Records
// Using sObject Collections").
import * as z from 'zod';
import { type CrmOutcome, CrmUnavailable, type CrmUpdate } from '../../../crm.ts';
import type { Connection } from '../../../domain/connection.ts';
import { outcomeOf, outcomeOfRefusal, recordErrors, SalesforceRefusal } from './faults.ts';
import { noSuchId, type RecordName, recordNamed } from './records.ts';
import { attempts, type Session } from './session.ts';

export type WriteBack = NonNullable<Extract<Connection, { kind: 'salesforce' }>['writeBack']>;

const batchSize = 200;

const headers = {
  // Or the active assignment rule gives the lead another owner, at every update.
  'Sforce-Auto-Assign': 'FALSE',
  // A rule that only warns of a duplicate is no reason to leave a score unwritten.
  'Sforce-Duplicate-Rule-Header': 'allowSave=true',
};

const answer = z.array(z.object({ success: z.boolean(), errors: recordErrors.default([]) }));

interface Row extends RecordName {
  fields: Record<string, string | number>;
}

/** By the tenant's properties; what it has none for is left out. */
const fieldsOf = ({ object, values }: CrmUpdate, writeBack: WriteBack): Record<string, string | number> => {
  const fields: Record<string, string | number> = {};
  for (const [word, property] of Object.entries(writeBack[object])) {
    const value = Object.entries(values).find(([name]) => name === word)?.[1];
    if (value !== undefined) fields[property] = value;
  }
  return fields;
};

/** A property by such a name could be taken for what a collection needs itself, or for none. */
const notWritable = (property: string): boolean =>
  !/^[A-Za-z]\w{0,79}$/.test(property) || /^(?:id|type|attributes)$/i.test(property);

/** Outcomes of up to 200 rows of one object; undefined: not now. */
async function writeOnce(session: Session, rows: readonly Row[]): Promise<(CrmOutcome | CrmUnavailable)[]> {
  const records = rows.map(({ id, fields }) => ({ ...fields, Id: id }));
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

/** Rows that somebody else held locked are tried again, the others not. */
async function writeBatch(session: Session, rows: readonly Row[]): Promise<ReadonlyMap<string, CrmOutcome>> {
  const done = new Map<string, CrmOutcome>();
  let left = rows;
  for (let attempt = 0; ; attempt += 1) {
    const outcomes = await writeOnce(session, left);
    let later: CrmUnavailable | undefined;
    left = left.filter(({ id }, index) => {
      const outcome = outcomes[index]!;
      if (outcome instanceof CrmUnavailable) later = outcome;
      else done.set(id, outcome);
      return outcome instanceof CrmUnavailable;
    });
    if (later === undefined) return done;
    if (attempt + 1 >= attempts || later.retryAfterMs !== undefined) throw later;
    await session.pause(attempt);
  }
}

export const writeTo =
  (session: Session, writeBack: WriteBack) =>
  async (updates: readonly CrmUpdate[]): Promise<readonly CrmOutcome[]> => {
    const named = updates.map((update) => recordNamed(update.object, update.externalId));
    const fields = updates.map((update) => fieldsOf(update, writeBack));
    const refused = fields.map((one) => Object.keys(one).find(notWritable));
    const rows = new Map<string, Row>();
    named.forEach((record, index) => {
      if (record === undefined || refused[index] !== undefined || Object.keys(fields[index]!).length === 0) return;
      // What is said of a record later holds: a call takes each record once.
      rows.set(record.id, { ...record, fields: { ...rows.get(record.id)?.fields, ...fields[index] } });
    });
    const outcomes = new Map<string, CrmOutcome>();
    for (const ofOne of Map.groupBy(rows.values(), ({ sObject }) => sObject).values()) {
      for (let start = 0; start < ofOne.length; start += batchSize) {
        const written = await writeBatch(session, ofOne.slice(start, start + batchSize));
        for (const [id, outcome] of written) outcomes.set(id, outcome);
      }
    }
    return updates.map(({ object }, index): CrmOutcome => {
      const record = named[index];
      if (record === undefined) return noSuchId(object);
      if (refused[index] !== undefined)
        return { outcome: 'refused', why: 'a property of writeBack is no name of a field' };
      return outcomes.get(record.id) ?? { outcome: 'written' };
    });
  };
