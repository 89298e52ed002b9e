// Whose a lead is, as the table stands: by name, by decision and in groups, and again whenever an account changes.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import { listed } from '../../lib/domain/account-matching/blocks.ts';
import { anyTouch, touchesIn } from '../../lib/domain/facts/facts.ts';
import { accountIdOfCrm, leadIdOfEmail, soloAccountId } from '../../lib/domain/ids.ts';
import { reviewReasons } from '../../lib/domain/review.ts';
import { allOf, membersOf, type StoredItem } from '../../lib/table/items.ts';
import { reviewList } from '../../lib/table/keys.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { decideMatch } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';
import { account, asks, at } from './matching-lines.ts';

const [a, b, c] = ['A', 'B', 'C'].map((id) => accountIdOfCrm('crm', id)) as [string, string, string];
const dan = leadIdOfEmail('dan@gmail.com');
let world: World;
beforeEach(async () => {
  world = await openWorld(at('12:00'));
});
afterEach(() => world.close());

const members = (): StoredItem<'member'>[] => membersOf(world.items());
const accountOf = (leadId: string): string | undefined => members().find((one) => one.leadId === leadId)?.accountId;
const leadOf = (leadId: string) => allOf('lead', world.items()).find((one) => one.leadId === leadId)!;
const touchesOf = (accountId: string): number =>
  members()
    .filter((member) => member.accountId === accountId)
    .reduce((sum, { state }) => sum + touchesIn(state.facts, anyTouch), 0);
const scoreOf = (accountId: string): number | undefined =>
  allOf('account-assessment', world.items()).find((one) => one.accountId === accountId)?.assessment.score;
const waiting = async (): Promise<string[]> =>
  allOf(
    'lead',
    (await Promise.all(reviewReasons.map((reason) => world.embedded.table.list(reviewList(reason))))).flat(),
  ).map(({ leadId }) => leadId);

describe('a company name', () => {
  it('leads to the account that has it, whichever came first', async () => {
    await world.deliver([asks('1', '09:00', 'dan@gmail.com', 'Acme Bearings Ltd')]);
    expect(accountOf(dan)).toBe(soloAccountId(dan));
    const alone = scoreOf(soloAccountId(dan));

    await world.deliver([account('2', '09:30', 'A', { name: 'ACME Bearings Limited' })]);

    expect(leadOf(dan).match).toMatchObject({ accountId: a, rule: 'exact-name' });
    expect(accountOf(dan)).toBe(a);
    expect(touchesOf(a)).toBe(1);
    expect(scoreOf(a)).toBe(alone);
    expect(scoreOf(soloAccountId(dan))).toBe(0);
  });

  it('leads no longer to an account that is called otherwise now', async () => {
    await world.deliver([account('1', '09:00', 'A', { name: 'Acme Bearings' })]);
    await world.deliver([asks('2', '09:10', 'dan@gmail.com', 'Acme Bearings')]);
    expect(accountOf(dan)).toBe(a);

    await world.deliver([account('3', '09:20', 'A', { name: 'Initech' })]);
    expect(accountOf(dan)).toBe(soloAccountId(dan));

    await world.deliver([asks('4', '09:30', 'dan@gmail.com', 'Initech')]);
    expect(accountOf(dan)).toBe(a);
  });

  it('is looked for again by those who ask by it, and by nobody else', async () => {
    await world.deliver([
      asks('1', '09:00', 'dan@gmail.com', 'Acme Bearings'),
      asks('2', '09:01', 'eve@gmail.com', 'Globex Shipping'),
      asks('3', '09:02', 'bea@initech.example', 'Initech'),
    ]);
    const others = ['eve@gmail.com', 'bea@initech.example'].map(leadIdOfEmail);
    const before = others.map((id) => leadOf(id).version);

    await world.deliver([account('4', '09:30', 'A', { name: 'Acme Bearings' })]);

    expect(accountOf(dan)).toBe(a);
    expect(others.map((id) => leadOf(id).version)).toEqual(before);
  });

  it('that two accounts have leads to neither, until one of them is called otherwise', async () => {
    await world.deliver([
      account('1', '09:00', 'A', { name: 'Acme Bearings' }),
      account('2', '09:01', 'B', { name: 'Acme Bearings' }),
      asks('3', '09:10', 'dan@gmail.com', 'Acme Bearings'),
    ]);
    expect(leadOf(dan)).toMatchObject({
      match: { accountId: soloAccountId(dan), rule: 'ambiguous' },
      matching: { review: { reason: 'ambiguous' } },
    });
    expect(
      leadOf(dan)
        .matching!.beside!.candidates.map(({ accountId }) => accountId)
        .sort(),
    ).toEqual([a, b].sort());
    expect(await waiting()).toEqual([dan]);

    await world.deliver([account('4', '09:20', 'B', { name: 'Globex' })]);
    expect(accountOf(dan)).toBe(a);
    expect(await waiting()).toEqual([]);
  });

  it('is found by its neighbours where too many accounts have each of its words', async () => {
    const many = Array.from({ length: listed + 1 }, (_, n) =>
      account(`m${n}`, '08:00', `M${n}`, { name: `Zephyr ${n}x Quorum` }),
    );
    await world.deliver(many);
    await world.deliver([asks('1', '09:00', 'dan@gmail.com', 'Zephyr Quorum')]);
    expect(accountOf(dan)).toBe(soloAccountId(dan));

    await world.deliver([account('2', '09:10', 'A', { name: 'Zephyr Quorum' })]);
    expect(accountOf(dan)).toBe(a);
    const lists = allOf('block', world.items());
    expect(Math.max(...lists.map(({ accounts }) => Object.keys(accounts).length))).toBeLessThanOrEqual(listed);
    expect(lists.filter(({ more }) => more !== undefined).length).toBeGreaterThan(1);
  });
});

describe('a decision', () => {
  const assign = (id: string, time: string, lead: string, accountId: string, given: object = {}): Captured =>
    decideMatch(id, at(time), { decision: 'assign', lead, accountId, ...given });

  it('on a lead stays, whatever the accounts are called later', async () => {
    await world.deliver([
      account('1', '09:00', 'A', { name: 'Acme Bearings' }),
      account('2', '09:00', 'B', { name: 'Globex' }),
      asks('3', '09:10', 'dan@gmail.com', 'Acme Bearings'),
      assign('4', '09:20', 'dan@gmail.com', b),
    ]);
    expect(leadOf(dan).match).toMatchObject({ accountId: b, rule: 'assigned' });

    await world.deliver([
      account('5', '09:30', 'B', { name: 'Umbrella' }),
      asks('6', '09:40', 'dan@gmail.com', 'Acme Bearings'),
    ]);
    expect(accountOf(dan)).toBe(b);
    expect(touchesOf(b)).toBe(2);

    await world.deliver([decideMatch('7', at('09:50'), { decision: 'undo', lead: dan })]);
    expect(accountOf(dan)).toBe(a);
    expect([touchesOf(a), touchesOf(b)]).toEqual([2, 0]);
  });

  it('on a name holds for everybody who works there, past and future', async () => {
    const eve = leadIdOfEmail('eve@gmail.com');
    await world.deliver([
      account('1', '09:00', 'A', { name: 'Acme Bearings' }),
      asks('2', '09:10', 'dan@gmail.com', 'The Bearing Crew'),
      assign('3', '09:20', 'dan@gmail.com', a, { company: 'The Bearing Crew' }),
      asks('4', '09:30', 'eve@gmail.com', 'the bearing crew'),
    ]);
    expect([accountOf(dan), accountOf(eve)]).toEqual([a, a]);
    expect(leadOf(eve).match?.evidence).toBe('ops@seller.example decided on 2026-11-20 whose the bearing crew is.');

    await world.deliver([decideMatch('5', at('09:40'), { decision: 'undo', lead: dan, company: 'The Bearing Crew' })]);
    expect([accountOf(dan), accountOf(eve)]).toEqual([soloAccountId(dan), soloAccountId(eve)]);
  });

  it('on a name has those who ask by it matched again once, however often it is heard', async () => {
    const line = assign('3', '09:20', 'dan@gmail.com', a, { company: 'The Bearing Crew' });
    await world.deliver([
      account('1', '09:00', 'A', { name: 'Acme Bearings' }),
      asks('2', '09:10', 'eve@gmail.com', 'The Bearing Crew'),
      line,
    ]);
    const eve = leadIdOfEmail('eve@gmail.com');
    const { version } = leadOf(eve);
    await world.deliver([line, { ...line, receivedAt: at('11:00') }]);
    expect([accountOf(eve), leadOf(eve).version]).toEqual([a, version]);
    const [name] = allOf('name', world.items());
    expect(name).toMatchObject({ text: 'The Bearing Crew', told: expect.any(String) });
  });

  it('on a name in one country holds there alone', async () => {
    await world.deliver([
      account('1', '09:00', 'A', { name: 'Acme Bearings' }),
      assign('2', '09:20', 'dan@gmail.com', a, { company: 'The Bearing Crew', country: 'GB' }),
      asks('3', '09:30', 'eve@gmail.com', 'The Bearing Crew', 'United Kingdom'),
      asks('4', '09:31', 'fay@gmail.com', 'The Bearing Crew', 'France'),
    ]);
    const [eve, fay] = ['eve@gmail.com', 'fay@gmail.com'].map(leadIdOfEmail) as [string, string];
    expect([accountOf(eve), accountOf(fay)]).toEqual([a, soloAccountId(fay)]);
  });

  it('on a domain holds against whoever names it', async () => {
    const bea = leadIdOfEmail('bea@acme.example');
    await world.deliver([
      account('1', '09:00', 'A', { name: 'Acme', domains: ['acme.example'] }),
      account('2', '09:00', 'B', { name: 'Globex' }),
      asks('3', '09:10', 'bea@acme.example'),
    ]);
    expect(accountOf(bea)).toBe(a);

    await world.deliver([assign('4', '09:20', 'dan@gmail.com', b, { domain: 'mail.acme.example' })]);
    expect(leadOf(bea).match).toMatchObject({ accountId: b, rule: 'domain' });
  });

  it('that nobody need look takes a lead out of the queue, and it stays out', async () => {
    await world.deliver([asks('1', '09:10', 'dan@gmail.com'), asks('2', '09:11', 'eve@gmail.com')]);
    expect(await waiting()).toEqual([dan, leadIdOfEmail('eve@gmail.com')].sort());

    await world.deliver([decideMatch('3', at('09:20'), { decision: 'dismiss', lead: 'dan@gmail.com' })]);
    await world.deliver([asks('4', '09:30', 'dan@gmail.com', 'Acme')]);
    expect(await waiting()).toEqual([leadIdOfEmail('eve@gmail.com')]);
  });

  it.each([
    [{ lead: 'nobody' }, 'no valid e-mail and no id of a lead'],
    [{ lead: dan, decision: 'assign' as const }, 'no account to assign to'],
    [{ lead: dan, accountId: a }, 'an account, where dismiss needs none'],
    [
      { lead: dan, decision: 'assign' as const, accountId: a, domain: 'gmail.com' },
      "gmail.com is a mail provider's or anybody's: no account has it",
    ],
  ])('that cannot be is kept aside with the reason: %j', async (given, reason) => {
    await world.deliver([decideMatch('1', at('09:00'), given)]);
    expect(allOf('quarantine', world.items()).map((one) => one.reason)).toEqual([reason]);
  });
});

it('leads of mail below a domain to the account with a site there, if they say that they are of it', async () => {
  const [bea, ben] = ['bea@acme.example', 'ben@acme.example'].map(leadIdOfEmail) as [string, string];
  await world.deliver([
    account('1', '09:00', 'A', { name: 'Acme Labs', domains: ['https://www.labs.acme.example/about'] }),
    asks('2', '09:10', 'bea@acme.example', 'Acme Labs'),
    asks('3', '09:10', 'ben@acme.example'),
  ]);
  expect(leadOf(bea).match).toMatchObject({ accountId: a, rule: 'subsidiary-domain' });
  expect(leadOf(ben).matching).toMatchObject({
    review: { reason: 'ambiguous' },
    beside: { candidates: [{ accountId: a }] },
  });

  await world.deliver([account('4', '09:20', 'B', { name: 'Acme Holding', domains: ['www.acme.example'] })]);
  expect(leadOf(ben).match).toMatchObject({ accountId: b, rule: 'domain' });
});

describe('in a group of companies', () => {
  const bea = leadIdOfEmail('bea@acme.example');
  const group = [
    account('1', '09:00', 'A', { name: 'Acme Köln', domains: ['acme.example'], parentExternalId: 'B' }),
    account('2', '09:01', 'B', { name: 'Acme Europe', parentExternalId: 'C' }),
    account('3', '09:02', 'C', { name: 'Acme Holding' }),
  ];
  const landing = async (lands: 'region' | 'parent') => {
    await world.close();
    world = await openWorld(at('12:00'), { playbook: testPlaybook({ matching: { lands } }) });
  };

  it.each([
    ['parent', [a, a, c]],
    ['region', [a, a, b]],
  ] as const)('leads land on the %s as soon as it is known', async (lands, expected) => {
    await landing(lands);
    await world.deliver([asks('0', '08:00', 'bea@acme.example')]);
    const seen = [];
    for (const line of group) {
      await world.deliver([line]);
      seen.push(accountOf(bea));
    }
    expect(seen[0]).toBe(expected[0]);
    expect(seen.at(-1)).toBe(expected[2]);
    expect(leadOf(bea).match).toMatchObject({ found: a, rule: 'domain' });
    expect(touchesOf(expected[2])).toBe(1);

    await world.deliver([account('4', '09:30', 'A', { parentExternalId: null })]);
    expect(accountOf(bea)).toBe(a);
    expect(leadOf(bea).match?.found).toBeUndefined();
  });

  it('leads of a child move when its parent goes elsewhere', async () => {
    await landing('parent');
    await world.deliver([...group, asks('0', '10:00', 'bea@acme.example')]);
    expect(accountOf(bea)).toBe(c);

    await world.deliver([account('5', '10:10', 'B', { parentExternalId: null })]);
    expect(accountOf(bea)).toBe(b);
    expect([touchesOf(b), touchesOf(c)]).toEqual([1, 0]);
  });
});

it('goes on where it left off when a rematch of many fails half-way', { timeout: 60_000 }, async () => {
  const emails = Array.from({ length: 450 }, (_, n) => `p${n}@gmail.com`);
  let left = Number.POSITIVE_INFINITY;
  const refolded: string[] = [];
  await world.close();
  world = await openWorld(at('12:00'), {
    wrapPorts: (ports) => ({
      ...ports,
      table: {
        ...ports.table,
        get: (key) => ports.table.get(key),
        getMany: (keys) => {
          const lead = keys.find(({ sk }) => sk === 'LEAD');
          if (lead !== undefined && refolded.push(lead.pk) > left) throw new Error('out of time');
          return ports.table.getMany(keys);
        },
        query: (...args) => ports.table.query(...args),
        list: (...args) => ports.table.list(...args),
        write: (write) => ports.table.write(write),
        transact: (writes) => ports.table.transact(writes),
      },
    }),
  });
  await world.deliver(emails.map((email, n) => asks(`f${n}`, '09:00', email, 'Acme Bearings')));
  refolded.length = 0;
  left = 300;

  await world.send([account('1', '09:30', 'A', { name: 'Acme Bearings' })]);
  await world.runtime.settle().catch(() => undefined);
  expect(members().filter(({ accountId }) => accountId === a).length).toBeGreaterThanOrEqual(200);
  refolded.length = 0;
  left = Number.POSITIVE_INFINITY;
  await world.advanceTo(at('12:30'));

  expect(members().filter(({ accountId }) => accountId === a)).toHaveLength(emails.length);
  // Those of the first two hundred were not matched a second time.
  expect(refolded.length).toBeLessThanOrEqual(emails.length - 200);
});
