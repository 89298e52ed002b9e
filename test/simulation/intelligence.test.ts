// People of several companies over some weeks, through the whole system: who they are, what speaks for them, whom nobody may
// sell to, and what their companies come to. Each part is one requirement on the real path.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import type { TouchCaptured } from '../../events/touch-captured.v1.ts';
import { accountIdOfCrm, accountIdOfDomain, leadIdOfEmail } from '../../lib/domain/ids.ts';
import { type Playbook, type PlaybookInput, playbook } from '../../lib/domain/playbook/playbook.ts';
import { readHits } from '../../lib/sources/segment.ts';
import { allOf } from '../../lib/table/items.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { crm, touch } from './lines.ts';
import { openWorld, type World } from './world.ts';

const signals: PlaybookInput['signals'] = {
  demo: {
    label: 'Asked for a demo',
    match: { form: 'demo-request' },
    points: 60,
    cap: 60,
    highValue: true,
    dimension: 'need',
  },
  'this-quarter': {
    label: 'Buys this quarter',
    match: { form: 'demo-request', answer: { field: 'timeframe', is: 'this-quarter' } },
    points: 20,
    count: 'once',
    dimension: 'timeframe',
  },
  pricing: {
    label: 'Read the pricing page',
    match: { url: '*/pricing*' },
    points: 10,
    capPerDay: 20,
    cap: 40,
    halfLifeDays: 14,
  },
  guide: {
    label: 'Read a guide',
    match: { url: '*/guides/*' },
    points: 4,
    count: 'per-content',
    dimension: 'interest',
  },
  shield: {
    label: 'Looked at Shield',
    match: { url: '*/shield*' },
    points: 5,
    count: 'per-day',
    cap: 20,
    dimension: 'interest',
  },
  careers: { label: 'Read careers pages', match: { url: '*/careers*' }, points: 1, capPerDay: 3 },
};

const rules: Playbook = (() => {
  const base = testPlaybook({
    signals,
    personas: {
      buyer: { label: 'Economic buyer', seniority: ['c-level', 'vp', 'director'] },
      expert: { label: 'Expert', function: ['it', 'security', 'engineering'] },
    },
    productLines: { shield: { label: 'Shield', signals: ['shield'] } },
    models: {
      shield: { label: 'Shield', productLines: ['shield'], signals: { shield: { points: 15 } } },
      everybody: { label: 'Everybody' },
    },
    strong: { timeframe: 20 },
    suppression: {
      students: { label: 'Student', titles: ['student'], factor: 0.2 },
      rivals: { label: 'Competitor', domains: ['rival.example'] },
      applicants: { label: 'Job seeker', share: { signal: 'careers', atLeast: 0.5, touches: 3 } },
    },
    account: {
      company: { weight: 0.5 },
      thresholds: {
        'two-on-pricing': { label: 'Two people on pricing', signals: ['pricing'], people: 2, within: 5 },
      },
      buyingGroup: ['buyer', 'expert'],
    },
  });
  return { ...playbook.parse(base), version: undefined };
})();

let count = 0;
const page = (email: string, day: string, path: string): TouchCaptured => {
  count += 1;
  return touch({
    id: `t${count}`,
    occurredAt: `2026-11-${day}T09:00:00.000Z`,
    person: { email },
    page: { url: `https://www.seller.example${path}` },
  });
};
const asked = (email: string, day: string, answers: Record<string, string> = {}): TouchCaptured => {
  count += 1;
  return touch({
    id: `t${count}`,
    occurredAt: `2026-11-${day}T10:00:00.000Z`,
    source: 'form',
    kind: 'form',
    person: { email },
    form: { id: 'demo-request', answers: { email, ...answers } },
  });
};
const titled = (email: string, jobTitle: string): TouchCaptured => {
  count += 1;
  return touch({
    id: `t${count}`,
    occurredAt: '2026-11-02T08:00:00.000Z',
    kind: 'identify',
    person: { email },
    profile: { jobTitle },
  });
};

/** What the tracker sends of somebody who says who they are and reads these pages, each with a look into another tab. */
function browsed(userId: string, paths: readonly string[]): readonly Captured[] {
  const hits = paths.flatMap((path, n) => {
    const url = `https://www.seller.example${path}`;
    const hit = (name: string, second: number, call: object) => ({
      ...{ anonymousId: 'ann', messageId: `${n}-${name}`, timestamp: `2026-11-18T09:0${n}:${second}.000Z` },
      ...call,
    });
    const left = { type: 'track', event: 'Page Left', properties: { url, dwell_seconds: 15 } };
    return [
      hit('page', 10, { type: 'page', properties: { url } }),
      hit('hidden', 25, left),
      hit('left', 55, left),
      hit('identify', 56, { type: 'identify', userId }),
    ];
  });
  const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/142.0.0.0 Safari/537.36' };
  const now = Date.parse('2026-11-18T09:10:00.000Z');
  const reading = readHits({ path: 'batch', document: { batch: hits }, headers, requestId: 'r', now });
  if (!('lines' in reading)) throw new Error(JSON.stringify(reading));
  return reading.lines;
}

const lines: Captured[] = [
  // Acme, a customer: two people look at prices within a week; its expert is interested in Shield.
  crm('acme', '2026-11-01T08:00:00.000Z', {
    object: 'account',
    externalId: 'A',
    name: 'Acme Ltd',
    domains: ['acme.example'],
    employees: 900,
    ownerEmail: 'ada@seller.example',
  }),
  crm('contract', '2026-11-01T08:00:00.000Z', {
    object: 'contract',
    externalId: 'K',
    accountExternalId: 'A',
    startsAt: '2026-01-01T00:00:00.000Z',
    endsAt: '2026-11-29T00:00:00.000Z',
  }),
  titled('bea@acme.example', 'VP Procurement'),
  titled('cyd@acme.example', 'Security Engineer'),
  page('bea@acme.example', '16', '/pricing'),
  page('bea@acme.example', '17', '/guides/one'),
  page('bea@acme.example', '18', '/guides/one'),
  page('bea@acme.example', '18', '/guides/two'),
  page('cyd@acme.example', '18', '/pricing'),
  page('cyd@acme.example', '18', '/shield'),
  page('cyd@acme.example', '19', '/shield'),
  page('cyd@acme.example', '19', '/shield/docs'),
  // Others, each on their own.
  titled('sam@uni.example', 'Student'),
  asked('sam@uni.example', '18'),
  titled('rex@rival.example', 'CEO'),
  asked('rex@rival.example', '18', { timeframe: 'this-quarter' }),
  ...['/careers', '/careers/one', '/careers/two', '/pricing'].map((path) => page('joe@search.example', '18', path)),
  asked('tim@thrift.example', '18', { timeframe: 'this-quarter' }),
  ...browsed('ann@hopes.example', ['/careers', '/careers/one', '/careers/two', '/pricing']),
];

let world: World;
const lead = (email: string) =>
  allOf('lead-assessment', world.items()).find(
    ({ assessment, gone }) => !gone && assessment.leadId === leadIdOfEmail(email),
  )!.assessment;
const account = (id: string) =>
  allOf('account-assessment', world.items()).find(({ accountId }) => accountId === id)!.assessment;
const acme = accountIdOfCrm('crm', 'A');

beforeAll(async () => {
  world = await openWorld('2026-11-19T12:00:00.000Z', { playbook: rules });
  await world.deliver(lines);
});
afterAll(() => world.close());

describe('a lead', () => {
  it('shows its dimensions beside the total, which is the sum of its parts', () => {
    const { score, parts } = lead('bea@acme.example');
    expect(parts.map(({ rule, dimension, points, count }) => [rule, dimension, points, count])).toEqual([
      ['pricing', 'engagement', 9, 1],
      ['guide', 'interest', 8, 3],
    ]);
    expect(score).toBe(17);
  });

  it('is scored by each model it falls under, and the playbook says which one speaks', () => {
    expect(lead('cyd@acme.example')).toMatchObject({
      model: { id: 'shield', version: 1 },
      score: 30,
      productLines: ['shield'],
      personas: ['expert'],
      others: [{ model: 'everybody', score: 20 }],
    });
    expect(lead('bea@acme.example').model.id).toBe('everybody');
    expect(lead('bea@acme.example').others).toBeUndefined();
  });

  it('that is not to be sold to says why, and what its score was', () => {
    expect(lead('sam@uni.example')).toMatchObject({
      score: 12,
      suppressed: {
        before: 60,
        points: -48,
        factor: 0.2,
        rules: [{ rule: 'students', why: 'the job title is Student' }],
      },
    });
    expect(lead('rex@rival.example')).toMatchObject({ score: 0, status: 'Nurture', suppressed: { before: 80 } });
    expect(lead('joe@search.example').suppressed?.rules).toEqual([
      { rule: 'applicants', label: 'Job seeker', why: '3 of 4 touches are: Read careers pages' },
    ]);
  });

  it('is told by what they did, not by how often a browser says that they stayed or who they are', () => {
    expect(lead('ann@hopes.example').parts.map(({ rule, count }) => [rule, count])).toEqual([
      ['pricing', 1],
      ['careers', 3],
    ]);
    expect(lead('ann@hopes.example').suppressed?.rules).toEqual([
      { rule: 'applicants', label: 'Job seeker', why: '3 of 4 touches are: Read careers pages' },
    ]);
  });

  it('qualifies by a high-value action with enough fit, and says so in a sentence', () => {
    expect(lead('tim@thrift.example')).toMatchObject({
      status: 'Qualified',
      level: 'MQL',
      reason: 'Asked for a demo on 2026-11-18; fit C.',
    });
    expect(lead('sam@uni.example').level).toBeUndefined();
  });
});

describe('an account', () => {
  it('adds up what its people, its company and its caps come to', () => {
    const { score, parts, companyFit } = account(acme);
    expect(parts.map(({ kind, label, points }) => [kind, label, points])).toEqual([
      ['member', 'cyd@acme.example', 30],
      ['member', 'bea@acme.example', 17],
      ['company', 'Company fit A', 10],
    ]);
    expect(score).toBe(57);
    expect(companyFit).toBe('A');
  });

  it('knows who of the buying group is there', () => {
    expect(account(acme).buyingGroup).toMatchObject([
      { persona: 'buyer', covered: true, people: [{ name: 'bea@acme.example', engaged: true }] },
      { persona: 'expert', covered: true, people: [{ name: 'cyd@acme.example' }] },
    ]);
  });

  it('reaches its thresholds on recency, frequency and significance, and its owner is told once', async () => {
    expect(account(acme).reached).toMatchObject([
      { id: 'two-on-pricing', since: '2026-11-18T09:00:00.000Z', until: '2026-11-23T00:00:00.000Z', peopleCount: 2 },
    ]);
    const mails = () =>
      world.embedded.mailer.outbox().filter(({ subject }) => subject === 'Account: Acme Ltd, Two people on pricing');
    expect(mails().map(({ to }) => to)).toEqual(['ada@seller.example']);
    await world.deliver([page('bea@acme.example', '19', '/pricing')]);
    expect(mails()).toHaveLength(1);
  });

  it('that is a customer goes on being scored: what is read meanwhile raises a score, and asking engages it', async () => {
    expect(account(acme).status).toBe('Customer');
    const before = lead('bea@acme.example').score;
    await world.deliver([page('bea@acme.example', '19', '/guides/three')]);
    expect(lead('bea@acme.example').score).toBe(before + 4);
    await world.deliver([asked('bea@acme.example', '19')]);
    expect(account(acme).status).toBe('Customer Engaged');
  });

  it('one with many engaged people is one account with one rep', () => {
    const reps = allOf('assignment', world.items()).filter(
      ({ accountId }) => accountId === accountIdOfDomain('thrift.example'),
    );
    expect(reps).toHaveLength(1);
  });
});

describe('time alone', () => {
  it('takes a threshold back, ends a contract and wears points away, each on its day', async () => {
    await world.advanceTo('2026-11-30T12:00:00.000Z');
    expect(account(acme).reached).toBeUndefined();
    expect(account(acme).status).not.toBe('Customer Engaged');
    expect(lead('cyd@acme.example').parts.find(({ rule }) => rule === 'pricing')?.points).toBeLessThan(10);
  });
});
