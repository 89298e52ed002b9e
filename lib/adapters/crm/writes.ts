// What is written to a CRM: our judgements under the names of the properties that the connection gives them.
import type { CrmOutcome, CrmUpdate } from '../../crm.ts';
import type { Connection } from '../../domain/connection.ts';

type WriteBack = Extract<Connection, { kind: 'hubspot' | 'pipedrive' }>['writeBack'];

export interface Write {
  object: CrmUpdate['object'];
  externalId: string;
  /** By the CRM's names. */
  properties: Readonly<Record<string, string | number>>;
}

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
 * which nothing is to be written counts as written. */
export const writeEach = async (
  updates: readonly CrmUpdate[],
  writeBack: WriteBack,
  write: (writes: readonly Write[]) => Promise<ReadonlyMap<Write, CrmOutcome>>,
): Promise<CrmOutcome[]> => {
  const byRecord = new Map<string, Write>();
  for (const update of updates) {
    const { object, externalId } = update;
    const before = byRecord.get(keyOf(update))?.properties;
    byRecord.set(keyOf(update), { object, externalId, properties: { ...before, ...properties(update, writeBack) } });
  }
  const due = [...byRecord.values()].filter((one) => Object.keys(one.properties).length > 0);
  const outcomes = await write(due);
  return updates.map((update) => {
    const one = byRecord.get(keyOf(update));
    return (one && outcomes.get(one)) ?? { outcome: 'written' };
  });
};
