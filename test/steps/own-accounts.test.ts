// Whose an account is, as it is stored: a lead that went elsewhere opens the account it left to nobody.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { mayActOn, maySeeAccount } from '../../lib/steps/own-accounts.ts';
import { allOf } from '../../lib/table/items.ts';
import { assignmentKey } from '../../lib/table/keys.ts';
import { crm, demoRequest } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld('2026-11-23T12:00:00.000Z', { sweepEveryMs: 1e12 });
});
afterEach(() => world.close());

it('is seen by whoever has a lead in it, and no more once the lead went elsewhere', async () => {
  const at = '2026-11-23T09:00:00.000Z';
  await world.deliver([crm('a', at, { object: 'account', externalId: 'A', domains: ['acme.example'] })]);
  await world.deliver([demoRequest('f', at, 'bea@acme.example')]);
  const [given] = allOf('assignment', world.items());
  const { accountId, leadId, owner } = given!;
  const rep = allOf('rep', world.items())[0]!;
  await world.embedded.table.write({ remove: rep, condition: { if: 'always' } });
  const ports = { table: world.embedded.table, playbook: world.playbook };
  const theirs = { own: owner!.email, team: false };
  expect(await maySeeAccount(ports, accountId, theirs)).toBe(true);
  expect(await maySeeAccount(ports, accountId, { own: 'nobody@seller.example', team: false })).toBe(false);
  expect(await mayActOn(ports, leadId, theirs)).toBe(true);

  const moved = { ...given!, ...assignmentKey(accountId, leadId), movedTo: 'acct_elsewhere' };
  await world.embedded.table.write({ put: moved, condition: { if: 'always' } });

  expect(await maySeeAccount(ports, accountId, theirs)).toBe(false);
  expect(await mayActOn(ports, leadId, theirs)).toBe(false);
});
