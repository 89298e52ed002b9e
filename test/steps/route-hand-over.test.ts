// Handing over keeps to the rule that a lead goes to nobody but its account's owner, unless a rule says so.
import { afterEach, expect, it } from 'vitest';
import type { PlaybookInput } from '../../lib/domain/playbook/playbook.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { crm, demoRequest } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';
import { action, ada, assignmentOf, ben, grace, routingOf } from './routing-world.ts';

const at = (time: string): string => `2026-11-20T${time}.000Z`;
const bea = 'bea@acme.example';

let world: World;
afterEach(() => world.close());

type Rule = NonNullable<PlaybookInput['routing']['rules']>[number];
const handedOver = async (rule: Partial<Rule>, ownerEmail: string) => {
  const { people, routing } = routingOf();
  const rules: Rule[] = [{ name: 'sdr-first', to: { team: 'sdr' }, handOver: { person: grace }, ...rule }];
  const playbook = testPlaybook({ people, teams: { sdr: { members: [ada] } }, routing: { ...routing, rules } });
  world = await openWorld(at('11:00:00'), { playbook });
  const account = { object: 'account' as const, externalId: 'A', domains: ['acme.example'] };
  await world.deliver([crm('account', at('08:00:00'), account)]);
  await world.deliver([demoRequest('f', at('09:00:00'), bea)]);
  expect(assignmentOf(world, bea)).toMatchObject({ owner: { email: ada }, role: 'sdr' });
  await world.deliver([crm('owner', at('10:00:00'), { ...account, ownerEmail })]);
  await world.deliver([action('h', at('11:00:00'), bea, { does: 'hand-over' }, { by: ada })]);
  return assignmentOf(world, bea);
};

it('goes to the account’s owner, whom the CRM named meanwhile, by a rule that leaves owned accounts alone', async () => {
  expect(await handedOver({}, ben)).toMatchObject({
    owner: { email: ben },
    role: 'ae',
    rule: 'sdr-first',
    reason: 'Rule sdr-first: owns the account in the CRM.',
  });
});

it('goes to whom the rule names, where it takes owned accounts too', async () => {
  expect(await handedOver({ evenIfOwned: true }, ben)).toMatchObject({ owner: { email: grace }, role: 'ae' });
});

it('goes to whom the rule names, where it is the account’s owner who hands it over', async () => {
  expect(await handedOver({}, ada)).toMatchObject({ owner: { email: grace }, role: 'ae' });
});
