// What could leave a lead at the wrong account for ever: an account that changes while a lead is folded, an account renamed there and
// back while the first change is still being written down, and groups that come together late.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import { listed } from '../../lib/domain/account-matching/blocks.ts';
import { accountIdOfCrm, accountIdOfDomain, leadIdOfEmail } from '../../lib/domain/ids.ts';
import type { Item, Table } from '../../lib/ports.ts';
import { allOf, membersOf } from '../../lib/table/items.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { decide, decideMatch } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';
import { account, asks, at } from './matching-lines.ts';
import { foldOn, meanwhile as meanwhileIn } from './meanwhile.ts';

const [a, b] = ['A', 'B'].map((id) => accountIdOfCrm('crm', id)) as [string, string];
const dan = leadIdOfEmail('dan@gmail.com');
let world: World;
beforeEach(async () => {
  world = await openWorld(at('12:00'));
});
afterEach(() => world.close());

const accountOf = (leadId: string): string | undefined =>
  membersOf(world.items()).find((member) => member.leadId === leadId)?.accountId;

const fold = (table: Table, line: Captured) => foldOn(world, table, line);
const meanwhile = (when: 'before' | 'after', type: Item['type'], nth: number, happens: () => Promise<unknown>): Table =>
  meanwhileIn(world, { when, nth, of: (item) => item.type === type }, happens);

it('an account that comes while a known lead names it is found', async () => {
  const { table } = world.embedded;
  await fold(table, asks('1', '09:00', 'dan@gmail.com'));
  const raced = meanwhile('before', 'lead', 1, () =>
    fold(table, account('3', '09:02', 'A', { name: 'Acme Bearings' })),
  );
  await fold(raced, asks('2', '09:01', 'dan@gmail.com', 'Acme Bearings'));

  expect(accountOf(dan)).toBe(a);
});

it('an account that comes while somebody only decided of becomes a lead is found', async () => {
  const { table } = world.embedded;
  const bea = leadIdOfEmail('bea@acme.example');
  await fold(table, decide('1', at('09:00'), { a: bea, b: dan, decision: 'separate' }));
  const raced = meanwhile('before', 'lead', 1, () =>
    fold(table, account('3', '09:02', 'A', { name: 'Acme', domains: ['acme.example'] })),
  );
  await fold(raced, asks('2', '09:01', 'bea@acme.example'));

  expect(accountOf(bea)).toBe(a);
});

it('a group that comes together while a lead lands in it is landed in', async () => {
  await world.close();
  world = await openWorld(at('12:00'), { playbook: testPlaybook({ matching: { lands: 'parent' } }) });
  const { table } = world.embedded;
  const means = { decision: 'assign' as const, lead: 'eve@gmail.com', accountId: a, domain: 'old.example' };
  await fold(table, account('1', '09:00', 'A', { name: 'Acme' }));
  await fold(table, account('2', '09:00', 'B', { name: 'Bigco' }));
  await fold(table, decideMatch('3', at('09:01'), means));
  const raced = meanwhile('before', 'lead', 1, () =>
    fold(table, account('5', '09:03', 'A', { parentExternalId: 'B' })),
  );
  await fold(raced, asks('4', '09:02', 'bea@old.example'));

  expect(accountOf(leadIdOfEmail('bea@old.example'))).toBe(b);
});

it('an account renamed back while it is being filed under its other name is found by the first again', async () => {
  const { table } = world.embedded;
  const back = account('5', '09:11', 'A', { name: 'Acme Bearings' });
  await fold(table, account('1', '09:00', 'A', { name: 'Acme Bearings' }));
  await fold(table, asks('2', '09:01', 'dan@gmail.com', 'Acme Bearings'));
  const raced = meanwhile('after', 'block', 6, () => fold(table, back));
  await fold(raced, account('4', '09:10', 'A', { name: 'Initech' }));
  await fold(table, asks('6', '09:20', 'fay@gmail.com', 'Acme Bearings'));

  expect([accountOf(dan), accountOf(leadIdOfEmail('fay@gmail.com'))]).toEqual([a, a]);
});

it('an account renamed there and back, the first time cut short, is found by its name', async () => {
  const { table } = world.embedded;
  await fold(table, account('1', '09:00', 'A', { name: 'Acme Bearings' }));
  for (const n of ['dan', 'eve']) await fold(table, asks(n, '09:01', `${n}@gmail.com`, 'Acme Bearings'));
  const died = meanwhile('before', 'lead', 1, () => Promise.reject(new Error('the process died')));
  const there = account('4', '09:10', 'A', { name: 'Initech' });
  expect((await fold(died, there)).failed).toEqual(['4']);
  await fold(table, account('5', '09:11', 'A', { name: 'Acme Bearings' }));
  await fold(table, there);
  await fold(table, asks('6', '09:20', 'fay@gmail.com', 'Acme Bearings'));

  const leads = ['dan', 'eve', 'fay'].map((n) => leadIdOfEmail(`${n}@gmail.com`));
  expect(leads.map(accountOf)).toEqual([a, a, a]);
});

it.each([
  [[0, 1, 2, 3, 4]],
  [[0, 1, 2, 4, 3]],
  [[3, 4, 2, 1, 0]],
])('of two accounts with a domain the one above is found, whenever it came to be above: %j', async (order) => {
  const lines = [
    account('1', '09:00', 'X', { name: 'Xylo', domains: ['acme.example'], parentExternalId: 'A' }),
    account('2', '09:01', 'T', { name: 'Top', domains: ['acme.example'] }),
    account('3', '09:02', 'A', { name: 'Middle' }),
    asks('4', '09:03', 'bea@acme.example'),
    account('5', '09:04', 'A', { parentExternalId: 'T' }),
  ];
  for (const n of order) await world.deliver([lines[n]!]);

  expect(accountOf(leadIdOfEmail('bea@acme.example'))).toBe(accountIdOfCrm('crm', 'T'));
});

it('deep groups are read to their tops', async () => {
  const chain = (name: string): Captured[] =>
    Array.from({ length: 9 }, (_, level) =>
      account(`${name}${level}`, '09:00', `${name}${level}`, {
        name: `${name} ${level}`,
        ...(level === 0 && name !== 'Carta' && { domains: ['shared.example'] }),
        parentExternalId: `${name}${level + 1}`,
      }),
    );
  await world.deliver([...chain('Alba'), ...chain('Bora'), ...chain('Carta')]);
  await world.deliver([asks('1', '09:10', 'bea@shared.example', 'Carta 0')]);

  expect(accountOf(leadIdOfEmail('bea@shared.example'))).toMatch(/^acct_/);
  expect(world.embedded.queues.depth('prompt')).toEqual({ waiting: 0, dead: 0 });
});

it('a domain that too many accounts name is nobody’s, and its item stays small', async () => {
  const many = Array.from({ length: listed + 1 }, (_, n) =>
    account(`m${n}`, '08:00', `M${n}`, { name: `Zephyr ${n}x`, domains: ['everybody.example'] }),
  );
  await world.deliver(many);
  await world.deliver([asks('1', '09:00', 'bea@everybody.example')]);

  const bea = leadIdOfEmail('bea@everybody.example');
  expect(accountOf(bea)).toBe(accountIdOfDomain('everybody.example'));
  const [domain] = allOf('domain', world.items());
  expect(domain).toMatchObject({ claims: {}, more: true });
});
