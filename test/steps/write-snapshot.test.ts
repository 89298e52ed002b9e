// Snapshots of leads and deals in accounts: each as of a version, none ever older than what is there.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Published } from '../../events/catalogue.ts';
import { ConflictError, type Table } from '../../lib/ports.ts';
import { writeSnapshot } from '../../lib/steps/fold/write-snapshot.ts';
import { as, type NewItem } from '../../lib/table/items.ts';
import { opportunityKey } from '../../lib/table/keys.ts';
import { openWorld, type World } from '../simulation/world.ts';
import { at } from './matching-lines.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld(at('12:00'));
});
afterEach(() => world.close());

const [accountId, dealId] = ['acct_1', 'deal_1'];
const snapshot = (dealVersion: number, state: 'open' | 'won'): NewItem<'opportunity'> => {
  const facts = { state: { value: state, at: at('09:00'), source: 'crm' } };
  return { ...opportunityKey(accountId, dealId), type: 'opportunity', accountId, dealId, facts, dealVersion };
};
const changed: Published = { type: 'account-changed.v1', id: 'e', at: at('09:00'), accountId, what: 'opportunity' };
const stateThere = async (): Promise<string | undefined> =>
  as('opportunity', await world.embedded.table.get(opportunityKey(accountId, dealId)))?.facts.state?.value;
/** Refuses every write as somebody else's is under way. */
const busy = (table: Table): Table => ({
  ...table,
  get: (key) => table.get(key),
  write: () => Promise.reject(new ConflictError('somebody else is writing')),
});

it('the latest stays, whichever comes last', async () => {
  const { table } = world.embedded;
  await writeSnapshot(table, snapshot(2, 'won'), changed);
  await writeSnapshot(table, snapshot(1, 'open'), changed);
  expect(await stateThere()).toBe('won');

  await writeSnapshot(table, snapshot(3, 'open'), changed);
  expect(await stateThere()).toBe('open');
});

it('one that was refused only because the item was busy is not taken for written', async () => {
  const { table } = world.embedded;
  await expect(writeSnapshot(busy(table), snapshot(1, 'open'), changed)).rejects.toThrow(ConflictError);
  await writeSnapshot(table, snapshot(1, 'open'), changed);
  await expect(writeSnapshot(busy(table), snapshot(2, 'won'), changed)).rejects.toThrow(ConflictError);
  await writeSnapshot(busy(table), snapshot(1, 'open'), changed);
});
