// Lines about accounts that the CRM merges, deletes and gives back, and where everybody is by then.
import type { Captured } from '../../events/catalogue.ts';
import { accountIdOfCrm, leadIdOfEmail, leadIdOfVisitor } from '../../lib/domain/ids.ts';
import { allOf, membersOf } from '../../lib/table/items.ts';
import { crm, decideMatch, pageView } from '../simulation/lines.ts';
import type { World } from '../simulation/world.ts';
import { account, asks, at } from './matching-lines.ts';

export const [a, b, c, top] = ['A', 'B', 'C', 'T'].map((id) => accountIdOfCrm('crm', id)) as [
  string,
  string,
  string,
  string,
];

export const acme = account('acme', '08:00', 'A', { name: 'Acme Bearings', domains: ['acme.example'], country: 'DE' });
export const bigco = account('bigco', '08:01', 'B', { name: 'Bigco' });
export const carla = account('carla', '08:02', 'C', { name: 'Carla' });
export const merged = (time: string, externalId: string, mergedInto: string | null): Captured =>
  account(`merged-${externalId}-${time}`, time, externalId, { mergedInto });
export const deleted = (time: string, externalId: string, isDeleted: boolean): Captured =>
  account(`deleted-${externalId}-${time}`, time, externalId, { deleted: isDeleted });
export const opportunity = (id: string, time: string, accountExternalId: string | null): Captured => {
  const about = { object: 'opportunity' as const, externalId: 'o', accountExternalId };
  return crm(id, at(time), { ...about, state: 'open', worked: true });
};
const term = { startsAt: '2026-01-01T00:00:00.000Z', endsAt: '2027-01-01T00:00:00.000Z' };
export const contract = (id: string, time: string, accountExternalId: string | null): Captured =>
  crm(id, at(time), { object: 'contract', externalId: 'c', accountExternalId, ...term });

export const [byId, byDomain, assigned] = ['bea@gmail.com', 'ben@acme.example', 'cyd@gmail.com'];
const visitor = leadIdOfVisitor('anon:1');
/** Everybody and everything that can come to account A, each another way. */
export const everybody: Captured[] = [
  crm('p', at('09:00'), { object: 'person', externalId: 'p', email: byId, accountExternalId: 'A' }),
  asks('byId', '09:01', byId),
  asks('byDomain', '09:02', byDomain),
  asks('assigned', '09:03', assigned),
  decideMatch('d', at('09:04'), { decision: 'assign', lead: assigned, accountId: a }),
  { ...pageView('v', at('09:07'), 'anon:1', '/pricing'), ip: '203.0.113.7' },
  opportunity('o', '09:05', 'A'),
  contract('c', '09:06', 'A'),
];

export const placeOf = (world: World, leadId: string): string[] =>
  membersOf(world.items()).flatMap((member) => (member.leadId === leadId ? [member.accountId] : []));
export const placesOf = (world: World, ...emails: string[]): string[][] =>
  emails.map((email) => placeOf(world, leadIdOfEmail(email)));
/** The accounts that have one, once for each it has. */
export const dealsIn = (world: World, type: 'opportunity' | 'contract'): string[] =>
  allOf(type, world.items()).flatMap(({ gone, pk }) => (gone ? [] : [pk.replace('ACCOUNT#', '')]));
export const where = (world: World) => ({
  leads: placesOf(world, byId, byDomain, assigned).flat(),
  visitor: placeOf(world, visitor),
  deals: [...dealsIn(world, 'opportunity'), ...dealsIn(world, 'contract')],
});
export const allIn = (accountId: string): ReturnType<typeof where> => ({
  leads: [accountId, accountId, accountId],
  visitor: [accountId],
  deals: [accountId, accountId],
});
/** What is said of the accounts that are listed. */
export const judgedIn = (world: World) =>
  new Map(
    allOf('account-assessment', world.items())
      .filter(({ listPk }) => listPk === 'ACCOUNTS')
      .map(({ accountId, assessment }) => [accountId, assessment]),
  );

/** The ways news come that must all end the same. */
export const orders: [string, (lines: readonly Captured[]) => (readonly Captured[])[]][] = [
  ['in time order', (lines) => lines.map((line) => [line])],
  ['turned round', (lines) => [...lines].reverse().map((line) => [line])],
  ['at once, and again', (lines) => [lines, lines]],
  ['the last first, and all again', (lines) => [lines.slice(-2), lines.slice(0, -2), lines]],
];
export const deliverTo = async (world: World, batches: readonly (readonly Captured[])[]): Promise<void> => {
  for (const batch of batches) await world.deliver([batch]);
};
