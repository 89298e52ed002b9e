// What counts of two records of a CRM that it merged: what the one that stays says of itself, and of the person whatever was said last;
// on the embedded adapters, and in a fold of the journal.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import { leadIdOfEmail } from '../../lib/domain/ids.ts';
import { foldJournal } from '../../lib/domain/journal/fold-journal.ts';
import { openWorld, type World } from '../simulation/world.ts';
import { account, at } from './matching-lines.ts';
import { a, b, deliverTo, orders, placeOf } from './merge-lines.ts';
import { asksWith, record, stateOfLead } from './record-lines.ts';

const [bea, ben] = ['bea@gmail.com', 'ben@gmail.com'];
let world: World;
beforeEach(async () => {
  world = await openWorld(at('12:00'));
});
afterEach(() => world.close());

const companies = [
  account('acme', '07:00', 'A', { name: 'Acme Bearings', ownerEmail: 'ada@seller.example' }),
  account('bigco', '07:01', 'B', { name: 'Bigco', ownerEmail: 'bo@seller.example' }),
];
/** The one that stays, and one merged into it, of which everything was said later. */
const stays = record('08:00', 'p1', {
  email: bea,
  accountExternalId: 'A',
  stage: 'disqualified',
  ownerEmail: 'ada@seller.example',
  profile: { jobTitle: 'Head of IT' },
});
const goes = (email: string) =>
  record('08:30', 'p2', {
    ...{ email, accountExternalId: 'B', stage: 'open', ownerEmail: 'bo@seller.example' },
    profile: { jobTitle: 'Intern' },
  });
const wins = {
  stage: { value: 'disqualified' },
  ownerEmail: { value: 'ada@seller.example' },
  crmAccount: { value: 'crm:A' },
  profile: { jobTitle: { value: 'Intern' } },
};

describe.each(orders)('of records merged, %s', (_, batches) => {
  const deliver = (...lines: Captured[]) => deliverTo(world, batches(lines));
  const membersOfBea = () => placeOf(world, leadIdOfEmail(bea));
  /** A fold of the journal has to say the same. */
  const inJournal = async (lines: readonly Captured[]) =>
    foldJournal(lines, await world.playbook()).accounts.flatMap(({ accountId, members }) =>
      members.map(({ leadId, state }) => ({ accountId, leadId, state })),
    );

  it.each([
    ['of two people', ben],
    ['of one person', bea],
  ])('%s the one that stays says of stage, owner and account what counts, of the person whoever spoke last', async (_, email) => {
    const lines = [
      ...companies,
      stays,
      goes(email),
      asksWith('09:00', bea),
      record('10:00', 'p2', { mergedInto: 'p1' }),
    ];
    await deliver(...lines);

    expect(membersOfBea()).toEqual([a]);
    expect(stateOfLead(world, bea)).toMatchObject(wins);
    expect(await inJournal(lines)).toMatchObject([{ accountId: a, leadId: leadIdOfEmail(bea), state: wins }]);
  });

  it('the one merged away says what nothing else does', async () => {
    const silent = record('08:00', 'p1', { email: bea });
    const lines = [
      ...companies,
      silent,
      goes(ben),
      asksWith('09:00', bea),
      record('10:00', 'p2', { mergedInto: 'p1' }),
    ];
    await deliver(...lines);

    const says = {
      stage: { value: 'open' },
      ownerEmail: { value: 'bo@seller.example' },
      crmAccount: { value: 'crm:B' },
    };
    expect(membersOfBea()).toEqual([b]);
    expect(stateOfLead(world, bea)).toMatchObject(says);
    expect(await inJournal(lines)).toMatchObject([{ accountId: b, state: says }]);
  });

  it('the one merged away speaks for itself again once that is taken back', async () => {
    await deliver(
      ...[...companies, stays, goes(bea), asksWith('09:00', bea)],
      record('10:00', 'p2', { mergedInto: 'p1' }),
      record('10:10', 'p2', { mergedInto: null }),
    );

    expect(membersOfBea()).toEqual([b]);
    expect(stateOfLead(world, bea)).toMatchObject({ stage: { value: 'open' }, crmAccount: { value: 'crm:B' } });
  });
});
