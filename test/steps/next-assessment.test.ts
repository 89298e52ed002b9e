// What time alone changes is judged anew on that day, at the cost of a write now and then, and nothing without a cause.
import { afterEach, expect, it } from 'vitest';
import { accountIdOfCrm, accountIdOfDomain } from '../../lib/domain/ids.ts';
import type { PlaybookInput } from '../../lib/domain/playbook/playbook.ts';
import { allOf } from '../../lib/table/items.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { crm, demoRequest } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';
import { type Asked, askedOnBus } from './asked.ts';

const acme = accountIdOfDomain('acme.example');
/** Fewer sweeps than in life, for years to pass. */
const [hour, sixHours] = [3_600_000, 6 * 3_600_000];
let world: World;
afterEach(() => world.close());

/** What was asked for, and how many events assess has heard. */
let asked: Asked[];
let heard: number;

/** A demo request is 80 points, halved every 30 days: with fit A it is A1 down to 59.5, A2 to 29.5, A3 to 9.5. */
const open = async (sweepEveryMs?: number, signals: PlaybookInput['signals'] = {}) => {
  [asked, heard] = [[], 0];
  world = await openWorld('2026-11-20T12:00:00.000Z', {
    playbook: testPlaybook({
      signals: {
        demo: { label: 'Demo', match: { form: 'demo-request' }, points: 80, halfLifeDays: 30 },
        ...signals,
      },
    }),
    ...(sweepEveryMs && { sweepEveryMs }),
    wrapPorts: askedOnBus((events) => asked.push(...events)),
    wrapConsumer: (name, consumer) => (messages) => {
      if (name === 'assess') heard += messages.length;
      return consumer(messages);
    },
  });
};
const ask = (id: string, at: string) =>
  world.deliver([demoRequest(id, at, 'bea@acme.example', { profile: { jobTitle: 'Head of IT' } })]);
const lead = () => allOf('lead-assessment', world.items())[0]!;
const account = () => allOf('account-assessment', world.items())[0]!;
const due = () => allOf('due', world.items())[0];

it('takes grade and status on the very day, from the lead and its account, with nothing heard of them', async () => {
  await open(hour);
  await ask('f', '2026-11-20T11:00:00.000Z');
  expect(lead().assessment).toMatchObject({ grade: 'A1', level: 'MQL', status: 'Qualified' });
  expect(due()).toMatchObject({ accountId: acme, at: '2026-12-03T00:00:00.000Z', listPk: 'ASSESS-DUE' });

  await world.advanceTo('2026-12-02T23:59:59.999Z');
  expect(lead().assessment.grade).toBe('A1');
  expect(asked).toEqual([]);
  await world.advanceTo('2026-12-03T01:00:00.000Z');
  expect(lead().assessment).toMatchObject({ grade: 'A2', score: 59, status: 'Qualified' });
  expect(due()?.at).toBe('2027-01-03T00:00:00.000Z');

  await world.advanceTo('2027-01-02T23:59:59.999Z');
  expect([lead().assessment.status, account().assessment.status]).toEqual(['Qualified', 'Qualified']);
  await world.advanceTo('2027-01-03T01:00:00.000Z');
  expect(lead().assessment).toMatchObject({ grade: 'A3', score: 29, status: 'Nurture' });
  expect(lead().assessment.level).toBeUndefined();
  expect(account().assessment.status).toBe('Nurture');
  expect(lead().since.slice(0, 10)).toBe('2027-01-03');
});

it('assesses as often in two years as there are changes, and then keeps nothing', async () => {
  await open(sixHours);
  await ask('f', '2026-11-20T11:00:00.000Z');
  heard = 0;
  await world.advanceTo('2028-11-20T12:00:00.000Z');

  // To A2, A3 and A4.
  expect(asked.map(({ at, because }) => [at.slice(0, 10), because])).toEqual([
    ['2026-12-03', 'time'],
    ['2027-01-03', 'time'],
    ['2027-02-21', 'time'],
  ]);
  expect(heard).toBe(3);
  expect(lead().assessment.grade).toBe('A4');
  expect(due()).toBeUndefined();
});

it('costs no write while a stored moment is earlier, and looks once when it has come', async () => {
  await open(hour);
  await ask('f', '2026-11-20T11:00:00.000Z');
  const stored = due();
  await world.advanceTo('2026-11-25T12:00:00.000Z');
  await ask('g', '2026-11-25T11:00:00.000Z');
  await ask('h', '2026-11-25T11:30:00.000Z');
  expect(due()).toEqual(stored);
  const { assessedAt } = lead();

  await world.advanceTo('2026-12-03T12:00:00.000Z');
  expect(asked).toHaveLength(1);
  expect(lead().assessment.grade).toBe('A1');
  expect(lead().assessedAt > assessedAt).toBe(true);
  // 80 from the 20th and 160 from the 25th of November are 60.1 on 22 January.
  const next = due()!.at;
  expect(next).toBe('2027-01-23T00:00:00.000Z');
  await world.advanceTo('2027-01-22T23:59:59.999Z');
  expect(lead().assessment.grade).toBe('A1');
  await world.advanceTo('2027-01-23T01:00:00.000Z');
  expect(lead().assessment.grade).toBe('A2');
});

it('stores an earlier moment at once', async () => {
  await open(hour);
  const term = (id: string, at: string, endsAt: string) =>
    crm(id, at, {
      object: 'contract',
      externalId: 'C',
      accountExternalId: 'A',
      startsAt: '2026-01-01T00:00:00.000Z',
      endsAt,
    });
  await world.deliver([
    crm('a', '2026-11-20T09:00:00.000Z', { object: 'account', externalId: 'A', domains: ['acme.example'] }),
    term('c', '2026-11-20T09:00:00.000Z', '2027-06-30T15:20:00.000Z'),
  ]);
  expect(due()).toMatchObject({ accountId: accountIdOfCrm('crm', 'A'), at: '2027-06-30T15:20:00.000Z' });
  await world.deliver([term('d', '2026-11-20T10:00:00.000Z', '2026-11-30T15:20:00.001Z')]);
  expect(due()?.at).toBe('2026-11-30T15:20:00.001Z');
});

it('moves an account when its contract is over, not before', async () => {
  await open();
  const [startsAt, endsAt] = ['2026-01-01T00:00:00.000Z', '2026-11-30T15:20:00.000Z'];
  await world.deliver([
    crm('a', '2026-11-20T09:00:00.000Z', { object: 'account', externalId: 'A', domains: ['acme.example'] }),
    crm('c', '2026-11-20T09:00:00.000Z', {
      object: 'contract',
      externalId: 'C',
      accountExternalId: 'A',
      startsAt,
      endsAt,
    }),
  ]);
  await world.advanceTo('2026-11-30T15:19:59.999Z');
  expect(account().assessment.status).toBe('Customer');
  await world.advanceTo('2026-11-30T15:25:00.000Z');

  expect(account().assessment.status).toBe('Churned');
  expect(asked).toHaveLength(1);
  expect(due()).toBeUndefined();
});

it('keeps nothing for accounts that time does not change', async () => {
  await open(sixHours, { demo: { label: 'Demo', match: { form: 'demo-request' }, points: 80 } });
  await ask('f', '2026-11-20T11:00:00.000Z');
  await world.advanceTo('2027-11-20T12:00:00.000Z');

  expect(due()).toBeUndefined();
  expect(asked).toEqual([]);
});
