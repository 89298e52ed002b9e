// State is a fresh fold of the trail: a journal folded in memory is what the whole system ends in, item for item.
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Captured } from '../../../events/catalogue.ts';
import { isLive } from '../../../lib/domain/account-fate.ts';
import { assessGroup } from '../../../lib/domain/assessment.ts';
import { noFacts, touchesIn } from '../../../lib/domain/facts/facts.ts';
import { foldJournal } from '../../../lib/domain/journal/fold-journal.ts';
import type { Playbook } from '../../../lib/domain/playbook/playbook.ts';
import { deliveries, journal, lastMoment, type Weights } from '../../simulation/journals.ts';
import { crm, demoRequest, touch } from '../../simulation/lines.ts';
import { openWorld, type State, stateOf } from '../../simulation/world.ts';
import { testPlaybook } from '../playbooks.ts';

const seed = Number(process.env.MUSTER_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`fold-journal: MUSTER_SEED=${seed}`);

const playbook = testPlaybook();
const now = new Date(lastMoment).toISOString();

/** The part of a world's state that a fold of its lines answers, and its judgements. */
const shownBy = ({ members, accounts, opportunities, contracts, accountAssessments, leadAssessments }: State) => ({
  members,
  accounts: Object.fromEntries(Object.entries(accounts).filter(([, facts]) => isLive(facts))),
  opportunities: Object.values(opportunities)
    .map((deal) => JSON.stringify(deal))
    .sort(),
  contracts: Object.values(contracts)
    .map((deal) => JSON.stringify(deal))
    .sort(),
  accountAssessments,
  leadAssessments,
});

const folded = (lines: readonly Captured[], playbook: Playbook) => {
  const { accounts, quarantined } = foldJournal(lines, playbook);
  const judged = accounts.map((group) => ({ group, ...assessGroup(group, playbook, now) }));
  const byKey = <Value>(entries: (readonly [string, Value])[]): Record<string, Value> => Object.fromEntries(entries);
  return {
    members: byKey(
      accounts.flatMap(({ accountId, members }) =>
        members.map(({ leadId, email, emailKind, mailDomain, anonymous, match, state, records }) => [
          `${accountId} ${leadId}`,
          { email, emailKind, mailDomain, anonymous, match, state, records },
        ]),
      ),
    ),
    accounts: byKey(accounts.flatMap(({ accountId, account }) => (account ? [[accountId, account] as const] : []))),
    opportunities: accounts
      .flatMap(({ opportunities }) => opportunities)
      .map(({ id: _, ...facts }) => JSON.stringify(facts))
      .sort(),
    contracts: accounts
      .flatMap(({ contracts }) => contracts)
      .map(({ id: _, ...facts }) => JSON.stringify(facts))
      .sort(),
    accountAssessments: byKey(judged.map(({ group, account }) => [group.accountId, account])),
    leadAssessments: byKey(
      judged.flatMap(({ group, leads }) =>
        leads.map((lead) => [`ACCOUNT#${group.accountId} ASSESSMENT#${lead.leadId}`, lead]),
      ),
    ),
    quarantined: [...quarantined].sort(([a], [b]) => (a < b ? -1 : 1)),
  };
};

const seen = { merged: 0, claimed: 0, anonymous: 0, unheard: 0, quarantined: 0, scored: 0 };

const holds = (numRuns: number, length: number, weights: Weights) =>
  fc.assert(
    fc.asyncProperty(
      journal(length, weights).chain((lines) => fc.tuple(fc.constant(lines), deliveries(lines))),
      async ([lines, steps]) => {
        const world = await openWorld(now, { playbook });
        try {
          for (const { queue, messages } of steps) await world.deliver(messages, queue);
          const state = stateOf(world.items());
          const delivered = steps.flatMap(({ messages }) => messages.flat());
          // With the number it was saved under.
          const live = await world.playbook();
          const { quarantined, ...fold } = folded(delivered, live);
          expect(fold).toEqual(shownBy(state));
          expect(quarantined).toEqual(state.quarantined);
          // Neither order nor repeats matter to it.
          expect(folded(lines, live)).toEqual({ ...fold, quarantined });

          const all = foldJournal(lines, playbook).accounts;
          if (all.some(({ members }) => members.some(({ identities }) => identities.length > 1))) seen.merged += 1;
          if (Object.values(state.members).some(({ match }) => match?.rule === 'domain')) seen.claimed += 1;
          if (Object.values(fold.members).some(({ anonymous }) => anonymous)) seen.anonymous += 1;
          if (Object.entries(fold.members).some(([id, one]) => one.anonymous && id.includes('lead_')))
            seen.unheard += 1;
          if (quarantined.length > 0) seen.quarantined += 1;
          if (Object.values(fold.leadAssessments).some(({ score }) => score > 0)) seen.scored += 1;
        } finally {
          await world.close();
        }
      },
    ),
    { seed, numRuns, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: false },
  );

describe('a journal folded in memory is what the system ends in', () => {
  it('for touches and CRM changes in any order', { timeout: 60_000 }, () => holds(100, 30, { touches: 1, changes: 1 }));
  it('for people merged and separated', { timeout: 60_000 }, () =>
    holds(100, 20, { touches: 2, changes: 1, decisions: 2 }),
  );
  it('for mails opened, by whom they were sent to and by others', { timeout: 60_000 }, () =>
    holds(100, 14, { touches: 4, changes: 1, decisions: 1, mails: 4 }),
  );
  it('for CRM changes that contradict each other', { timeout: 60_000 }, () =>
    holds(100, 16, { touches: 1, changes: 4 }),
  );

  afterAll(() => {
    // What never happened was not tested.
    for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(0);
  });
});

describe('a line that comes again', () => {
  const bea = 'bea@acme.example';
  const demos = (lines: readonly Captured[]): number =>
    foldJournal(lines, playbook).accounts.reduce(
      (sum, { members }) => sum + touchesIn(members[0]?.state.facts ?? noFacts, 'demo-request'),
      0,
    );
  const first = demoRequest('f', '2026-11-20T23:50:00.000Z', bea);
  const again = demoRequest('f', '2026-11-21T00:05:00.000Z', bea);

  const noon = demoRequest('f', '2026-11-21T12:00:00.000Z', bea);
  const daysLater = demoRequest('f', '2026-11-25T23:55:00.000Z', bea);

  it.each([
    ['after midnight is one, on the day it first came', [first, again], 1],
    ['hours after midnight, or days later, is another', [first, noon, daysLater], 3],
  ])('%s, in any order and batches, here and in the system', async (_, lines, times) => {
    expect(demos(lines)).toBe(times);
    const [account] = foldJournal(lines, playbook).accounts;
    for (const deliveries of [lines.map((line) => [line]), [...lines].reverse().map((line) => [line]), [lines]]) {
      const world = await openWorld('2026-11-26T00:00:00.000Z');
      try {
        for (const batch of deliveries) await world.deliver([batch]);
        const [member] = Object.values(stateOf(world.items()).members);
        expect(member!.state).toEqual(account!.members[0]!.state);
      } finally {
        await world.close();
      }
    }
  });

  it('counts again only under another id', () => {
    expect(demos([first, { ...again, id: 'g' }])).toBe(2);
  });
});

it('someone of whom only a machine told is nobody, and no account', () => {
  const bot = touch({ id: 'a', occurredAt: now, person: { email: 'bot@acme.example' }, flag: 'bot' });
  expect(foldJournal([bot], playbook).accounts).toEqual([]);
});

it('an opportunity alone is an account without a name', () => {
  const { accounts } = foldJournal(
    [crm('o', now, { object: 'opportunity', externalId: 'o1', accountExternalId: 'A', state: 'open' })],
    playbook,
  );
  expect(accounts).toMatchObject([{ members: [], opportunities: [{ state: { value: 'open' } }] }]);
  expect(accounts[0]!.account).toBeUndefined();
});
