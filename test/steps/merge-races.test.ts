// What the CRM merges between another's look and write: whoever comes last, leads, visitors, opportunities and records end where one
// after the other would have left them.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import { accountIdOfCrm, leadIdOfEmail, leadIdOfVisitor, soloAccountId } from '../../lib/domain/ids.ts';
import type { Item } from '../../lib/ports.ts';
import { allOf, membersOf } from '../../lib/table/items.ts';
import { crm, decideMatch, pageView } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';
import { account, asks, at } from './matching-lines.ts';
import { foldOn, meanwhile } from './meanwhile.ts';

const [a, b, c] = ['A', 'B', 'C'].map((id) => accountIdOfCrm('crm', id)) as [string, string, string];
let world: World;
beforeEach(async () => {
  world = await openWorld(at('12:00'));
});
afterEach(() => world.close());

const isA = (type: Item['type']) => (item: Item) => item.type === type;
const fold = async (...lines: Captured[]) => {
  for (const line of lines) expect(await foldOn(world, world.embedded.table, line)).toEqual({ failed: [] });
};
/** The first is folded, and while it writes such an item the other. */
const foldBoth = async (line: Captured, where: Parameters<typeof meanwhile>[1], other: Captured): Promise<void> => {
  let happened = false;
  const table = meanwhile(world, where, async () => {
    happened = true;
    await fold(other);
  });
  expect(await foldOn(world, table, line)).toEqual({ failed: [] });
  expect(happened).toBe(true);
};
const accountsOf = (leadId: string): string[] =>
  membersOf(world.items()).flatMap((member) => (member.leadId === leadId ? [member.accountId] : []));
const dealsIn = (type: 'opportunity' | 'contract'): string[] =>
  allOf(type, world.items()).flatMap(({ gone, pk }) => (gone ? [] : [pk.replace('ACCOUNT#', '')]));

const named = (externalId: string) => account(`named-${externalId}`, '09:00', externalId, { name: `${externalId}ffa` });
const merged = (time: string, externalId: string, mergedInto: string | null) =>
  account(`merged-${externalId}-${time}`, time, externalId, { mergedInto });
const opportunity = (id: string, time: string, accountExternalId: string) =>
  crm(id, at(time), { object: 'opportunity', externalId: 'o', accountExternalId, crmStage: 'Proposal' });

describe('an account that is merged', () => {
  it.each([
    ['before the deal is there', []],
    ['before the deal moves to it', [opportunity('o1', '09:10', 'C')]],
  ])('%s takes the deal along', async (_, before) => {
    await fold(named('A'), named('B'), named('C'), ...before);
    await foldBoth(opportunity('o2', '10:00', 'A'), { when: 'before', of: isA('deal') }, merged('10:01', 'A', 'B'));

    expect(dealsIn('opportunity')).toEqual([b]);
  });

  it('and its heir too, while the first merge is being followed, takes the deal along', async () => {
    await fold(named('A'), named('B'), named('C'), opportunity('o', '09:10', 'A'));
    await foldBoth(merged('10:00', 'A', 'B'), { when: 'before', of: isA('deal') }, merged('10:01', 'B', 'C'));

    expect(dealsIn('opportunity')).toEqual([c]);
  });

  it('while a deal’s snapshot is on its way does not get it back', async () => {
    await fold(named('A'), named('B'));
    await foldBoth(
      opportunity('o', '10:00', 'A'),
      { when: 'before', of: isA('opportunity') },
      merged('10:01', 'A', 'B'),
    );

    expect(dealsIn('opportunity')).toEqual([b]);
  });

  it.each<[string, Captured[], Captured]>([
    [
      'by the CRM’s id',
      [],
      crm('p', at('10:00'), { object: 'person', externalId: 'p', email: 'bea@gmail.com', accountExternalId: 'A' }),
    ],
    [
      'by what a person decided',
      [asks('f', '09:10', 'bea@gmail.com')],
      decideMatch('d', at('10:00'), { decision: 'assign', lead: 'bea@gmail.com', accountId: a }),
    ],
    [
      'by what a person decided of its name',
      [
        asks('f', '09:10', 'ben@gmail.com', 'Zeppo Works'),
        decideMatch('d', at('09:20'), {
          decision: 'assign',
          lead: 'ben@gmail.com',
          accountId: a,
          company: 'Zeppo Works',
        }),
      ],
      asks('f2', '10:00', 'bea@gmail.com', 'Zeppo Works'),
    ],
    [
      'by what a person decided of its domain',
      [
        asks('f', '09:10', 'ben@zeppo.example'),
        decideMatch('d', at('09:20'), {
          decision: 'assign',
          lead: 'ben@zeppo.example',
          accountId: a,
          domain: 'zeppo.example',
        }),
      ],
      asks('f2', '10:00', 'bea@zeppo.example'),
    ],
  ])('while a lead comes to it %s takes the lead along', async (_, before, line) => {
    await fold(named('A'), named('B'), ...before);
    const leadId = leadIdOfEmail(
      JSON.stringify(line).includes('zeppo.example') ? 'bea@zeppo.example' : 'bea@gmail.com',
    );
    await foldBoth(
      line,
      { when: 'before', of: (item) => item.type === 'lead' && item.leadId === leadId },
      merged('10:01', 'A', 'B'),
    );

    expect(accountsOf(leadId)).toEqual([b]);
  });

  it('while a lead comes to it by name does not keep the lead: its name is nobody’s any more', async () => {
    await fold(named('A'), named('B'));
    const line = asks('f', '10:00', 'bea@gmail.com', 'Affa');
    await foldBoth(line, { when: 'before', of: isA('lead') }, merged('10:01', 'A', 'B'));

    const bea = leadIdOfEmail('bea@gmail.com');
    expect(accountsOf(bea)).toEqual([soloAccountId(bea)]);
  });

  it('while a visitor comes from its network takes the visitor along', async () => {
    await fold(account('1', '09:00', 'A', { name: 'Acme', domains: ['acme.example'] }), named('B'));
    const visit = { ...pageView('v', at('10:00'), 'anon:1', '/pricing'), ip: '203.0.113.7' };
    await foldBoth(visit, { when: 'before', of: isA('lead') }, merged('10:01', 'A', 'B'));

    expect(accountsOf(leadIdOfVisitor('anon:1'))).toEqual([b]);
  });
});
