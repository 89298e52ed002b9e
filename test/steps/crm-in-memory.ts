// A CRM in memory behind the port: keeps what it is told, and fails where a test says so.
import type { Crm, CrmUpdate, PulledObject, PulledPage, WriteOutcome } from '../../lib/crm.ts';

export interface MemoryCrm extends Crm {
  /** Each call's updates. */
  calls: CrmUpdate[][];
  /** What a record has now, by its id. */
  values: Map<string, CrmUpdate['values']>;
  /** Runs before a call answers. */
  before: (updates: readonly CrmUpdate[]) => Promise<void> | void;
  /** Its answer to an update. */
  answer: (update: CrmUpdate) => WriteOutcome;
  /** Pages by object; each asked for is noted. */
  pages: (object: PulledObject, since: string, from?: string) => PulledPage;
  asked: string[];
}

export const createMemoryCrm = (): MemoryCrm => {
  const crm: MemoryCrm = {
    ...{ calls: [], values: new Map(), asked: [] },
    before: () => undefined,
    answer: () => ({ outcome: 'written' }),
    pages: () => ({ records: [] }),
    write: async (updates) => {
      crm.calls.push([...updates]);
      await crm.before(updates);
      return updates.map((update) => {
        const outcome = crm.answer(update);
        if (outcome.outcome === 'written') crm.values.set(update.externalId, update.values);
        return outcome;
      });
    },
    changedSince: async (object, since, from) => {
      crm.asked.push([object, since, ...(from === undefined ? [] : [from])].join(' '));
      return crm.pages(object, since, from);
    },
    merge: async () => ({ outcome: 'written' }),
  };
  return crm;
};
