// What the console shows of scores, on the way they really come about: captured, folded, assessed, read.
import { afterEach, describe, expect, it } from 'vitest';
import { accountIdOfCrm, accountIdOfDomain } from '../../lib/domain/ids.ts';
import type { PlaybookInput } from '../../lib/domain/playbook/playbook.ts';
import { readAccount } from '../../lib/steps/read-accounts.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { crm, demoRequest, pageView, touch } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';

const now = '2026-11-20T09:00:00.000Z';
const at = (time: string): string => `2026-11-20T${time}:00.000Z`;
const acme = accountIdOfCrm('crm', 'acme');
let world: World;
afterEach(() => world.close());

const open = async (changes: Partial<PlaybookInput> = {}): Promise<void> => {
  world = await openWorld(now, { playbook: testPlaybook(changes) });
  const facts = { name: 'Acme Ltd', domains: ['acme.example'], employees: 850 };
  await world.deliver([crm('acme', at('07:00'), { object: 'account', externalId: 'acme', ...facts })]);
};
const view = async (accountId = acme) =>
  (await readAccount({ ...world.embedded, playbook: world.playbook }, accountId))!;
const sumOf = (parts: readonly { points: number }[]): number => parts.reduce((sum, { points }) => sum + points, 0);

const ask = (id: string, email: string, jobTitle: string, visitor?: string) =>
  demoRequest(id, at('08:00'), email, {
    person: { email, ...(visitor !== undefined && { visitor }) },
    profile: { firstName: id, jobTitle },
  });

describe('a lead', () => {
  it('comes with model, level, letters and dimensions, and each part with the touches behind it', async () => {
    await open();
    await world.deliver([
      pageView('v', at('07:30'), 'anon:1', '/pricing'),
      ask('Bea', 'bea@acme.example', 'Head', 'anon:1'),
    ]);
    const [lead] = (await view()).leads;

    expect(lead).toMatchObject({
      level: 'MQL',
      model: { id: 'standard', label: 'Test', version: 1 },
      grade: 'A1',
      score: 71,
      ...{ personFit: 'A', companyFit: 'A', missing: [], scoreIncludesFit: false, suppressed: null, standsOut: [] },
      dimensions: { engagement: 71, interest: 0, need: 0, budget: 0, authority: 0, timeframe: 0 },
    });
    expect(sumOf(lead!.parts)).toBe(71);
    expect(sumOf(lead!.fitParts)).toBe(lead!.fitPoints);
    const behind = lead!.parts.map(({ rule, count }) => {
      const touches = lead!.touches.filter(({ signals }) => signals.includes(rule)).map(({ id }) => id);
      return [rule, count, touches];
    });
    expect(behind).toEqual([
      ['demo-request', 1, ['Bea']],
      ['pricing', 1, ['v']],
      ['any-page', 1, ['v']],
    ]);
  });

  it('is shown with a machine’s touches beside its own, feeding nothing', async () => {
    await open();
    const flagged = { ...pageView('bot', at('07:45'), 'anon:1', '/pricing'), flag: 'bot' as const };
    await world.deliver([flagged, ask('Bea', 'bea@acme.example', 'Head', 'anon:1')]);
    const [lead] = (await view()).leads;

    expect(lead!.touches.map(({ id, flag, signals }) => [id, flag, signals])).toEqual([
      ['Bea', null, ['demo-request']],
      ['bot', 'bot', []],
    ]);
    expect(lead!.parts.map(({ rule }) => rule)).toEqual(['demo-request']);
  });

  it('keeps the last touches of every part in sight, however much was read since', async () => {
    await open();
    const pages = Array.from({ length: 70 }, (_, n) =>
      pageView(
        `p${n}`,
        `2026-11-20T08:${String(n % 60).padStart(2, '0')}:${n < 60 ? '10' : '20'}.000Z`,
        'anon:1',
        `/p${n}`,
      ),
    );
    await world.deliver([ask('Bea', 'bea@acme.example', 'Head', 'anon:1'), ...pages]);
    const [lead] = (await view()).leads;

    expect(lead!.touches).toHaveLength(50);
    expect(lead!.touches.map(({ id }) => id)).toContain('Bea');
    const moments = lead!.touches.map(({ occurredAt }) => occurredAt);
    expect(moments).toEqual(moments.toSorted().reverse());
  });

  it('says what suppression left of how much, and why', async () => {
    await open({
      suppression: { students: { label: 'Student', titles: ['student'], factor: 0.2 } },
      scoreIncludesFit: true,
    });
    await world.deliver([ask('Di', 'di@acme.example', 'Student of Law')]);
    const [lead] = (await view()).leads;

    expect(lead).toMatchObject({
      score: 9,
      ...{ level: null, scoreIncludesFit: true, fitPoints: -15 },
      suppressed: {
        ...{ before: 45, points: -36, factor: 0.2 },
        rules: [{ label: 'Student', why: 'the job title is Student of Law' }],
      },
    });
    expect(sumOf(lead!.parts) + lead!.fitPoints + lead!.suppressed!.points).toBe(lead!.score);
  });

  it('names personas, product lines and the other models as the playbook does, and what nobody knows', async () => {
    await open({
      personas: { leader: { label: 'Leads', title: 'head' } },
      productLines: { vault: { label: 'Vault', signals: ['pricing'] } },
      models: {
        leaders: { label: 'Who leads', personas: ['leader'], signals: { pricing: { points: 20 } } },
        everybody: { label: 'Everybody' },
      },
      fit: {
        regulated: { label: 'Regulated', of: 'company', field: 'industry', contains: ['bank'], points: 50 },
        large: { label: 'Large', of: 'company', field: 'employees', atLeast: 500, points: 50 },
      },
      strong: { engagement: 10 },
      grades: { fit: { A: 100, B: 80, C: 60 }, engagement: { 1: 90, 2: 60, 3: 10 } },
    });
    const reader = { email: 'bea@acme.example', visitor: 'anon:1' };
    await world.deliver([
      pageView('v', at('07:30'), 'anon:1', '/pricing'),
      touch({ id: 'n', occurredAt: at('08:00'), kind: 'form', person: reader, profile: { jobTitle: 'Head' } }),
    ]);
    const { account, leads } = await view();

    expect(leads[0]).toMatchObject({
      model: { id: 'leaders', label: 'Who leads', version: 1 },
      personas: [{ id: 'leader', label: 'Leads' }],
      productLines: [{ id: 'vault', label: 'Vault' }],
      others: [{ model: 'everybody', label: 'Everybody', grade: 'D3', score: 11 }],
      missing: ['industry'],
      standsOut: [{ dimension: 'engagement', points: 21 }],
    });
    expect(account).toMatchObject({ companyFit: 'B', companyMissing: ['industry'] });
  });
});

describe('an account', () => {
  it('is the sum of its parts: people, unknown visitors of its network, company and activity', async () => {
    await open({
      networks: { acme: { domain: 'acme.example', ranges: ['203.0.113.0/24'] } },
      account: { company: { weight: 0.5 }, activity: { weight: 2, days: 5 }, members: { cap: 40 } },
    });
    await world.deliver([
      ask('Bea', 'bea@acme.example', 'Head'),
      { ...pageView('x', at('07:00'), 'anon:9', '/pricing'), ip: '203.0.113.7' },
    ]);
    const { account, leads } = await view();

    expect(account.parts).toEqual([
      expect.objectContaining({ kind: 'member', label: 'Bea', points: 40, of: 60, trimmed: 20 }),
      expect.objectContaining({ kind: 'anonymous', label: '1 anonymous visitor', points: 6, of: 11, weight: 0.5 }),
      expect.objectContaining({ kind: 'company', label: 'Company fit A', points: 10, of: 20, weight: 0.5 }),
      expect.objectContaining({ kind: 'activity', points: 4, of: 2, weight: 2 }),
    ]);
    expect(sumOf(account.parts)).toBe(account.score);
    expect(account).toMatchObject({ anonymousVisitors: 1, companyFit: 'A', companyMissing: [], version: 1 });
    expect(sumOf(account.companyFitParts)).toBe(20);
    expect(leads).toHaveLength(1);
  });

  it('tells what it reached, who of the buying group is there, and when time alone may change that', async () => {
    await open({
      personas: { leader: { label: 'Leads', title: 'head' }, user: { label: 'Uses', title: 'analyst' } },
      account: {
        buyingGroup: ['leader', 'user'],
        thresholds: { two: { label: 'Two ask', signals: ['demo-request'], people: 2, within: 3 } },
      },
    });
    await world.deliver([ask('Bea', 'bea@acme.example', 'Head of IT'), ask('Cy', 'cy@acme.example', 'Buyer')]);
    const { account, events } = await view();

    expect(account.reached).toMatchObject([{ label: 'Two ask', people: ['Bea', 'Cy'], since: at('08:00') }]);
    expect(account.buyingGroup).toMatchObject([
      { label: 'Leads', covered: true, people: [{ name: 'Bea', engaged: true }] },
      { label: 'Uses', covered: false, people: [] },
    ]);
    expect(account.nextChangeAt).toBe('2026-11-25T00:00:00.000Z');
    expect(account.reached[0]!.until).toBe(account.nextChangeAt);
    expect(events).toContainEqual(expect.objectContaining({ type: 'account-threshold-reached.v1', what: 'Two ask' }));
  });

  it('tells of a surge: since when, until when, and who caused it', async () => {
    await open();
    const signUp = (day: string, name: string) =>
      touch({
        ...{
          id: `${day}:${name}`,
          occurredAt: `2026-${day}T08:00:00.000Z`,
          kind: 'form',
          profile: { firstName: name },
        },
        ...{ person: { email: `${name}@acme.example` }, form: { id: 'newsletter', answers: {} } },
      });
    const people = Array.from({ length: 20 }, (_, n) => `person${n}`);
    await world.deliver([
      ...['10-14', '10-21', '10-28', '11-04', '11-11'].map((day) => signUp(day, 'person0')),
      ...people.map((name) => signUp('11-19', name)),
    ]);
    const { account, events } = await view();

    expect(account.surge).toMatchObject({ since: '2026-11-19', endsAt: '2026-11-26', standing: true, people: 20 });
    expect(account.surge!.causes[0]).toMatchObject({ label: 'Subscribed', touches: 1 });
    expect(events).toContainEqual(expect.objectContaining({ type: 'account-surged.v1' }));
  });

  it('without company, CRM or rules is told without what it has not', async () => {
    await open({ fit: {} });
    await world.deliver([demoRequest('x', at('08:00'), 'x@other.example')]);

    expect((await view(accountIdOfDomain('other.example'))).account).toMatchObject({
      ...{ companyFit: null, companyFitParts: [], companyMissing: [], reached: [], surge: null, buyingGroup: [] },
      ...{ anonymousVisitors: 0, nextChangeAt: null },
    });
  });
});
