// Folding on the embedded adapters, in memory: whose facts they are, whatever brought them and in whatever order.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import { isoDay } from '../../lib/domain/days.ts';
import { anyTouch, noFacts, touchesIn } from '../../lib/domain/facts/facts.ts';
import {
  accountIdOfCrm,
  accountIdOfDomain,
  leadIdOfEmail,
  leadIdOfVisitor,
  soloAccountId,
} from '../../lib/domain/ids.ts';
import { emptyState } from '../../lib/domain/lead.ts';
import { foldPerson } from '../../lib/steps/fold/fold-person.ts';
import { allOf, membersOf } from '../../lib/table/items.ts';
import { linesOf } from '../../lib/table/trail.ts';
import { factsOf } from '../domain/facts-of.ts';
import { crm, demoRequest, pageView, touch } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';

const at = (time: string): string => `2026-11-20T${time}.000Z`;
const bea = 'bea@acme.example';
const ben = 'ben@acme.example';
let world: World;
beforeEach(async () => {
  world = await openWorld(at('12:00:00'));
});
afterEach(() => world.close());

const members = () => membersOf(world.items());
const memberOf = (email: string) => members().find((member) => member.email === email);
const touchesOf = (email: string): number => touchesIn(memberOf(email)?.state.facts ?? noFacts, anyTouch);
const person = (id: string, time: string, given: object): Captured =>
  crm(id, at(time), { object: 'person', externalId: 'p1', ...given });
const company = (id: string, time: string, given: object, externalId = 'A'): Captured =>
  crm(id, at(time), { object: 'account', externalId, ...given });

describe('a person', () => {
  it('is one lead by whatever source and spelling of the address', async () => {
    await world.deliver([
      demoRequest('form', at('09:00:00'), 'BEA@Acme.example'),
      touch({ id: 'list', occurredAt: at('10:00:00'), kind: 'webinar', source: 'list', person: { email: ` ${bea}` } }),
      person('crm', '11:00:00', { email: bea, profile: { jobTitle: 'CTO' } }),
    ]);

    expect(members().map(({ leadId }) => leadId)).toEqual([leadIdOfEmail(bea)]);
    expect(memberOf(bea)?.state.profile.jobTitle?.value).toBe('CTO');
    expect(touchesOf(bea)).toBe(2);
  });

  it('counts each line once, in one message, in two, and in two queues', async () => {
    const view = pageView('v', at('09:00:00'), 'anon:1');
    const form = demoRequest('f', at('09:01:00'), bea, { person: { email: bea, visitor: 'anon:1' } });
    await world.deliver([[view, form, view, form]]);
    await world.deliver([form, view, form], 'hits');
    await world.deliver([{ ...form, receivedAt: at('11:00:00') }]);

    expect(touchesOf(bea)).toBe(2);
  });

  describe('sent again after midnight', () => {
    const sent = (occurredAt: string) => demoRequest('again', occurredAt, bea, { receivedAt: occurredAt });
    const [first, again] = [sent('2026-11-19T23:59:50.000Z'), sent('2026-11-20T00:00:20.000Z')];
    const other = demoRequest('other', '2026-11-20T00:10:00.000Z', bea);

    it.each([
      ['in their order', [[first], [again, other]]],
      ['the other way round', [[again, other], [first]]],
      ['in one message', [[again, other, first]]],
      ['again and again', [[again], [first], [again, other], [first, again]]],
    ])('counts once, on the day it came first: %s', async (_, deliveries) => {
      for (const lines of deliveries) await world.deliver([lines]);

      const days = memberOf(bea)?.state.facts.days[anyTouch]?.map(([day, count]) => [isoDay(day), count]);
      expect(days).toEqual([
        ['2026-11-19', 1],
        ['2026-11-20', 1],
      ]);
      const kept = allOf('trail', world.items()).flatMap((item) => linesOf(item).map(({ id }) => id));
      expect(kept.sort()).toEqual(['again', 'other']);
    });
  });

  it('takes in what a browser did before they said who they are, and what it does later', async () => {
    await world.deliver([pageView('before', at('08:00:00'), 'anon:1', '/pricing')]);
    expect(members()).toEqual([]);

    await world.deliver([demoRequest('f', at('09:00:00'), bea, { person: { email: bea, visitor: 'anon:1' } })]);
    await world.deliver([pageView('after', at('10:00:00'), 'anon:1')]);

    expect(touchesOf(bea)).toBe(3);
    expect(touchesIn(memberOf(bea)!.state.facts, 'pricing')).toBe(1);
  });

  it('takes in both of a visitor’s names', async () => {
    const identify = touch({
      id: 'i',
      occurredAt: at('09:00:00'),
      kind: 'identify',
      person: { email: bea, visitor: 'user:7', alsoVisitor: 'anon:1' },
    });
    await world.deliver([pageView('a', at('08:00:00'), 'anon:1'), pageView('b', at('10:00:00'), 'user:7'), identify]);

    expect(touchesOf(bea)).toBe(2);
  });

  it.each(['in time order', 'turned round'])('shares a browser without being merged, %s', async (order) => {
    const lines = [
      pageView('v', at('08:00:00'), 'anon:1'),
      demoRequest('first', at('09:00:00'), bea, { person: { email: bea, visitor: 'anon:1' } }),
      demoRequest('second', at('10:00:00'), ben, { person: { email: ben, visitor: 'anon:1' } }),
    ];
    for (const line of order === 'turned round' ? lines.reverse() : lines) await world.deliver([line]);

    expect([touchesOf(bea), touchesOf(ben)]).toEqual([2, 1]);
  });

  it('is somebody else from then on when the CRM gives the record another address', async () => {
    await world.deliver([
      person('one', '09:00:00', { email: bea, accountExternalId: 'A', profile: { jobTitle: 'CTO' } }),
    ]);
    expect(memberOf(bea)?.accountId).toBe(accountIdOfCrm('crm', 'A'));
    await world.deliver([person('two', '10:00:00', { email: ben })]);

    expect(memberOf(bea)).toBeUndefined();
    expect(memberOf(ben)).toMatchObject({
      accountId: accountIdOfCrm('crm', 'A'),
      state: { profile: { jobTitle: { value: 'CTO' } } },
    });
  });

  it('does not get back a browser it has lost, by news from before', async () => {
    await world.deliver([demoRequest('f', at('09:00:00'), bea)]);
    const folding = { table: world.embedded.table, playbook: await world.playbook(), now: at('12:00:00') };
    const visits = { ...emptyState, facts: factsOf({ '2026-11-20': { [anyTouch]: 5 } }) };
    const hear = (version: number, held: boolean) =>
      foldPerson(folding, {
        leadId: leadIdOfEmail(bea),
        lines: [],
        parts: [{ id: 'visitor_1', version, ...(held && { state: visits }) }],
      });
    await hear(2, true);
    expect(touchesOf(bea)).toBe(6);
    await hear(3, false);
    await hear(2, true);
    expect(touchesOf(bea)).toBe(1);
    await hear(4, true);
    expect(touchesOf(bea)).toBe(6);
  });

  it('keeps a sales activity by address, also of somebody nobody knew', async () => {
    await world.deliver([
      crm('a', at('09:00:00'), { object: 'activity', externalId: '1', personEmail: bea, kind: 'call' }),
      crm('b', at('10:00:00'), { object: 'activity', externalId: '1', personEmail: bea, kind: 'call' }),
    ]);

    expect(memberOf(bea)?.state.activities.map((one) => one.at)).toEqual([at('09:00:00'), at('10:00:00')]);
  });
});

describe('what is flagged', () => {
  it('is kept and makes no lead, no link and no account', async () => {
    const spam = { flag: 'spam' as const, person: { email: bea, visitor: 'anon:1' } };
    await world.deliver([demoRequest('spam', at('09:00:00'), bea, spam), pageView('v', at('09:30:00'), 'anon:1')]);

    expect(members()).toEqual([]);
    expect(allOf('account-assessment', world.items())).toEqual([]);
    expect(
      allOf('trail', world.items())
        .map(({ owner }) => owner)
        .sort(),
    ).toEqual([leadIdOfEmail(bea), leadIdOfVisitor('anon:1')].sort());
  });

  it('counts for nothing on somebody known', async () => {
    await world.deliver([
      demoRequest('good', at('09:00:00'), bea),
      demoRequest('bad', at('10:00:00'), bea, { flag: 'bot', profile: { jobTitle: 'Robot' } }),
    ]);

    expect(touchesOf(bea)).toBe(1);
    expect(memberOf(bea)?.state.profile.jobTitle).toBeUndefined();
  });
});

describe('what cannot be applied', () => {
  it('is quarantined with its reason, and holds up nothing', async () => {
    await world.deliver([
      [
        touch({ id: 'nobody', occurredAt: at('09:00:00') }),
        touch({ id: 'bad', occurredAt: at('09:00:00'), person: { email: 'no address' } }),
        crm('act', at('09:00:00'), { object: 'activity', externalId: '1', personEmail: '', kind: 'call' }),
        demoRequest('good', at('09:00:00'), bea),
      ],
    ]);

    expect(allOf('quarantine', world.items()).map(({ line, reason }) => [line.id, reason])).toEqual([
      ['act', 'neither a valid e-mail nor a person of the CRM'],
      ['bad', 'neither a valid e-mail nor a visitor'],
      ['nobody', 'neither a valid e-mail nor a visitor'],
    ]);
    expect(touchesOf(bea)).toBe(1);
  });

  it('rests with the dead letters when it is no line at all; its neighbours are folded', async () => {
    const { queues } = world.embedded;
    await queues.queue('prompt').send(['no JSON', '[]', '[{"type":"touch-captured.v2"}]']);
    await world.send([demoRequest('good', at('09:00:00'), bea)]);
    await world.advanceTo(at('13:00:00'));

    expect(queues.deadLetters('prompt').map(({ body }) => body)).toEqual([
      'no JSON',
      '[]',
      '[{"type":"touch-captured.v2"}]',
    ]);
    expect(touchesOf(bea)).toBe(1);
  });
});

describe('an account of the CRM', () => {
  const mine = accountIdOfCrm('crm', 'A');

  it.each(['before', 'after'])('gets the leads of its domain when it names it %s they come', async (when) => {
    const lines = [company('a', '09:00:00', { domains: ['www.acme.example'] }), demoRequest('f', at('10:00:00'), bea)];
    for (const line of when === 'after' ? lines.reverse() : lines) await world.deliver([line]);

    expect(members().map(({ accountId, match }) => [accountId, match?.rule])).toEqual([[mine, 'domain']]);
    const assessed = allOf('account-assessment', world.items()).filter(({ listPk }) => listPk !== undefined);
    expect(assessed.map(({ accountId }) => accountId)).toEqual([mine]);
  });

  it('leaves a snapshot behind that keeps older ones out', async () => {
    await world.deliver([demoRequest('f', at('09:00:00'), bea)]);
    const before = memberOf(bea)!;
    await world.deliver([company('a', '10:00:00', { domains: ['acme.example'] })]);
    const old = { ...before, version: before.leadVersion };
    const late = world.embedded.table.write({ put: old, condition: { if: 'newer', attribute: 'leadVersion' } });

    await expect(late).rejects.toThrow();
    const gone = allOf('member', world.items()).filter(({ gone }) => gone);
    expect(gone.map(({ accountId }) => accountId)).toEqual([accountIdOfDomain('acme.example')]);
  });

  it('loses them when it takes the domain back, to who named it next', async () => {
    await world.deliver([
      company('a', '08:00:00', { domains: ['acme.example'] }),
      company('b', '09:00:00', { domains: ['acme.example'] }, 'B'),
      demoRequest('f', at('10:00:00'), bea),
    ]);
    expect(memberOf(bea)?.accountId).toBe(mine);
    await world.deliver([company('c', '11:00:00', { domains: [] })]);
    expect(memberOf(bea)?.accountId).toBe(accountIdOfCrm('crm', 'B'));
    await world.deliver([company('d', '11:30:00', { domains: [] }, 'B')]);
    expect(memberOf(bea)?.accountId).toBe(accountIdOfDomain('acme.example'));
  });

  it('claims no mail provider’s domain, whose people stand alone', async () => {
    await world.deliver([
      company('a', '09:00:00', { domains: ['gmail.com'] }),
      demoRequest('f', at('10:00:00'), 'dan@gmail.com'),
    ]);

    expect(members().map(({ accountId }) => accountId)).toEqual([soloAccountId(leadIdOfEmail('dan@gmail.com'))]);
    expect(allOf('domain', world.items())).toEqual([]);
  });

  it('has the person the CRM puts there, whatever the domain says', async () => {
    await world.deliver([
      company('b', '08:00:00', { domains: ['acme.example'] }, 'B'),
      person('p', '09:00:00', { email: bea, accountExternalId: 'A' }),
      demoRequest('f', at('10:00:00'), bea),
    ]);

    expect(memberOf(bea)).toMatchObject({ accountId: mine, match: { rule: 'crm-id' } });
  });
});

it('logs of a message it cannot read where and what kind, never what stood in it', async () => {
  const logged: string[] = [];
  const note = (message: string, fields?: object) => logged.push(JSON.stringify({ message, ...fields }));
  const telling = await openWorld(at('12:00:00'), { log: { info: note, warn: note, error: note } });
  await telling.embedded.queues.queue('prompt').send([`{"email": ${bea}}`]);
  await telling.runtime.settle();
  await telling.close();

  expect(logged.join()).toContain('SyntaxError');
  expect(logged.join()).not.toContain('bea');
});
