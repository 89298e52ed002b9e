// What is written to a CRM: our judgements under the names of the properties that the connection gives them.
import type { CrmUpdate, WriteOutcome } from '../../crm.ts';
import type { Connection } from '../../domain/connection.ts';

type WriteBack = Extract<Connection, { kind: 'hubspot' | 'pipedrive' }>['writeBack'];

export interface Write {
  object: CrmUpdate['object'];
  externalId: string;
  /** By the CRM's names. */
  properties: Readonly<Record<string, string | number>>;
}

/** Says what became of one of the writes. */
export type Settle = (write: Write, outcome: WriteOutcome) => void;

const properties = (update: CrmUpdate, writeBack: WriteBack): Record<string, string | number> => {
  const names: Readonly<Record<string, string | undefined>> = writeBack?.[update.object] ?? {};
  const written: Record<string, string | number> = {};
  for (const [judged, value] of Object.entries(update.values)) {
    const name = names[judged];
    if (name !== undefined && value !== undefined) written[name] = value;
  }
  return written;
};

const keyOf = ({ object, externalId }: CrmUpdate): string => `${object} ${externalId}`;

/** Writes each record once, with the latest of what is said of it, and gives an outcome to each update, in their order. A record of
 * which nothing is to be written counts as written. Where `write` fails half-way, what it has settled stands, and the rest is for later. */
export const writeEach = async (
  updates: readonly CrmUpdate[],
  writeBack: WriteBack,
  write: (writes: readonly Write[], settle: Settle) => Promise<void>,
): Promise<WriteOutcome[]> => {
  const byRecord = new Map<string, Write>();
  for (const update of updates) {
    const { object, externalId } = update;
    const before = byRecord.get(keyOf(update))?.properties;
    byRecord.set(keyOf(update), { object, externalId, properties: { ...before, ...properties(update, writeBack) } });
  }
  const due = [...byRecord.values()].filter((one) => Object.keys(one.properties).length > 0);
  const outcomes = new Map<Write, WriteOutcome>();
  try {
    await write(due, (one, outcome) => outcomes.set(one, outcome));
  } catch (error) {
    if (outcomes.size === 0) throw error;
    for (const one of due) if (!outcomes.has(one)) outcomes.set(one, { outcome: 'later', error });
  }
  return updates.map((update) => {
    const one = byRecord.get(keyOf(update));
    return (one && outcomes.get(one)) ?? { outcome: 'written' };
  });
};
