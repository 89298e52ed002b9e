// What nobody takes care of goes by itself: visitors nobody knows, single touches, notices, lines in quarantine. Whoever is known stays, and
// what they did counts as before.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import { anyTouch, touchesIn } from '../../lib/domain/facts/facts.ts';
import { accountIdOfDomain, leadIdOfEmail, leadIdOfVisitor } from '../../lib/domain/ids.ts';
import type { OperationAsked } from '../../lib/domain/operations.ts';
import { readAccount } from '../../lib/steps/read-accounts.ts';
import { readOperation } from '../../lib/steps/read-operation.ts';
import { allOf, as, membersOf } from '../../lib/table/items.ts';
import { accountsList, leadKey, leadTrailKey, memberKey } from '../../lib/table/keys.ts';
import { decide, demoRequest, pageView, touch } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';

const retention = { anonymousDays: 30, trailMonths: 2, noticeDays: 90, quarantineDays: 14 };
const start = Date.parse('2026-11-20T09:00:00.000Z');
/** So many days on, at nine. */
const day = (count: number): string => new Date(start + count * 86_400_000).toISOString();
const acme = accountIdOfDomain('acme.example');
const email = 'bea@acme.example';

let world: World;
beforeEach(async () => {
  world = await openWorld(day(0), { retention, sweepEveryMs: 24 * 3_600_000 });
});
afterEach(() => world.close());

/** From acme.example's network. */
const visit = (id: string, at: string, visitor = 'anon:1'): Captured => ({
  ...pageView(id, at, visitor, '/pricing'),
  ip: '203.0.113.7',
});
const idOf = leadIdOfVisitor;
const lead = async (id: string) => as('lead', await world.embedded.table.get(leadKey(id)));
const touchesOf = async (id: string) => touchesIn((await lead(id))!.own.facts, anyTouch);
const member = async (id: string) => as('member', await world.embedded.table.get(memberKey(acme, id)));
const trailOf = (id: string) => world.embedded.table.query(leadKey(id).pk, 'TRAIL#');
const visitorsAt = async () => {
  const account = await readAccount({ ...world.embedded, playbook: world.playbook }, acme);
  return account?.account.parts.find(({ kind }) => kind === 'anonymous')?.label;
};
const rowsWith = (id: string) => world.items().filter((item) => JSON.stringify(item).includes(id));

const operate = async (asked: OperationAsked, operationId: string) => {
  const at = new Date(world.embedded.clock.now()).toISOString();
  const request = {
    type: 'operation-requested.v1',
    operationId,
    at,
    asked,
    by: 'ops@seller.example',
    why: 'Asked to.',
  };
  await world.embedded.queues.queue('operate').send([JSON.stringify(request)]);
  await world.runtime.settle();
  return readOperation(world.embedded.table, operationId);
};

it('forgets a visitor nobody knows, and their account follows by itself', async () => {
  await world.deliver([visit('a', day(0))]);
  await world.advanceTo(day(10));
  await world.deliver([visit('b', day(10), 'anon:2')]);
  expect(await visitorsAt()).toBe('2 anonymous visitors');

  await world.advanceTo('2026-12-20T23:59:59.000Z');
  expect([await lead(idOf('anon:1')), await member(idOf('anon:1')), ...(await trailOf(idOf('anon:1')))]).toEqual([
    expect.objectContaining({ leadId: idOf('anon:1') }),
    expect.objectContaining({ anonymous: true }),
    expect.objectContaining({ day: '2026-11-20' }),
  ]);

  await world.advanceTo(day(31));
  expect(rowsWith(idOf('anon:1'))).toEqual([]);
  expect(await visitorsAt()).toBe('1 anonymous visitor');
  expect(await world.embedded.table.count(accountsList, 9)).toBe(1);

  await world.advanceTo(day(41));
  expect(rowsWith('visitor_')).toEqual([]);
  expect(await world.embedded.table.count(accountsList, 9)).toBe(0);
});

it('forgets who browsed from one company and then from another in both', async () => {
  await world.deliver([visit('a', day(0))]);
  await world.advanceTo(day(1));
  await world.deliver([{ ...visit('b', day(1)), ip: '203.0.113.200' } as Captured]);
  expect((await member(idOf('anon:1')))?.gone).toBe(true);
  expect((await lead(idOf('anon:1')))?.match?.accountId).toBe(accountIdOfDomain('globex.example'));

  await world.advanceTo(day(33));
  expect(rowsWith('visitor_')).toEqual([]);
});

it('keeps who comes back in time, whose first visit counts though its trail is gone, however often it is heard again', async () => {
  await world.deliver([visit('a', day(0))]);
  await world.advanceTo(day(29));
  await world.deliver([visit('b', day(29))]);
  await world.advanceTo(day(40));

  expect(allOf('trail', await trailOf(idOf('anon:1'))).map((one) => one.day)).toEqual(['2026-12-19']);
  expect(await touchesOf(idOf('anon:1'))).toBe(2);
  const repeated = [visit('a', day(0)), visit('c', day(0))];
  await world.deliver(repeated);
  await world.deliver(repeated);
  expect(await touchesOf(idOf('anon:1'))).toBe(2);
  expect(await member(idOf('anon:1'))).toMatchObject({ anonymous: true });

  await world.advanceTo(day(61));
  expect(rowsWith('visitor_')).toEqual([]);
});

it('takes who comes back too late for somebody new, who counts for the account again', async () => {
  // Seven writes: what remembers a version would take the first ones that follow for old news.
  for (let n = 0; n < 7; n += 1) await world.deliver([visit(`a${n}`, day(0).replace('09:00', `09:0${n}`))]);
  const { version } = (await lead(idOf('anon:1')))!;
  await world.advanceTo(day(31));
  await world.deliver([visit('b', day(31))]);

  expect(await touchesOf(idOf('anon:1'))).toBe(1);
  expect((await lead(idOf('anon:1')))!.version).toBeGreaterThan(version);
  expect(await visitorsAt()).toBe('1 anonymous visitor');
});

it('keeps who became known with their trail, and what they did when that is gone in the end', async () => {
  await world.deliver([visit('a', day(0)), visit('b', day(5))]);
  await world.advanceTo(day(20));
  await world.deliver([demoRequest('f', day(20), email, { person: { email, visitor: 'anon:1' } })]);
  const person = leadIdOfEmail(email);

  await world.advanceTo(day(60));
  expect((await lead(idOf('anon:1')))?.ttl).toBeUndefined();
  expect((await member(person))?.ttl).toBeUndefined();
  expect(membersOf([(await member(idOf('anon:1')))!])).toEqual([]);
  expect(await trailOf(idOf('anon:1'))).toHaveLength(2);

  await world.advanceTo(day(120));
  expect(await trailOf(idOf('anon:1'))).toEqual([]);
  expect(await trailOf(person)).toEqual([]);
  const before = await lead(person);
  const { report } = (await operate({ operation: 'rebuild' }, 'op_1'))!;
  expect(report).toMatchObject({
    counts: { couldNot: 0 },
    notes: [expect.stringMatching(/^trails reach back to 2026-12-18, of visitors nobody knows to 2027-02-18/)],
  });
  const named = await operate({ operation: 'rebuild', lead: person }, 'op_2');
  expect(named?.report?.notes).toEqual(report?.notes);
  expect(await touchesOf(idOf('anon:1'))).toBe(2);
  expect(await lead(person)).toMatchObject({ email, own: before!.own, match: before!.match });
  expect(touchesIn((await member(person))!.state.facts, anyTouch)).toBe(3);
  expect(Object.keys((await lead(idOf('anon:1')))!.links)).toEqual([person]);
});

it('makes anew from the trail what it reaches, beside what was counted before', async () => {
  await world.deliver([visit('a', day(0))]);
  await world.advanceTo(day(29));
  await world.deliver([visit('b', day(29)), visit('c', day(29))]);
  await world.advanceTo(day(45));
  const stored = (await lead(idOf('anon:1')))!;
  const spoilt = structuredClone(stored);
  for (const counts of Object.values(spoilt.own.facts.days))
    for (const count of counts) if (count[0] % 2) count[1] = 70;
  const [first, last] = stored.own.facts.days[anyTouch]!.map(([one]) => one);
  expect([first! % 2, last! % 2].sort()).toEqual([0, 1]);
  await world.embedded.table.write({ put: spoilt, condition: { if: 'always' } });

  await operate({ operation: 'rebuild' }, 'op_1');

  // The day without a trail stays as it is, right or wrong.
  const expected = last! % 2 === 1 ? 3 : 72;
  expect(await touchesOf(idOf('anon:1'))).toBe(expected);
});

const longer = { ...retention, anonymousDays: 300, trailMonths: 12 };

/** The same table, from a day on under other settings. */
const goOnUnder = async (settings: typeof retention | undefined, from: string): Promise<void> => {
  const items = world.items();
  await world.close();
  world = await openWorld(from, { retention: settings, sweepEveryMs: 24 * 3_600_000 });
  for (const put of items) {
    if (put.type !== 'playbook-live') await world.embedded.table.write({ put, condition: { if: 'always' } });
  }
};

it('keeps what was counted, and whose it was, though a longer time is set when the trail is gone', async () => {
  const asked = { person: { email, visitor: 'anon:2' }, profile: { jobTitle: 'Head of IT' } };
  await world.deliver([visit('a', day(0)), demoRequest('f', day(1), email, asked)]);
  await world.advanceTo(day(28));
  await world.deliver([visit('b', day(28)), visit('c', day(28), 'anon:2')]);
  // The last day of a trail: whether it is counted on or not, it counts once.
  await world.advanceTo(day(93));
  expect(await trailOf(leadIdOfEmail(email))).toHaveLength(1);
  await operate({ operation: 'rebuild' }, 'op_0');
  expect(await touchesOf(leadIdOfEmail(email))).toBe(1);
  await world.advanceTo(day(110));
  await world.deliver([visit('d', day(110), 'anon:2')]);
  await goOnUnder(longer, day(115));

  expect(await trailOf(leadIdOfEmail(email))).toEqual([]);
  await operate({ operation: 'rebuild' }, 'op_1');
  expect(await touchesOf(idOf('anon:2'))).toBe(2);
  expect(await touchesOf(leadIdOfEmail(email))).toBe(1);
  expect((await lead(leadIdOfEmail(email)))?.own.profile.jobTitle?.value).toBe('Head of IT');
  expect(Object.keys((await lead(idOf('anon:2')))!.links)).toEqual([leadIdOfEmail(email)]);
});

it('gives what was written by other settings its time when it is rebuilt', async () => {
  await goOnUnder(longer, day(0));
  await world.deliver([visit('a', day(0)), demoRequest('f', day(0), email)]);
  const { ttl } = (await lead(idOf('anon:1')))!;
  await goOnUnder(retention, day(1));
  await operate({ operation: 'rebuild' }, 'op_1');

  const day0 = Date.parse('2026-11-21T00:00:00.000Z') / 1_000;
  expect(ttl).toBe(day0 + 300 * 86_400);
  const kept = [await lead(idOf('anon:1')), await member(idOf('anon:1')), ...(await trailOf(idOf('anon:1')))];
  expect(kept.map((item) => item?.ttl)).toEqual([1, 2, 3].map(() => day0 + 30 * 86_400));
  const [trail] = await trailOf(leadIdOfEmail(email));
  expect(trail?.ttl).toBe(Date.parse('2027-01-21T00:00:00.000Z') / 1_000 + 31 * 86_400);
});

it('gives what was stored before there was such a setting its time when it is heard again', async () => {
  await goOnUnder(undefined, day(0));
  const lines = [visit('a', day(0)), demoRequest('f', day(0), email)];
  await world.deliver(lines);
  expect(world.items().filter(({ type, ttl }) => type === 'trail' && ttl !== undefined)).toEqual([]);
  await goOnUnder(retention, day(1));
  await world.deliver(lines);

  const trails = [...(await trailOf(idOf('anon:1'))), ...(await trailOf(leadIdOfEmail(email)))];
  expect(trails.map(({ ttl }) => typeof ttl)).toEqual(['number', 'number']);
});

it('puts aside touches older than any trail, and takes what people decide or the CRM says however old', async () => {
  const late = touch({ id: 'late', occurredAt: day(-62), receivedAt: day(0), kind: 'webinar', person: { email } });
  const inTime = { ...late, id: 'in-time', occurredAt: day(-60) };
  await world.deliver([
    late,
    inTime,
    decide('d', day(-400), { a: email, b: 'bob@acme.example', decision: 'separate' }),
  ]);

  const quarantined = allOf('quarantine', world.items());
  expect(quarantined.map(({ line, reason }) => [line.id, reason])).toEqual([
    ['late', 'older than trails are kept: 2 months'],
  ]);
  expect(await touchesOf(leadIdOfEmail(email))).toBe(1);
  const decided = await world.embedded.table.get(leadTrailKey(leadIdOfEmail(email), day(-400).slice(0, 10)));
  expect(decided).toMatchObject({ type: 'trail' });
  expect(decided?.ttl).toBeUndefined();

  await world.advanceTo(day(1));
  const released = await operate({ operation: 'release' }, 'op_1');
  expect(released?.report?.counts).toMatchObject({ released: 0, refusedAgain: 1 });
});

it('forgets who was told what, and lines nobody released', async () => {
  await world.deliver([demoRequest('f', day(0), email), touch({ id: 'broken', occurredAt: day(0), person: {} })]);
  await world.advanceTo(day(13));
  const of = (type: 'notice' | 'quarantine') => allOf(type, world.items()).length;
  expect(of('notice')).toBeGreaterThan(0);
  expect(of('quarantine')).toBe(1);

  await world.advanceTo(day(15));
  expect(of('quarantine')).toBe(0);
  await world.advanceTo(day(89));
  expect(of('notice')).toBeGreaterThan(0);
  expect(world.embedded.mailer.outbox()).not.toEqual([]);
  await world.advanceTo(day(100));
  expect(of('notice')).toBe(0);
  expect(world.embedded.mailer.outbox()).toEqual([]);
});

it('keeps a trail no longer because somebody else was erased from it', async () => {
  await world.deliver([
    ...[visit('a', day(0)), touch({ id: 'about', occurredAt: day(0), person: { visitor: 'anon:1' }, campaign: email })],
    demoRequest('f', day(0), email),
  ]);
  const [before] = await trailOf(idOf('anon:1'));
  await operate({ operation: 'erase-person', lead: leadIdOfEmail(email) }, 'op_1');

  const [after] = await trailOf(idOf('anon:1'));
  expect(after!.version).toBeGreaterThan(before!.version);
  expect(after!.ttl).toBe(before!.ttl);
});

it('keeps for good what stands where somebody was erased', async () => {
  await world.deliver([visit('a', day(0)), demoRequest('f', day(0), email, { person: { email, visitor: 'anon:1' } })]);
  await operate({ operation: 'erase-person', lead: leadIdOfEmail(email) }, 'op_1');
  await world.advanceTo(day(1));
  await world.deliver([visit('b', day(1))]);
  await world.advanceTo(day(100));

  expect(await lead(idOf('anon:1'))).toMatchObject({ erased: { at: expect.any(String) } });
  await world.deliver([visit('a', day(0))]);
  expect(await touchesOf(idOf('anon:1'))).toBe(1);
});
