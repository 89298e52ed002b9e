// A status that goes round in circles, on the embedded adapters: held, told of once, and let go by the sweep once it is calm.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { accountIdOfCrm } from '../../lib/domain/ids.ts';
import { readAccount } from '../../lib/steps/read-accounts.ts';
import { allOf } from '../../lib/table/items.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { crm } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';

const at = (minutes: number): string =>
  new Date(Date.parse('2026-11-20T09:00:00.000Z') + minutes * 60_000).toISOString();
const accountId = accountIdOfCrm('crm', 'A');
let world: World;
beforeEach(async () => {
  world = await openWorld(at(0), { playbook: testPlaybook({ flapping: { changes: 2, within: '1 hour' } }) });
  await world.deliver([crm('a', at(0), { object: 'account', externalId: 'A', domains: ['acme.example'] })]);
});
afterEach(() => world.close());

const opportunity = async (minutes: number, state: 'open' | 'lost'): Promise<void> => {
  await world.advanceTo(at(minutes));
  await world.deliver([
    crm(`o${minutes}`, at(minutes), { object: 'opportunity', externalId: 'X', accountExternalId: 'A', state }),
  ]);
};
const account = () => allOf('account-assessment', world.items()).find((item) => item.accountId === accountId)!;
const view = async () => (await readAccount({ ...world.embedded, playbook: world.playbook }, accountId))!.account;

it('is held after so many changes, and let go when it has been calm as long', async () => {
  await opportunity(10, 'open');
  await opportunity(20, 'lost');
  expect(account().assessment.status).toBe('Nurture');
  await opportunity(30, 'open');

  expect(account().assessment).toMatchObject({
    status: 'Nurture',
    hold: { since: at(30), until: at(90), wouldBe: 'Opportunity Open' },
  });
  expect(account().assessment.reason).toContain('it changed more than 2 times within 1 hour');
  expect(account().outbox).toContain('status-flapping.v1');
  expect(account().outbox).not.toContain('account-status-changed.v1');

  await opportunity(40, 'lost');
  expect(account().assessment.hold).toMatchObject({ since: at(30), until: at(100), wouldBe: 'Nurture' });
  expect(account().outbox ?? '').not.toContain('status-flapping.v1');

  await opportunity(50, 'open');
  await world.advanceTo(at(109));
  expect(account().assessment.status).toBe('Nurture');
  await world.advanceTo(at(116));
  expect(account().assessment).toMatchObject({ status: 'Opportunity Open' });
  expect(account().assessment).not.toHaveProperty('hold');
  const { timeIn, hold } = await view();
  expect(hold).toBeNull();
  expect(Object.values(timeIn).reduce((sum, time) => sum + time, 0)).toBe(116 * 60_000);
});

it('never holds back what somebody set', async () => {
  await opportunity(10, 'open');
  await opportunity(20, 'lost');
  await opportunity(30, 'open');
  await world.deliver([crm('d', at(30), { object: 'account', externalId: 'A', standing: 'disqualified' })]);
  expect(account().assessment).toMatchObject({ status: 'Disqualified' });
  expect(account().assessment).not.toHaveProperty('hold');
});
