// What the tests of routing look at: who has which lead, and how many leads everybody has.
import type { ActionCaptured, LeadAction } from '../../events/action-captured.v1.ts';
import { leadIdOfEmail } from '../../lib/domain/ids.ts';
import type { PlaybookInput } from '../../lib/domain/playbook/playbook.ts';
import { allOf } from '../../lib/table/items.ts';
import { crm } from '../simulation/lines.ts';
import type { World } from '../simulation/world.ts';

export const [ada, ben, grace] = ['ada@seller.example', 'ben@seller.example', 'grace@seller.example'] as const;

/** Ada and Ben, one pool of both. */
export const routingOf = (
  pool: Partial<NonNullable<PlaybookInput['routing']['pools'][string]>> = {},
  people: Record<string, Partial<PlaybookInput['people'][number]>> = {},
): Pick<PlaybookInput, 'people' | 'routing'> => ({
  people: [
    { name: 'Ada Rep', email: ada, manager: grace, ...people[ada] },
    { name: 'Ben Rep', email: ben, manager: grace, ...people[ben] },
    { name: 'Grace Manager', email: grace },
  ],
  routing: {
    pools: { inbound: { members: [{ email: ada }, { email: ben }], ...pool } },
    defaultPool: 'inbound',
  },
});

export const assignmentOf = (world: World, email: string) => {
  const all = allOf('assignment', world.items()).filter(({ leadId }) => leadId === leadIdOfEmail(email));
  return all.find(({ movedTo }) => movedTo === undefined);
};
export const hasIt = (world: World, email: string) => assignmentOf(world, email)?.owner?.email;
export const loads = (world: World): Record<string, number> =>
  Object.fromEntries(allOf('load', world.items()).map(({ email, open }) => [email, open]));

/** What somebody did about a lead. */
export const action = (
  id: string,
  occurredAt: string,
  lead: string,
  does: LeadAction,
  given: Partial<Pick<ActionCaptured, 'by' | 'why'>> = {},
): ActionCaptured => ({
  type: 'action-captured.v1',
  id,
  source: 'action',
  occurredAt,
  receivedAt: occurredAt,
  lead,
  action: does,
  by: grace,
  ...given,
});

/** Sales decides about a person. */
export const staged = (id: string, occurredAt: string, email: string, stage: 'nurture' | 'working' | 'disqualified') =>
  crm(id, occurredAt, { object: 'person', externalId: email, email, stage });
