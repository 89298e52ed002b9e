// Leads that go to somebody else: because a person says so, or because whoever has it let the time pass.
import { afterEach, describe, expect, it } from 'vitest';
import type { PublishedOf } from '../../events/catalogue.ts';
import { leadIdOfEmail } from '../../lib/domain/ids.ts';
import type { PlaybookInput } from '../../lib/domain/playbook/playbook.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { crm, demoRequest } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';
import { action, ada, assignmentOf, ben, grace, hasIt, loads, routingOf } from './routing-world.ts';

const at = (time: string): string => `2026-11-20T${time}.000Z`;
const bea = 'bea@acme.example';

let world: World;
afterEach(() => world.close());
const open = async (changes: Partial<PlaybookInput> = {}) => {
  world = await openWorld(at('11:00:00'), { playbook: testPlaybook({ ...routingOf(), ...changes }) });
};
const owned = (ownerEmail: string) =>
  crm('owner', at('08:00:00'), { object: 'account', externalId: 'A', domains: ['acme.example'], ownerEmail });
const asks = (email = bea) => demoRequest(email, at('09:00:00'), email);
const has = () => assignmentOf(world, bea)!;

describe('by a person', () => {
  it('goes to whom they name, with who had it before and why', async () => {
    await open();
    await world.deliver([asks()]);
    const first = has();
    await world.deliver([action('r', at('11:00:00'), bea, { does: 'reassign', to: ben }, { why: 'Speaks Dutch.' })]);

    expect(has()).toMatchObject({
      owner: { email: ben, name: 'Ben Rep' },
      turn: 2,
      assignmentId: `${first.generation}.2`,
      reason: 'Given to them by Grace Manager.',
      history: [
        {
          assignmentId: first.assignmentId,
          owner: { email: ada },
          at: first.at,
          why: 'Given to somebody else by Grace Manager: Speaks Dutch.',
          by: grace,
        },
      ],
    });
    expect(JSON.parse(has().outbox!)).toMatchObject([{ type: 'lead-routed.v1', assignmentId: has().assignmentId }]);
    expect(loads(world)).toEqual({ [ada]: 0, [ben]: 1 });
  });

  it('changes nothing when it comes again, or when an older one comes late', async () => {
    await open();
    await world.deliver([asks()]);
    const [early, late] = [
      action('early', at('10:00:00'), bea, { does: 'reassign', to: ada }),
      action('late', at('10:05:00'), bea, { does: 'reassign', to: ben }),
    ];
    await world.deliver([late]);
    await world.deliver([early]);
    await world.deliver([late]);

    expect(has()).toMatchObject({ owner: { email: ben }, turn: 2 });
  });

  it('goes to nobody who is not among the people', async () => {
    await open();
    await world.deliver([asks()]);
    await world.deliver([action('r', at('11:00:00'), bea, { does: 'reassign', to: 'eve@evil.example' })]);

    expect(has()).toMatchObject({ owner: { email: ada }, turn: 1 });
  });

  it('is decided anew where they name nobody: by the pool, and not for whoever works the account', async () => {
    await open();
    await world.deliver([asks()]);
    await world.deliver([action('r', at('11:00:00'), bea, { does: 'reassign' })]);

    expect(has()).toMatchObject({ owner: { email: ben }, reason: 'Next in turn in pool inbound.' });
    await world.deliver([asks('next@acme.example')]);
    expect(hasIt(world, 'next@acme.example')).toBe(ben);
  });
});

describe('handed over', () => {
  const { routing } = routingOf();
  const sdrFirst = {
    teams: { sdr: { members: [ada] } },
    routing: {
      ...routing,
      rules: [{ name: 'sdr-first', evenIfOwned: true, to: { team: 'sdr' }, handOver: { owner: 'account' as const } }],
    },
  };

  it('goes from the SDR to the account’s owner', async () => {
    await open(sdrFirst);
    await world.deliver([owned(ben)]);
    await world.deliver([asks()]);
    expect(has()).toMatchObject({ owner: { email: ada }, role: 'sdr', rule: 'sdr-first' });
    await world.deliver([action('h', at('11:00:00'), bea, { does: 'hand-over' }, { by: has().assignmentId })]);

    expect(has()).toMatchObject({
      owner: { email: ben },
      role: 'ae',
      history: [{ owner: { email: ada }, why: 'Handed over by Ada Rep.', by: ada }],
    });
  });

  it('is not, by the link of a mail about an assignment that is over', async () => {
    await open(sdrFirst);
    await world.deliver([owned(ben)]);
    await world.deliver([asks()]);
    const { assignmentId } = has();
    await world.deliver([action('r', at('10:00:00'), bea, { does: 'reassign', to: grace })]);
    await world.deliver([action('h', at('11:00:00'), bea, { does: 'hand-over' }, { by: assignmentId })]);

    expect(has()).toMatchObject({ owner: { email: grace }, turn: 2 });
  });
});

describe('by the clock', () => {
  const overdue = async (assignmentId = has().assignmentId, id = 'evt_overdue') => {
    const { accountId } = has();
    const event: PublishedOf<'routing-due.v1'> = {
      type: 'routing-due.v1',
      id,
      at: at('11:00:00'),
      accountId,
      leadId: leadIdOfEmail(bea),
      because: 'overdue',
      assignmentId,
    };
    await world.embedded.bus.publish([event]);
    await world.runtime.settle();
  };

  it('goes to the next in the pool, and never back to one it was taken from', async () => {
    await open();
    await world.deliver([asks()]);
    const { assignmentId } = has();
    await overdue();
    expect(has()).toMatchObject({
      owner: { email: ben },
      turn: 2,
      reason: 'Next in turn in pool inbound, since nobody followed up in time.',
      history: [{ owner: { email: ada }, why: 'Nobody followed up in time.', overdue: true }],
    });
    await overdue(assignmentId, 'evt_again');
    expect(has().turn).toBe(2);
    await overdue();
    expect(has()).toMatchObject({ owner: { email: ben }, turn: 2 });
  });

  it('stays with the account’s owner, unless the playbook lets it be taken from them', async () => {
    await open();
    await world.deliver([owned(ben)]);
    await world.deliver([asks()]);
    await overdue();
    expect(has()).toMatchObject({ owner: { email: ben }, turn: 1 });
    await world.close();

    await open({ routing: { ...routingOf().routing, takeFromOwners: true } });
    await world.deliver([owned(ben)]);
    await world.deliver([asks()]);
    await overdue();
    expect(has()).toMatchObject({ owner: { email: ada }, turn: 2 });
  });

  it('waits for somebody else to be there', async () => {
    await open(routingOf({}, { [ben]: { away: [{ from: '2026-11-20', to: '2026-11-20' }] } }));
    await world.deliver([asks()]);
    await overdue();
    expect(has()).toMatchObject({ owner: { email: ada }, turn: 1 });
    await world.advanceTo('2026-11-23T09:00:00.000Z');

    expect(has()).toMatchObject({ owner: { email: ben }, turn: 2 });
  });

  it('goes to nobody without the skills its rule asks for', async () => {
    const { routing, people } = routingOf({}, { [ada]: { skills: ['german'] } });
    const rules = [{ name: 'german', when: {}, to: { pool: 'inbound', skills: ['german'] } }];
    await open({ people, routing: { ...routing, rules } });
    await world.deliver([asks()]);
    await overdue();

    expect(has()).toMatchObject({ owner: { email: ada }, turn: 1, rule: 'german' });
  });

  it('leaves alone what is being worked by then', async () => {
    await open();
    await world.deliver([asks()]);
    await world.deliver([
      crm('c', at('10:00:00'), { object: 'activity', externalId: '1', personEmail: bea, kind: 'call' }),
    ]);
    await overdue();

    expect(has()).toMatchObject({ owner: { email: ada }, turn: 1 });
  });
});
