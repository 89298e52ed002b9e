// How the tests of CRMs' clients ask one, and what they make of what comes back.
import type { Crm, CrmUpdate, PulledObject } from '../../../lib/crm.ts';

export const person = (externalId: string, values: CrmUpdate['values']): CrmUpdate => ({
  object: 'person',
  externalId,
  values,
});

/** What a promise was refused with. */
export const faultOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'nothing was thrown',
    (error: unknown) => error,
  );

/** Every page since a moment (milliseconds since 1970). */
export const pagesOf = async (crm: Crm, object: PulledObject, since: number): Promise<unknown[][]> => {
  const pages: unknown[][] = [];
  let from: string | undefined;
  do {
    const page = await crm.changedSince(object, new Date(since).toISOString(), from);
    pages.push([...page.records]);
    from = page.next;
  } while (from !== undefined);
  return pages;
};
