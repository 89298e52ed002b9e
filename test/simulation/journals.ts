// Journals nobody would think of: few people, browsers, records and companies, so that everything meets everything, at
// moments few enough that ties are common.
import fc from 'fast-check';
import type { LeadAction } from '../../events/action-captured.v1.ts';
import type { Captured } from '../../events/catalogue.ts';
import type { CrmChange } from '../../events/crm-change-captured.v1.ts';
import type { TouchCaptured } from '../../events/touch-captured.v1.ts';
import { accountIdOfCrm, leadIdOfCrmPerson, leadIdOfEmail, leadIdOfVisitor } from '../../lib/domain/ids.ts';
import { act, crm, decide, decideMatch, touch } from './lines.ts';

export const firstMoment = Date.parse('2026-10-19T08:00:00.000Z');
const hour = 3_600_000;
/** Over five weeks, the end of daylight saving among them. */
export const lastMoment = firstMoment + 35 * 24 * hour;

const moment = fc
  .oneof(
    fc.integer({ min: 0, max: 35 * 24 }),
    fc.integer({ min: 0, max: 9 }).map((n) => n * 80),
  )
  .map((hours) => new Date(firstMoment + hours * hour).toISOString());

const emails = [
  'bea@acme.example',
  'BEA@Acme.example ',
  'ben@sales.acme.example',
  'cyd@globex.example',
  'dan@gmail.com',
  'eve@mailinator.com',
];
const email = fc.constantFrom(...emails);
const visitor = fc.constantFrom('anon:1', 'anon:2', 'anon:3', 'anon:4', 'user:7', 'user:8');
/** Two addresses of acme.example's networks, one of Globex's within it, one of nobody's; the test playbook has the ranges. */
const ip = fc.option(fc.constantFrom('203.0.113.7', '2001:db8:ac::7', '203.0.113.200', '198.51.100.7'), {
  nil: undefined,
  freq: 2,
});
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
/** `fc.option` leaves out one in `freq`, this all but one in six. */
const seldom = <Value>(value: fc.Arbitrary<Value>) => fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, value);
const externalAccount = fc.constantFrom('A', 'B', 'C');

const profile = maybe(
  fc.record(
    {
      firstName: fc.constantFrom('Bea', 'Béa', ' '),
      jobTitle: fc.constantFrom('Head of IT', 'Student', 'Analyst'),
      company: fc.constantFrom('Acme', 'Globex', 'Acme Bearings Ltd.', 'Bearings of Acme', 'ACME'),
      country: fc.constantFrom('Germany', 'UK'),
      employees: fc.constantFrom('20', '900'),
    },
    { requiredKeys: [] },
  ),
);

type Content = Omit<TouchCaptured, 'type' | 'id' | 'occurredAt' | 'receivedAt'>;

const form: fc.Arbitrary<Content> = fc.record({
  source: fc.constant('form'),
  kind: fc.constant('form' as const),
  person: fc.record({ email, visitor: maybe(visitor) }),
  profile,
  consent: maybe(fc.record({ marketing: fc.boolean() })),
  form: fc.record({ id: fc.constantFrom('demo-request', 'newsletter'), answers: fc.constant({}) }),
  ip,
  flag: seldom(fc.constantFrom('bot' as const, 'spam' as const)),
});
const hit: fc.Arbitrary<Content> = fc.record({
  source: fc.constant('web'),
  kind: fc.constant('page' as const),
  person: fc.record({ visitor: maybe(visitor), alsoVisitor: maybe(visitor) }),
  page: fc.record({ url: fc.constantFrom('https://s.example/pricing', 'https://s.example/') }),
  ip,
  flag: seldom(fc.constant('bot' as const)),
});
/** Names of one visitor, without an address: chains, cycles and both ways round. */
const alias: fc.Arbitrary<Content> = fc.record({
  source: fc.constant('web'),
  kind: fc.constant('alias' as const),
  person: fc.record({ visitor, alsoVisitor: visitor }),
});
const identify: fc.Arbitrary<Content> = fc.record({
  source: fc.constant('web'),
  kind: fc.constant('identify' as const),
  person: fc.record({
    email: fc.oneof({ weight: 9, arbitrary: email }, fc.constant('nobody')),
    visitor,
    alsoVisitor: maybe(visitor),
  }),
  profile,
});
/** A mail opened, by whom it was sent to or by somebody else, of leads that are never heard of by name among them. */
const mailOpened: fc.Arbitrary<Content> = fc.record({
  source: fc.constant('web'),
  kind: fc.constantFrom('identify' as const, 'page' as const),
  person: fc.record({
    visitor,
    alsoVisitor: seldom(visitor),
    lead: fc.constantFrom(
      ...['bea@acme.example', 'cyd@globex.example', 'dan@gmail.com', 'fay@new.example'].map(leadIdOfEmail),
    ),
    email: seldom(email),
  }),
  ip,
  flag: seldom(fc.constant('bot' as const)),
});
const webinar: fc.Arbitrary<Content> = fc.record({
  source: fc.constant('list'),
  kind: fc.constant('webinar' as const),
  person: fc.record({ email }),
  profile,
});

const repEmail = maybe(fc.constantFrom('ada@seller.example', 'zoe@seller.example', 'no address', ''));

const change: fc.Arbitrary<CrmChange> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      object: fc.constant('person' as const),
      externalId: fc.constantFrom('p1', 'p2', 'p3'),
      mergedInto: seldom(fc.constantFrom('p1', 'p2', 'p3', null)),
      deleted: seldom(fc.boolean()),
      unsubscribed: seldom(fc.boolean()),
      email: maybe(email),
      accountExternalId: fc.option(externalAccount, { nil: undefined, freq: 2 }),
      profile,
      stage: maybe(
        fc.constantFrom(
          'open',
          'working',
          'nurture',
          'disqualified',
          'partner',
          'no-longer-with-company',
        ) as fc.Arbitrary<'open'>,
      ),
      crmStage: maybe(fc.constantFrom('Attempting', 'Nurturing', 'Odd')),
      ownerEmail: repEmail,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      object: fc.constant('account' as const),
      externalId: externalAccount,
      name: maybe(fc.constantFrom('Acme Ltd', 'Globex SE', 'Acme Bearings', 'Acme Bearings GmbH')),
      country: fc.option(fc.constantFrom('DE', 'GB'), { nil: undefined, freq: 2 }),
      parentExternalId: fc.option(fc.oneof(externalAccount, fc.constant(null)), { nil: undefined, freq: 2 }),
      mergedInto: seldom(fc.oneof(externalAccount, fc.constant(null))),
      deleted: seldom(fc.boolean()),
      domains: maybe(
        fc.uniqueArray(fc.constantFrom('acme.example', 'www.Globex.example', 'gmail.com'), { maxLength: 3 }),
      ),
      ownerEmail: repEmail,
      employees: maybe(fc.constantFrom(20, 900)),
      standing: fc.option(fc.constantFrom('disqualified' as const, 'partner' as const, null), {
        nil: undefined,
        freq: 2,
      }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      object: fc.constant('opportunity' as const),
      externalId: fc.constantFrom('o1', 'o2'),
      accountExternalId: maybe(externalAccount),
      primaryContactEmail: maybe(email),
      contacts: maybe(
        fc.array(
          fc.record({
            externalId: fc.constantFrom('p1', 'p2', 'p3'),
            is: fc.constantFrom('primary' as const, 'other' as const, 'none' as const),
          }),
          { minLength: 1, maxLength: 2 },
        ),
      ),
      state: maybe(fc.constantFrom('open' as const, 'won' as const, 'lost' as const)),
      crmStage: maybe(fc.constantFrom('proposal', 'signature')),
      deleted: seldom(fc.boolean()),
      renewal: maybe(fc.boolean()),
      worked: maybe(fc.boolean()),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      object: fc.constant('contract' as const),
      externalId: fc.constantFrom('c1', 'c2'),
      accountExternalId: externalAccount,
      startsAt: maybe(moment),
      endsAt: maybe(moment),
      draft: maybe(fc.boolean()),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      object: fc.constant('activity' as const),
      externalId: fc.constantFrom('v1', 'v2', 'v3'),
      personEmail: fc.oneof({ weight: 9, arbitrary: email }, fc.constantFrom('nobody', undefined)),
      personExternalId: maybe(fc.constantFrom('p1', 'p3')),
      kind: fc.constantFrom('call' as const, 'email' as const, 'meeting' as const),
    }),
  },
);

/** By address or id, of people, browsers and records; some of nobody. */
const side = fc.oneof(
  { weight: 4, arbitrary: email },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...['bea@acme.example', 'cyd@globex.example', 'dan@gmail.com'].map(leadIdOfEmail),
      ...['anon:1', 'user:7'].map(leadIdOfVisitor),
      leadIdOfCrmPerson('crm', 'p1'),
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('nobody', leadIdOfEmail('fay@new.example')) },
);
const decision = fc.record({
  decision: fc.constantFrom('merge' as const, 'merge' as const, 'separate' as const),
  a: side,
  b: side,
});

/** Whose a lead is, and what a name or a domain means. */
const matchDecision = fc
  .record({
    decision: fc.constantFrom('assign' as const, 'assign' as const, 'dismiss' as const, 'undo' as const),
    lead: fc.oneof({ weight: 6, arbitrary: email }, fc.constantFrom('nobody', leadIdOfEmail('dan@gmail.com'))),
    accountId: externalAccount.map((id) => accountIdOfCrm('crm', id)),
    company: maybe(fc.constantFrom('Acme', 'Bearings of Acme')),
    country: fc.option(fc.constantFrom('DE', 'GB'), { nil: undefined, freq: 2 }),
    domain: fc.option(fc.constantFrom('acme.example', 'globex.example', 'gmail.com'), { nil: undefined, freq: 2 }),
  })
  // Only who is assigned has an account.
  .map(({ accountId, ...given }) => (given.decision === 'assign' ? { ...given, accountId } : given));

/** What sellers said they did, by link or command: of people by address or id, and of who is none. */
const action = fc.record({
  lead: fc.oneof(
    { weight: 6, arbitrary: email },
    fc.constantFrom('nobody', leadIdOfEmail('dan@gmail.com'), leadIdOfVisitor('anon:1')),
  ),
  action: fc.constantFrom<LeadAction>(
    { does: 'follow-up', how: 'call' },
    { does: 'follow-up', how: 'other' },
    { does: 'good' },
    { does: 'bad', reason: 'not-now', stage: 'nurture' },
    { does: 'bad', reason: 'spam', stage: 'disqualified' },
    { does: 'hand-over' },
    { does: 'reassign', to: 'ada@seller.example' },
    { does: 'pause' },
    { does: 'resume' },
  ),
  source: fc.constantFrom('action', 'link'),
});

/** Without the keys whose value is undefined, as JSON has it. */
const plain = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

export interface Weights {
  touches: number;
  changes: number;
  decisions?: number;
  matches?: number;
  /** Mails opened whose links name a lead. */
  mails?: number;
  /** What sellers said they did. */
  actions?: number;
}

const touched = (content: fc.Arbitrary<Content>): fc.Arbitrary<(id: string) => Captured> =>
  fc.tuple(content, moment).map(
    ([content, occurredAt]) =>
      (id: string) =>
        plain(touch({ id, occurredAt, ...content })),
  );

const captured = (weights: Weights): fc.Arbitrary<(id: string) => Captured> =>
  fc.oneof(
    {
      weight: weights.touches,
      arbitrary: touched(fc.oneof(form, hit, hit, alias, identify, webinar)),
    },
    {
      weight: weights.mails ?? 0,
      arbitrary: touched(mailOpened),
    },
    {
      weight: weights.changes,
      arbitrary: fc.tuple(change, moment).map(
        ([content, at]) =>
          (id: string) =>
            plain(crm(id, at, content)),
      ),
    },
    {
      weight: weights.decisions ?? 0,
      arbitrary: fc.tuple(decision, moment).map(
        ([content, at]) =>
          (id: string) =>
            decide(id, at, content),
      ),
    },
    {
      weight: weights.matches ?? 0,
      arbitrary: fc.tuple(matchDecision, moment).map(
        ([content, at]) =>
          (id: string) =>
            plain(decideMatch(id, at, content)),
      ),
    },
    {
      weight: weights.actions ?? 0,
      arbitrary: fc.tuple(action, moment).map(
        ([content, at]) =>
          (id: string) =>
            act(id, at, content),
      ),
    },
  );

/** Distinct lines with ids of their own. */
export const journal = (
  maxLength: number,
  weights: Weights = { touches: 4, changes: 4, decisions: 1, matches: 1, mails: 1, actions: 1 },
): fc.Arbitrary<Captured[]> =>
  fc
    .array(captured(weights), { minLength: 1, maxLength, size: 'max' })
    .map((lines) => lines.map((line, index) => line(`l${String(index).padStart(3, '0')}`)));

export const inOrder = (lines: readonly Captured[]): Captured[] =>
  [...lines].sort((a, b) =>
    a.receivedAt === b.receivedAt ? (a.id < b.id ? -1 : 1) : a.receivedAt < b.receivedAt ? -1 : 1,
  );

/** Another day's redelivery: the same line, received again. */
const again = (line: Captured): Captured => ({
  ...line,
  receivedAt: new Date(Date.parse(line.receivedAt) + 1).toISOString(),
});

export interface Delivery {
  queue: 'prompt' | 'hits';
  messages: Captured[][];
}

/** Those lines in any order, some of them again, in messages of any size, on either queue, with pauses anywhere. */
export const deliveries = (lines: readonly Captured[]): fc.Arbitrary<Delivery[]> =>
  fc
    .tuple(
      fc.shuffledSubarray([...lines], { minLength: lines.length }),
      fc.array(fc.tuple(fc.constantFrom(...lines), fc.boolean()), { maxLength: lines.length }),
      fc.infiniteStream(
        fc.tuple(fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: 1, max: 4 }), fc.boolean(), fc.boolean()),
      ),
    )
    .map(([shuffled, repeats, choices]) => {
      const all = [...shuffled];
      for (const [line, later] of repeats) {
        const [at] = choices.next().value;
        all.splice(at % (all.length + 1), 0, later ? again(line) : line);
      }
      const deliveries: Delivery[] = [];
      for (let from = 0; from < all.length; ) {
        const [, size, prompt, pause] = choices.next().value;
        const messages = all.slice(from, from + size);
        from += size;
        const last = deliveries.at(-1);
        if (last !== undefined && !pause && last.queue === (prompt ? 'prompt' : 'hits')) last.messages.push(messages);
        else deliveries.push({ queue: prompt ? 'prompt' : 'hits', messages: [messages] });
      }
      return deliveries;
    });
