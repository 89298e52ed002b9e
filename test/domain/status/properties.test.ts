// Random histories of a company: held to the slow reference, to any order and repeats of what is heard, and, of what time alone
// changes, to judging every day.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { type AccountGroup, assessGroup } from '../../../lib/domain/assessment.ts';
import { dayNumberOf, isoDay, momentIn } from '../../../lib/domain/days.ts';
import { nextChange } from '../../../lib/domain/next-change.ts';
import { groupOf, happen, nobody, scenarioPlaybook } from './happenings.ts';
import { referenceOf, type Said } from './reference.ts';

const seed = Number(process.env.MUSTER_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`statuses: MUSTER_SEED=${seed}`);

const firstDay = dayNumberOf('2026-01-05');
const person = fc.constantFrom('Bea', 'Bea', 'Cyd');
const withPerson = (say: (name: string) => string) => person.map(say);
const stage = fc.constantFrom('New', 'Working', 'Recycled', 'Bad fit', 'Reseller', 'Left');
const opportunity = fc.constantFrom('X', 'X', 'Y');
const dealStage = fc.constantFrom('Discovery', 'Proposal', 'Won', 'Lost', 'Outpriced');

/** What is said on a day, by the number of the day. */
const sentence: fc.Arbitrary<(day: number) => string> = fc.oneof(
  ...[
    withPerson((name) => `${name} is imported`),
    withPerson((name) => `${name} asks for a demo`),
    withPerson((name) => `${name} asks for a demo`),
    fc.constant('Una, with a private address, asks for a demo'),
    withPerson((name) => `${name} reads the pricing page`),
    fc.constant('An unknown visitor reads the site'),
    withPerson((name) => `Sales calls ${name}`),
    fc.tuple(person, stage).map(([name, stage]) => `${name} is moved to ${stage}`),
    fc
      .tuple(opportunity, dealStage, person)
      .map(([id, stage, name]) => `Opportunity ${id} is opened in ${stage} with ${name}`),
    fc.tuple(opportunity, dealStage).map(([id, stage]) => `Opportunity ${id} moves to ${stage}`),
    fc.tuple(opportunity, dealStage).map(([id, stage]) => `Opportunity ${id} moves to ${stage}`),
    opportunity.map((id) => `Opportunity ${id} is deleted`),
    fc.tuple(person, opportunity).map(([name, id]) => `${name} becomes the primary contact of opportunity ${id}`),
    fc.tuple(person, opportunity).map(([name, id]) => `${name} becomes a contact of opportunity ${id}`),
    withPerson((name) => `Renewal R is made with ${name}`),
    fc.constant('Renewal R is worked'),
    dealStage.map((stage) => `Renewal R moves to ${stage}`),
    withPerson((name) => `Deal P is opened with ${name}`),
    fc.constant('Deal P is won'),
    fc.constant('Contract C is deleted'),
    fc
      .constantFrom('Prospect', 'Prospect', 'Competitor', 'Reseller')
      .map((stage) => `The account is moved to ${stage}`),
  ].map((said) => said.map((text) => () => text)),
  ...(['C', 'D'] as const).map((id) =>
    fc.tuple(fc.integer({ min: -60, max: 60 }), fc.integer({ min: 1, max: 400 })).map(([from, length]) => {
      return (day: number) => `Contract ${id} runs from ${isoDay(day + from)} to ${isoDay(day + from + length)}`;
    }),
  ),
);

/** One happening a day, on some of two hundred days; and the day on which it is looked at. */
const history = fc
  .record({
    happenings: fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 200 }), sentence), {
      maxLength: 14,
      selector: ([day]) => day,
    }),
    later: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 500 })),
  })
  .map(({ happenings, later }) => {
    const said: Said[] = happenings
      .sort(([a], [b]) => a - b)
      .map(([day, say]) => ({ on: isoDay(firstDay + day), sentence: say(firstDay + day) }));
    return { said, today: isoDay(dayNumberOf(said.at(-1)?.on ?? '2026-01-05') + later) };
  });

const companyOf = (said: readonly Said[]): AccountGroup =>
  groupOf(said.reduce((company, { on, sentence }) => happen(company, `${on}T10:00:00.000Z`, sentence), nobody));
const noonOf = (day: string): string => `${day}T12:00:00.000Z`;

const judged = (group: AccountGroup, now: string) => {
  const { account, leads } = assessGroup(group, scenarioPlaybook, now);
  const names = leads.map(({ leadId, status }) => [
    leadId.replace('lead_', '').replace(/^./, (a) => a.toUpperCase()),
    status,
  ]);
  return { account: account.status, leads: Object.fromEntries(names) };
};

const seen = { account: new Set<string>(), lead: new Set<string>() };

test('the same as the slow reference', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(history, ({ said, today }) => {
      const found = judged(companyOf(said), noonOf(today));
      seen.account.add(found.account);
      for (const status of Object.values<string>(found.leads)) seen.lead.add(status);
      expect(found).toEqual(referenceOf(said, today));
    }),
    { seed, numRuns: 3_000, interruptAfterTimeLimit: 40_000, markInterruptAsFailure: false },
  );
});

test('the same whatever order it is heard in, and however often', { timeout: 120_000 }, () => {
  const shuffled = history.chain(({ said, today }) =>
    fc
      .tuple(
        fc.shuffledSubarray(said, { minLength: said.length }),
        fc.subarray(said.filter(({ sentence }) => !/asks|reads/.test(sentence))),
      )
      .map(([order, again]) => ({ said, today, order: [...order, ...again] })),
  );
  fc.assert(
    fc.property(shuffled, ({ said, today, order }) => {
      // What is known of an opportunity is more than what is asked of it here: its sentences, and what they rest on, too.
      const { account, leads } = assessGroup(companyOf(order), scenarioPlaybook, noonOf(today));
      expect({ account, leads }).toEqual(assessGroup(companyOf(said), scenarioPlaybook, noonOf(today)));
    }),
    { seed, numRuns: 1_000, interruptAfterTimeLimit: 30_000, markInterruptAsFailure: false },
  );
});

const never = z
  .object({ never: z.record(z.enum(['account', 'lead']), z.record(z.string(), z.string())) })
  .parse(parse(readFileSync('test/domain/status/arrows.yaml', 'utf8'))).never;

test('goes no way that is said never to be gone', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(history, ({ said }) => {
      let before = judged(companyOf([]), noonOf('2026-01-05'));
      for (let heard = 1; heard <= said.length; heard += 1) {
        const after = judged(companyOf(said.slice(0, heard)), noonOf(said[heard - 1]!.on));
        expect(never.account).not.toHaveProperty([`${before.account} → ${after.account}`]);
        for (const [name, to] of Object.entries(after.leads)) {
          expect(never.lead).not.toHaveProperty([`${before.leads[name] ?? 'Pre-Qualified'} → ${to}`]);
        }
        before = after;
      }
    }),
    { seed, numRuns: 600, interruptAfterTimeLimit: 30_000, markInterruptAsFailure: false },
  );
});

test('time alone changes it when judging every day says so', { timeout: 120_000 }, () => {
  const found = { none: 0, some: 0 };
  fc.assert(
    fc.property(history, ({ said, today }) => {
      const group = companyOf(said);
      const now = noonOf(today);
      const next = nextChange({
        group,
        playbook: scenarioPlaybook,
        now,
        judged: assessGroup(group, scenarioPlaybook, now),
      });
      const standing = (moment: string): string => JSON.stringify(judged(group, moment));
      const days = Array.from({ length: 900 }, (_, n) => momentIn(dayNumberOf(today) + n + 1));
      const first = days.find((moment) => standing(moment) !== standing(now));
      // Points of pages wear off besides, which changes grades and no status.
      if (next === undefined || first === undefined) expect(first).toBeUndefined();
      else expect(next <= first).toBe(true);
      let looked = next;
      while (looked !== undefined && standing(looked) === standing(now)) {
        const at = looked;
        looked = nextChange({
          group,
          playbook: scenarioPlaybook,
          now: at,
          judged: assessGroup(group, scenarioPlaybook, at),
        });
      }
      expect(looked).toBe(first);
      found[first === undefined ? 'none' : 'some'] += 1;
    }),
    { seed, numRuns: 150, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: false },
  );
  expect(found.some).toBeGreaterThan(5);
});

afterAll(() => {
  // What never happened was not tested.
  expect(seen.account.size).toBe(11);
  expect(seen.lead.size).toBe(8);
});
