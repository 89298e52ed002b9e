// Visitors nobody knows whose network's owner the playbook names, on the embedded adapters with the real database.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TouchCaptured } from '../../events/touch-captured.v1.ts';
import { accountIdOfDomain, leadIdOfVisitor } from '../../lib/domain/ids.ts';
import { membersOf } from '../../lib/table/items.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { pageView } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';

const networks = {
  apple: { domain: 'apple.example', ranges: [], owners: ['Apple Inc.'] },
  telekom: { domain: 'telekom.example', ranges: [], owners: ['Deutsche Telekom'] },
};
const [inApple, inTelekom, atHome] = ['17.1.2.3', '80.128.0.7', '198.51.100.7'];
let world: World;
beforeEach(async () => {
  world = await openWorld('2026-11-20T12:00:00.000Z', { playbook: { ...testPlaybook(), networks } });
});
afterEach(() => world.close());

const visit = (visitor: string, time: string, ip: string): TouchCaptured => ({
  ...pageView(`${visitor}-${time}`, `2026-11-20T${time}:00.000Z`, `anon:${visitor}`, '/pricing'),
  ip,
});
const placed = () => membersOf(world.items()).map(({ leadId, accountId }) => ({ leadId, accountId }));

it('count for the company that owns the address, whichever visit is heard first, and for none at a provider’s', async () => {
  const visits = [visit('1', '10:00', inApple), visit('1', '09:00', atHome), visit('2', '09:00', inTelekom)];
  for (const one of visits) await world.deliver([one]);
  expect(placed()).toEqual([{ leadId: leadIdOfVisitor('anon:1'), accountId: accountIdOfDomain('apple.example') }]);
});

it('count for it no longer once they visit from elsewhere', async () => {
  await world.deliver([visit('1', '11:00', atHome), visit('1', '10:00', inApple)]);
  expect(placed()).toEqual([]);
});
