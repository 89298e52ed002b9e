// Visitors nobody knows, on the embedded adapters: they count for the company whose network they come from, and are no lead.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import type { TouchCaptured } from '../../events/touch-captured.v1.ts';
import { anyTouch, touchesIn } from '../../lib/domain/facts/facts.ts';
import { accountIdOfCrm, accountIdOfDomain, leadIdOfVisitor } from '../../lib/domain/ids.ts';
import { savePlaybook } from '../../lib/steps/playbooks.ts';
import { allOf, membersOf, type StoredItem } from '../../lib/table/items.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { crm, demoRequest, pageView } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';

const at = (time: string): string => `2026-11-20T${time}:00.000Z`;
const acme = accountIdOfDomain('acme.example');
const globex = accountIdOfDomain('globex.example');
const inAcme = '203.0.113.7';
const inGlobex = '203.0.113.200';
const atHome = '198.51.100.7';
let world: World;
beforeEach(async () => {
  world = await openWorld(at('12:00'));
});
afterEach(() => world.close());

const visit = (
  id: string,
  time: string,
  ip: string | undefined,
  given: Partial<TouchCaptured> = {},
): TouchCaptured => ({
  ...pageView(id, at(time), 'anon:1', '/pricing'),
  ...(ip !== undefined && { ip }),
  ...given,
});
const company = (id: string, time: string, domains: string[]): Captured =>
  crm(id, at(time), { object: 'account', externalId: 'A', domains });
const members = (): StoredItem<'member'>[] => membersOf(world.items());
const placed = () => members().map(({ leadId, accountId, anonymous }) => ({ leadId, accountId, anonymous }));
const anonymousIn = (accountId: string) => [{ leadId: leadIdOfVisitor('anon:1'), accountId, anonymous: true }];
const accountOf = (accountId: string) =>
  allOf('account-assessment', world.items()).find((item) => item.accountId === accountId);

describe('an unknown visitor from a known network', () => {
  it('counts for its company and is no lead', async () => {
    await world.deliver([visit('a', '09:00', inAcme), visit('b', '10:00', inAcme)]);

    expect(placed()).toEqual(anonymousIn(acme));
    const [member] = members();
    expect(touchesIn(member!.state.facts, anyTouch)).toBe(2);
    expect(member!.match).toEqual({
      accountId: acme,
      rule: 'network',
      evidence: 'The last visit came from the network of acme.example.',
    });
    expect(accountOf(acme)).toMatchObject({
      listPk: 'ACCOUNTS',
      assessment: {
        domain: 'acme.example',
        status: 'Nurture',
        reason: 'Unknown visitors from its network, last on 2026-11-20.',
      },
    });
    expect(accountOf(acme)!.assessment.score).toBeGreaterThan(0);
    for (const type of ['lead-assessment', 'assignment', 'sla', 'notice'] as const) {
      expect(allOf(type, world.items()), type).toEqual([]);
    }
  });

  it('is routed to nobody, whatever they do', async () => {
    const asked = { kind: 'form' as const, form: { id: 'demo-request', answers: {} } };
    await world.deliver([visit('a', '09:00', inAcme, asked)]);

    expect(accountOf(acme)?.assessment.status).toBe('Nurture');
    expect(allOf('assignment', world.items())).toEqual([]);
    expect(world.embedded.mailer.outbox()).toEqual([]);
  });

  it.each([
    ['from nobody’s network', [visit('a', '09:00', atHome)]],
    ['without an address', [visit('a', '09:00', undefined)]],
    ['who is a machine', [visit('a', '09:00', inAcme, { flag: 'bot' })]],
  ])('is no member: one %s', async (_, lines) => {
    await world.deliver(lines);

    expect(members()).toEqual([]);
    expect(allOf('account-assessment', world.items())).toEqual([]);
  });

  it('is nowhere their address stands but in the trail', async () => {
    await world.deliver([
      visit('a', '09:00', inAcme),
      demoRequest('f', at('10:00'), 'bea@acme.example', { ip: inAcme }),
    ]);

    const others = world.items().filter(({ type }) => type !== 'trail');
    expect(JSON.stringify(others)).not.toContain(inAcme);
  });
});

describe('whose visitor it is', () => {
  it.each([
    ['the last network', [visit('a', '09:00', inAcme), visit('b', '10:00', inGlobex)], globex],
    [
      'the last network, heard the other way round',
      [visit('b', '10:00', inGlobex), visit('a', '09:00', inAcme)],
      globex,
    ],
    ['not what a machine adds', [visit('a', '09:00', inAcme), visit('b', '10:00', inGlobex, { flag: 'bot' })], acme],
    ['not changed by a touch without an address', [visit('a', '09:00', inAcme), visit('b', '10:00', undefined)], acme],
  ])('is %s', async (_, lines, expected) => {
    for (const line of lines) await world.deliver([line]);

    expect(placed()).toEqual(anonymousIn(expected));
    const left = allOf('account-assessment', world.items()).filter(({ accountId }) => accountId !== expected);
    expect(left.map(({ listPk }) => listPk)).toEqual(left.map(() => undefined));
  });

  it('is nobody’s once they come from elsewhere', async () => {
    await world.deliver([visit('a', '09:00', inAcme)]);
    await world.deliver([visit('b', '10:00', atHome)]);

    expect(members()).toEqual([]);
    expect(accountOf(acme)?.listPk).toBeUndefined();
  });

  it.each(['before', 'after'])('is the account’s that names the domain %s they come', async (when) => {
    const mine = accountIdOfCrm('crm', 'A');
    const lines = [company('c', '08:00', ['www.acme.example']), visit('a', '09:00', inAcme)];
    for (const line of when === 'after' ? lines.reverse() : lines) await world.deliver([line]);
    expect(placed()).toEqual(anonymousIn(mine));

    await world.deliver([company('d', '10:00', [])]);
    expect(placed()).toEqual(anonymousIn(acme));
  });

  it('is nobody’s any more when the playbook has dropped the network and they come again', async () => {
    await world.deliver([visit('a', '09:00', inAcme)]);
    await savePlaybook(world.embedded, 'without', testPlaybook({ networks: {} }));
    await world.advanceTo(at('13:00'));
    await world.deliver([visit('b', '10:00', inAcme)]);

    expect(members()).toEqual([]);
  });
});

describe('a visitor who says who they are', () => {
  const said = (time: string) =>
    demoRequest('f', at(time), 'bea@acme.example', { person: { email: 'bea@acme.example', visitor: 'anon:1' } });

  it.each(['in time order', 'turned round'])('counts with the person from then on, once, %s', async (order) => {
    const lines = [visit('a', '09:00', inAcme), said('10:00'), visit('b', '11:00', inAcme)];
    for (const line of order === 'turned round' ? lines.reverse() : lines) await world.deliver([line]);

    expect(members().map(({ email, anonymous }) => ({ email, anonymous }))).toEqual([{ email: 'bea@acme.example' }]);
    expect(touchesIn(members()[0]!.state.facts, anyTouch)).toBe(3);
    expect(accountOf(acme)?.assessment.parts.map(({ kind }) => kind)).toEqual(['member']);
  });

  it('leaves a mark in the account they counted for, written once', async () => {
    await world.deliver([visit('a', '09:00', inGlobex)]);
    await world.deliver([said('10:00')]);
    const mark = () =>
      allOf('member', world.items()).find(({ accountId, gone }) => accountId === globex && gone === true);
    const before = mark();
    expect(before).toBeDefined();

    await world.deliver([visit('b', '11:00', inGlobex)]);
    await world.deliver([visit('c', '11:30', inAcme)]);
    expect(mark()).toEqual(before);
  });
});
