import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type TouchCaptured, touchCapturedV1 } from '../../events/touch-captured.v1.ts';
import { readHits, type SegmentDelivery, writeKeyOf } from '../../lib/sources/segment.ts';
import { segmentPath } from '../../lib/sources/segment-call.ts';
import { chrome, googlebot, now, receivedAt } from '../functions/capture-harness.ts';

const read = (path: SegmentDelivery['path'], document: unknown, headers: SegmentDelivery['headers'] = {}) =>
  readHits({ path, document, headers: { 'user-agent': chrome, ...headers }, requestId: 'req-1', now });
const touches = (...delivery: Parameters<typeof read>): TouchCaptured[] => {
  const reading = read(...delivery);
  if (!('lines' in reading)) throw new Error(JSON.stringify(reading));
  return reading.lines.map((line) => touchCapturedV1.parse(line));
};
const touch = (...delivery: Parameters<typeof read>): TouchCaptured => touches(...delivery)[0]!;
const problems = (...delivery: Parameters<typeof read>): string[] => {
  const reading = read(...delivery);
  if (!('problems' in reading)) throw new Error('was accepted');
  return reading.problems.map(({ field }) => field);
};
const hit = { anonymousId: 'a1', messageId: 'm1' };

describe('paths', () => {
  test.each([
    ['/v1/track', 'track'],
    ['/v1/t', 'track'],
    ['/v1/page/', 'page'],
    ['/v1/p', 'page'],
    ['/v1/s', 'screen'],
    ['/v1/i', 'identify'],
    ['/v1/g//', 'group'],
    ['/v1/a', 'alias'],
    ['/v1/b', 'batch'],
    ['/v1/import', 'batch'],
    ['/v1/m', 'metrics'],
    ['/v1/constructor', undefined],
    ['/v1/', undefined],
    ['/v2/track', undefined],
  ])('%s is %s', (path, expected) => {
    expect(segmentPath(path)).toBe(expected);
  });
});

describe('write keys', () => {
  test('come as the user of Basic authentication, else in the body', () => {
    expect(writeKeyOf({ authorization: `Basic ${btoa('wk:')}` }, {})).toBe('wk');
    expect(writeKeyOf({ authorization: `Basic ${btoa('wk:')}` }, { writeKey: 'other' })).toBe('wk');
    expect(writeKeyOf({}, { writeKey: 'wk' })).toBe('wk');
    expect(writeKeyOf({}, { writeKey: ['wk'] })).toBeUndefined();
    expect(writeKeyOf({}, null)).toBeUndefined();
  });
});

describe('recorded clients', () => {
  interface Recorded {
    client: string;
    headers: Record<string, string>;
    body: string;
  }
  const recorded = JSON.parse(
    readFileSync(new URL('../fixtures/clients/segment-requests.json', import.meta.url), 'utf8'),
  ) as Recorded[];

  test.each(recorded)('$client is understood', ({ headers, body }) => {
    const lines = touches('batch', JSON.parse(body), headers);

    expect(lines.length).toBe((JSON.parse(body) as { batch: unknown[] }).batch.length);
    for (const line of lines) {
      expect(line.flag, 'a server library is not a crawler').toBeUndefined();
      expect(line.person.visitor).toMatch(/^user:u[12]$/);
    }
  });

  test('segment-node: identify, group, page, track and alias', () => {
    const [identify, group, page, track, alias] = touches('batch', JSON.parse(recorded[0]!.body));

    expect(identify).toMatchObject({
      person: { email: 'jo@acme.com', visitor: 'user:u1' },
      profile: { company: 'Acme' },
    });
    expect(group).toMatchObject({ kind: 'group', profile: { company: 'Acme' } });
    expect(group!.profile).not.toHaveProperty('name');
    expect(page).toMatchObject({ kind: 'page', page: { url: 'https://x.io/pricing', title: 'Pricing' } });
    expect(track).toMatchObject({ kind: 'event', event: 'Demo Requested' });
    expect(alias).toMatchObject({ kind: 'alias', person: { visitor: 'user:u2', alsoVisitor: 'user:u1' } });
  });
});

describe('what happened', () => {
  test('a page view says where, how long, which content and campaign', () => {
    const line = touch('page', {
      ...hit,
      userId: 'u1',
      name: 'Pricing',
      properties: { url: 'https://x.io/pricing?utm_campaign=autumn', dwell_seconds: 42, topic: 'pricing' },
      context: { page: { title: 'Prices', referrer: 'https://search.example/' }, userAgent: chrome },
    });

    expect(line).toEqual({
      type: 'touch-captured.v1',
      id: 'web:m1',
      source: 'web',
      kind: 'page',
      occurredAt: receivedAt,
      receivedAt,
      person: { visitor: 'anon:a1', alsoVisitor: 'user:u1' },
      page: {
        url: 'https://x.io/pricing?utm_campaign=autumn',
        title: 'Prices',
        referrer: 'https://search.example/',
        topic: 'pricing',
        dwellSeconds: 42,
      },
      campaign: 'autumn',
    });
  });

  describe('the link of a mail', () => {
    const lead = 'lead_0123456789abcdef';
    const address = `https://x.io/pricing?muster_lead=${lead}&utm_campaign=autumn#plans`;

    test('says by a trait whose browser it is', () => {
      expect(touch('identify', { ...hit, traits: { muster_lead: lead } }).person).toEqual({ visitor: 'anon:a1', lead });
    });

    test('says so by the address of a page as well, which is kept without it', () => {
      const said = touch('page', { ...hit, properties: { url: address, referrer: address } });
      const kept = 'https://x.io/pricing?utm_campaign=autumn#plans';
      expect(said).toMatchObject({ person: { lead }, page: { url: kept, referrer: kept }, campaign: 'autumn' });
      const { person, page } = touch('page', { ...hit, context: { page: { url: address } } });
      expect([person.lead, page?.url]).toEqual([lead, kept]);
    });

    test('is taken out of the address of anything else, and says nothing there', () => {
      for (const call of [{ type: 'track', event: 'Clicked' }, { type: 'group' }, { type: 'identify' }]) {
        const { person, page } = touch('batch', { batch: [{ ...call, ...hit, properties: { url: address } }] });
        expect([person.lead, page?.url]).toEqual([undefined, 'https://x.io/pricing?utm_campaign=autumn#plans']);
      }
    });

    test.each([
      'jo@acme.example',
      'lead_0123',
      'visitor_0123456789abcdef',
      '',
      7,
      null,
    ])('loses no hit by an id that is none: %j', (said) => {
      expect(touch('identify', { ...hit, traits: { muster_lead: said } }).person).toEqual({ visitor: 'anon:a1' });
      const url = `https://x.io/?muster_lead=${said}`;
      const { person, page } = touch('page', { ...hit, properties: { url } });
      expect([person, page?.url]).toEqual([{ visitor: 'anon:a1' }, 'https://x.io/']);
    });

    test('says nothing where privacy is asked for', () => {
      const { person, page } = touch('page', { ...hit, properties: { url: address } }, { 'sec-gpc': '1' });
      expect([person, page?.url]).toEqual([{ visitor: 'anon:a1' }, 'https://x.io/pricing?utm_campaign=autumn#plans']);
    });
  });

  test('traits fill the profile', () => {
    const traits = {
      email: 'jo@acme.example',
      firstName: 'Jo',
      lastName: 'Doe',
      name: 'Jo Doe',
      title: 'Head of IT',
      phone: 4930,
      company: { name: 'Acme', industry: 'Retail', employee_count: 850 },
      address: { country: 'DE' },
    };

    expect(touch('identify', { ...hit, traits })).toMatchObject({
      person: { email: 'jo@acme.example', visitor: 'anon:a1' },
      profile: {
        firstName: 'Jo',
        lastName: 'Doe',
        name: 'Jo Doe',
        jobTitle: 'Head of IT',
        phone: '4930',
        company: 'Acme',
        industry: 'Retail',
        employees: '850',
        country: 'DE',
      },
    });
  });

  test('the e-mail comes from the traits, the context or a user id that is one; never from a group', () => {
    expect(touch('track', { ...hit, event: 'X', context: { traits: { email: 'c@d.example' } } }).person.email).toBe(
      'c@d.example',
    );
    expect(touch('track', { ...hit, event: 'X', userId: 'u@d.example' }).person).toEqual({
      email: 'u@d.example',
      visitor: 'anon:a1',
      alsoVisitor: 'user:u@d.example',
    });
    expect(touch('identify', { ...hit, traits: { email: 'n/a' } }).person.email).toBeUndefined();
    expect(touch('group', { ...hit, traits: { email: 'info@acme.example' } }).person.email).toBeUndefined();
  });

  test('an alias tells a former anonymous id from a former user id', () => {
    const uuid = '567fff47-98e9-404d-82d4-36881af2134e';
    const alias = { userId: 'u2', messageId: 'm1' };

    expect(touch('alias', { ...alias, previousId: uuid }).person.alsoVisitor).toBe(`anon:${uuid}`);
    expect(touch('alias', { ...alias, previousId: 'a1', anonymousId: 'a1' }).person.alsoVisitor).toBe('anon:a1');
    expect(touch('alias', { ...alias, previousId: 'u1', anonymousId: 'a1' }).person).toEqual({
      visitor: 'user:u2',
      alsoVisitor: 'user:u1',
    });
  });

  test('ids the contract has no room for become digests, and the hit stays', () => {
    const line = touch('track', { event: 'X', anonymousId: 'has spaces', userId: 'x'.repeat(300), messageId: 'é' });

    expect(line.id).toMatch(/^web:sha256-[0-9a-f]{32}$/);
    expect(line.person.visitor).toMatch(/^anon:sha256-[0-9a-f]{32}$/);
    expect(line.person.alsoVisitor).toMatch(/^user:sha256-[0-9a-f]{32}$/);
    expect(touch('track', { event: 'X', anonymousId: 'has spaces' }).person.visitor).toBe(line.person.visitor);
  });

  test('texts are cut to the contract without splitting a character', () => {
    const line = touch('track', {
      ...hit,
      event: `${'e'.repeat(199)}🎉`,
      properties: {
        url: `https://x.io/${'p'.repeat(3_000)}`,
        title: 'a\nb\u0000c',
        dwellSeconds: 1e9,
        topic: { a: 1 },
      },
    });

    expect(line.event).toBe('e'.repeat(199));
    expect(line.page?.url).toHaveLength(2_000);
    expect(line.page).toMatchObject({ title: 'a b c', dwellSeconds: 86_400 });
    expect(line.page).not.toHaveProperty('topic');
  });

  test('what is no object prototype stays none', () => {
    const document: unknown = JSON.parse(
      '{"anonymousId":"a1","event":"X","__proto__":{"polluted":1},"traits":{"__proto__":{"email":"p@x.example"},"constructor":1}}',
    );

    expect(touch('track', document).person).toEqual({ visitor: 'anon:a1' });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('when it happened', () => {
  const at = (times: Record<string, string>) => touch('track', { ...hit, event: 'X', ...times }).occurredAt;

  test.each([
    [
      'a clock an hour behind',
      { timestamp: '2026-11-22T08:29:50.000Z', sentAt: '2026-11-22T08:30:00.000Z' },
      '2026-11-22T09:29:50.000Z',
    ],
    [
      'a clock a day ahead',
      { timestamp: '2026-11-23T09:29:00Z', sentAt: '2026-11-23T09:30:00Z' },
      '2026-11-22T09:29:00.000Z',
    ],
    [
      'a clock a little behind, which a retry must not move',
      { timestamp: '2026-11-22T09:25:00.000Z', sentAt: '2026-11-22T09:26:00.000Z' },
      '2026-11-22T09:25:00.000Z',
    ],
    ['an offset', { timestamp: '2026-11-22T10:00:00.123456+02:00' }, '2026-11-22T08:00:00.123Z'],
    [
      'the original time first',
      { timestamp: '2026-11-22T09:00:00Z', originalTimestamp: '2026-11-22T08:00:00Z' },
      '2026-11-22T08:00:00.000Z',
    ],
    ['no sending time', { timestamp: '2020-01-01T00:00:00Z' }, '2020-01-01T00:00:00.000Z'],
    ['the future', { timestamp: '2030-01-01T00:00:00Z' }, receivedAt],
    ['sent before it happened', { timestamp: '2026-11-22T09:00:00Z', sentAt: '2026-11-22T08:00:00Z' }, receivedAt],
    ['before time began', { timestamp: '0001-01-01T00:00:00Z' }, '1970-01-01T00:00:00.000Z'],
    ['nothing', {}, receivedAt],
  ])('%s', (_, times, expected) => {
    expect(at(times as Record<string, string>)).toBe(expected);
  });

  test('a batch may say once when it was sent', () => {
    const batch = [{ ...hit, type: 'track', event: 'X', timestamp: '2026-11-22T08:29:50Z' }];

    expect(touch('batch', { batch, sentAt: '2026-11-22T08:30:00Z' }).occurredAt).toBe('2026-11-22T09:29:50.000Z');
  });
});

describe('an id for a call without one', () => {
  const bare = {
    anonymousId: 'a1',
    event: 'X',
    timestamp: '2026-11-22T09:00:00Z',
    properties: { a: 1, b: [{ c: 2, d: 3 }] },
  };

  test('is the same when it is sent again, whatever the order of keys', () => {
    const again = { ...bare, properties: { b: [{ d: 3, c: 2 }], a: 1 }, sentAt: '2026-11-22T09:10:00Z' };

    expect(touch('track', again).id).toBe(touch('track', bare).id);
    expect(touch('track', { ...bare, event: 'Y' }).id).not.toBe(touch('track', bare).id);
  });

  test('without a time tells equal calls apart by where they came in', () => {
    const timeless = { anonymousId: 'a1', type: 'page' };
    const [first, second] = touches('batch', { batch: [timeless, timeless] });

    expect(first!.id).not.toBe(second!.id);
    expect(touches('batch', { batch: [timeless, timeless] })[0]!.id).toBe(first!.id);
  });

  test('survives nesting as deep as a body can be', () => {
    const deep: unknown = JSON.parse(
      `{"event":"X","anonymousId":"a","properties":{"p":${'['.repeat(30_000)}${']'.repeat(30_000)}}}`,
    );

    expect(touch('track', deep).id).toMatch(/^web:sha256-/);
  });
});

describe('machines and privacy', () => {
  test.each([
    ['a crawler', { 'user-agent': googlebot }],
    ['a prefetch', { 'sec-purpose': 'prefetch;prerender' }],
    ['an older prefetch', { purpose: 'prefetch' }],
  ])('%s is kept and flagged', (_, headers) => {
    expect(touch('page', hit, headers).flag).toBe('bot');
  });
  test("a crawler's agent in the context counts before the server's that passes it on", () => {
    expect(touch('page', { ...hit, context: { userAgent: googlebot } }, { 'user-agent': 'node' }).flag).toBe('bot');
    expect(touch('page', { ...hit, context: { userAgent: chrome } }, { 'user-agent': googlebot }).flag).toBeUndefined();
  });
  test('Global Privacy Control leaves a single name, and none beside an e-mail', () => {
    const gpc = { 'sec-gpc': '1' };

    expect(touch('page', { ...hit, userId: 'u1' }, gpc).person).toEqual({ visitor: 'user:u1' });
    expect(touch('page', hit, gpc)).toMatchObject({ person: { visitor: 'anon:a1' }, optOut: 'gpc' });
    expect(touch('page', hit).optOut).toBeUndefined();
    expect(touch('identify', { ...hit, traits: { email: 'jo@acme.example' } }, gpc).person).toEqual({
      email: 'jo@acme.example',
    });
    expect(touch('alias', { userId: 'u2', previousId: 'u1' }, gpc).person).toEqual({ visitor: 'user:u2' });
  });
});

describe('refusals', () => {
  test('name each field of each item', () => {
    expect(
      problems('batch', {
        batch: [
          { type: 'page', anonymousId: 'a1' },
          { type: 'track', anonymousId: 'a1' },
          { type: 'score', anonymousId: 'a1' },
          { type: 'page', anonymousId: 'a1', timestamp: 'yesterday' },
          { type: 'page' },
          { type: 'alias', userId: 'u1' },
          { type: 'page', anonymousId: {}, traits: 'x', properties: [] },
          'page',
        ],
      }),
    ).toEqual([
      'batch[1].event',
      'batch[2].type',
      'batch[3].timestamp',
      'batch[4].userId',
      'batch[5].previousId',
      'batch[6].anonymousId',
      'batch[6].traits',
      'batch[6].properties',
      'batch[7]',
    ]);
    expect(problems('track', { ...hit, timestamp: '2026-02-30T00:00:00Z', event: 'X' })).toEqual(['timestamp']);
    expect(problems('batch', { batch: [] })).toEqual(['batch']);
    expect(problems('batch', {})).toEqual(['batch']);
    expect(problems('track', [])).toEqual(['body']);
    expect(problems('track', null)).toEqual(['body']);
  });

  test('null counts as not given', () => {
    expect(touch('page', { ...hit, userId: null, timestamp: null, traits: null, context: null }).person).toEqual({
      visitor: 'anon:a1',
    });
  });

  test('a hundred calls are the most', () => {
    const batch = (length: number) => ({
      batch: Array.from({ length }, (_, n) => ({ ...hit, type: 'page', messageId: `m${n}` })),
    });

    expect(touches('batch', batch(100))).toHaveLength(100);
    expect(read('batch', batch(101))).toEqual({ tooMany: 101 });
  });
});
