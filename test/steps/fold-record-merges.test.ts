// Persons of a CRM that are merged, deleted and given back there, on the embedded adapters: one lead with all that was known of both, and
// two again as if it never had been.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import { leadIdOfEmail } from '../../lib/domain/ids.ts';
import { decide } from '../simulation/lines.ts';
import { openWorld, type State, stateOf, type World } from '../simulation/world.ts';
import { at } from './matching-lines.ts';
import { deliverTo, orders } from './merge-lines.ts';
import { answersFor, asksWith, call, leadsIn, record, recordId, stateOfLead } from './record-lines.ts';

const [bea, ben, cyd] = ['bea@acme.example', 'ben@acme.example', 'cyd@globex.example'];
let world: World;
beforeEach(async () => {
  world = await openWorld(at('12:00'));
});
afterEach(() => world.close());

const beas = record('08:00', 'p1', { email: bea, profile: { jobTitle: 'Head of IT' }, stage: 'working' });
const bens = record('08:01', 'p2', {
  email: ben,
  profile: { phone: '+49 30 1234567' },
  ownerEmail: 'ada@seller.example',
});

/** All but what is said of the records as records. */
const kept = ({ identities, trails: _, decided: __, ...state }: State) => ({
  ...state,
  identities: Object.fromEntries(
    Object.entries(identities).map(([id, { fate: _, mergedWith: __, ...identity }]) => [id, identity]),
  ),
});

describe.each(orders)('records merged, %s', (_, batches) => {
  const deliver = (...lines: Captured[]) => deliverTo(world, batches(lines));

  it('are one lead with what both did, said and were told', async () => {
    await deliver(
      ...[beas, bens, asksWith('09:00', bea, true), asksWith('09:01', ben), call('09:10', 'p1'), call('09:11', 'p2')],
      record('10:00', 'p2', { mergedInto: 'p1' }),
    );

    expect(leadsIn(world)).toEqual([[bea, 2, 2]]);
    expect(stateOfLead(world, bea)).toMatchObject({
      profile: { jobTitle: { value: 'Head of IT' }, phone: { value: '+49 30 1234567' } },
      stage: { value: 'working' },
      ownerEmail: { value: 'ada@seller.example' },
      consent: { value: true },
      activities: [{ id: 'crm:call-09:10' }, { id: 'crm:call-09:11' }],
    });
    expect(await answersFor(world, leadIdOfEmail(ben), recordId('p1'), recordId('p2'))).toEqual([bea, bea, bea]);
  });

  it('are two leads again, exactly, once the CRM takes that back', async () => {
    const apart = await openWorld(at('12:00'));
    const both = [
      beas,
      bens,
      asksWith('09:00', bea, true),
      asksWith('09:01', ben),
      call('09:10', 'p1'),
      call('09:11', 'p2'),
    ];
    await apart.deliver([both]);
    const expected = kept(stateOf(apart.items()));
    await apart.close();
    await deliver(...both, record('10:00', 'p2', { mergedInto: 'p1' }), record('10:10', 'p2', { mergedInto: null }));

    expect(kept(stateOf(world.items()))).toEqual(expected);
    expect(leadsIn(world)).toEqual([
      [bea, 1, 1],
      [ben, 1, 1],
    ]);
    expect(await answersFor(world, leadIdOfEmail(ben), recordId('p2'))).toEqual([ben, ben]);
  });

  it('are two leads where somebody says so afterwards, however often the CRM repeats itself, and one where it merges them anew', async () => {
    const apart = decide('s', at('10:10'), { a: bea, b: ben, decision: 'separate' });
    await deliver(
      beas,
      bens,
      asksWith('09:00', bea),
      asksWith('09:01', ben),
      record('10:00', 'p2', { mergedInto: 'p1' }),
      apart,
    );
    expect(leadsIn(world)).toEqual([
      [bea, 1, 1],
      [ben, 1, 1],
    ]);

    // An edit of something else comes with the whole record, and the merge as it was.
    await world.deliver([record('10:20', 'p2', { mergedInto: 'p1', profile: { phone: '+49 30 7654321' } })]);
    expect(leadsIn(world)).toEqual([
      [bea, 1, 1],
      [ben, 1, 1],
    ]);

    await deliver(record('10:30', 'p2', { mergedInto: null }), record('10:40', 'p2', { mergedInto: 'p1' }));
    expect(leadsIn(world)).toEqual([[bea, 2, 2]]);
  });

  it('are one along a chain, and in a circle', async () => {
    await deliver(
      ...[
        beas,
        bens,
        record('08:02', 'p3', { email: cyd }),
        asksWith('09:00', bea),
        asksWith('09:01', ben),
        asksWith('09:02', cyd),
      ],
      record('10:00', 'p2', { mergedInto: 'p1' }),
      record('10:01', 'p3', { mergedInto: 'p2' }),
    );
    expect(leadsIn(world)).toEqual([[bea, 3, 3]]);

    await world.deliver([record('10:02', 'p1', { mergedInto: 'p3' })]);
    expect(leadsIn(world).map(([, ...counts]) => counts)).toEqual([[3, 3]]);
  });

  it('of one person are that person’s still', async () => {
    const again = record('08:02', 'p3', { email: bea });
    await deliver(
      beas,
      again,
      asksWith('09:00', bea),
      call('09:10', 'p3'),
      record('10:00', 'p3', { mergedInto: 'p1' }),
    );

    expect(leadsIn(world)).toEqual([[bea, 1, 2]]);
    expect(stateOfLead(world, bea)?.activities).toHaveLength(1);
  });

  it('of which the CRM deletes the one merged away keep what it knew; deleted alone it is nobody’s', async () => {
    await deliver(
      ...[beas, bens, asksWith('09:00', bea), asksWith('09:01', ben), call('09:11', 'p2')],
      record('10:00', 'p2', { mergedInto: 'p1' }),
      record('10:01', 'p2', { deleted: true }),
    );
    expect(leadsIn(world)).toEqual([[bea, 2, 2]]);
    expect(stateOfLead(world, bea)?.activities).toHaveLength(1);

    await world.deliver([record('10:10', 'p2', { mergedInto: null })]);
    expect(leadsIn(world)).toEqual([
      [bea, 1, 1],
      [ben, 1, 0],
    ]);

    await world.deliver([record('10:20', 'p2', { deleted: false })]);
    expect(leadsIn(world)).toEqual([
      [bea, 1, 1],
      [ben, 1, 1],
    ]);
  });
});
