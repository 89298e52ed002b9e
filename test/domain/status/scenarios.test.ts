// The statuses as people who run revenue operations would check them: scenarios.yaml says what happens and what follows,
// arrows.yaml every way from one status to another.
import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { type AccountAssessment, assessGroup } from '../../../lib/domain/assessment.ts';
import { type Hold, heldReason, holdOn } from '../../../lib/domain/status/flapping.ts';
import { type StatusChange, timeIn, withChange } from '../../../lib/domain/status/history.ts';
import { accountStatuses, leadStatuses } from '../../../lib/domain/status/statuses.ts';
import { type Company, groupOf, happen, nobody, scenarioPlaybook } from './happenings.ts';

const fileIn = (name: string): unknown => parse(readFileSync(`test/domain/status/${name}`, 'utf8'));

const expected = z
  .object({
    account: z.enum(accountStatuses).optional(),
    because: z.string().optional(),
    stage: z.string().optional(),
    held: z.boolean().optional(),
    days: z.record(z.string(), z.number()).optional(),
  })
  .catchall(z.string());
const scenarios = z
  .array(
    z.strictObject({
      title: z.string(),
      rules: z.array(z.enum(['T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'T8', 'T9', 'T10', 'T11'])),
      flapping: z.strictObject({ changes: z.number(), within: z.string() }).optional(),
      steps: z
        .array(z.strictObject({ on: z.iso.date(), happens: z.array(z.string()).min(1), expect: expected }))
        .min(1),
    }),
  )
  .parse(fileIn('scenarios.yaml'));
type Step = (typeof scenarios)[number]['steps'][number];

/** What is remembered of the account from one day to the next. */
interface Remembered {
  status: string;
  since: string;
  history: StatusChange[];
  hold?: Hold | undefined;
}

const remembering = (
  before: Remembered | undefined,
  judged: AccountAssessment,
  rules: Pick<typeof scenarioPlaybook, 'flapping'>,
  now: string,
): Remembered & { reason: string } => {
  const { status, since, history, hold: earlier } = before ?? { status: 'Pre-Qualified', since: now, history: [] };
  const hold = before && holdOn({ status, history, hold: earlier }, judged.status, rules, now);
  const to = hold === undefined ? judged.status : status;
  const reason = hold === undefined ? judged.reason : heldReason(hold, rules, judged.reason);
  if (to === status) return { status, since, history, hold, reason };
  return { status: to, since: now, history: withChange(history, { from: status, to, at: now, reason }, since), reason };
};

const dayLength = 86_400_000;

const seen = new Set<string>();

const runStep = (
  company: Company,
  { on, happens, expect: wanted }: Step,
  before: Remembered | undefined,
  rules: typeof scenarioPlaybook,
) => {
  // What is said first happens first: a minute lies between.
  const after = happens.reduce(
    (known, sentence, index) => happen(known, `${on}T10:${String(index).padStart(2, '0')}:00.000Z`, sentence),
    company,
  );
  const now = `${on}T12:00:00.000Z`;
  const { account, leads } = assessGroup(groupOf(after), rules, now);
  const remembered = remembering(before, account, rules, now);
  const days = Object.entries(timeIn(remembered.history, remembered, now)).map(([status, time]) => [
    status,
    time / dayLength,
  ]);
  const said = { account: remembered.status, because: remembered.reason, held: remembered.hold !== undefined };
  const found: Record<string, unknown> = {
    ...said,
    stage: account.stage?.label ?? 'none',
    days: Object.fromEntries(days),
  };
  for (const lead of leads) {
    const name = lead.leadId.replace('lead_', '').replace(/^./, (letter) => letter.toUpperCase());
    found[name] = lead.status;
    found[`${name} because`] = lead.reason;
    found[`${name} stage`] = lead.stage?.label ?? 'none';
    seen.add(`lead ${lead.status}`);
  }
  seen.add(`account ${remembered.status}`);
  for (const [what, value] of Object.entries(wanted)) {
    const fragment = what.endsWith('because') ? expect.stringContaining(String(value)) : value;
    expect(found[what], `${on}: ${what}`).toEqual(fragment);
  }
  return { after, remembered };
};

describe('a company', () => {
  test.each(scenarios.map((scenario) => [scenario.title, scenario] as const))('%s', (_, { steps, flapping }) => {
    const rules = { ...scenarioPlaybook, ...(flapping && { flapping }) };
    let company = nobody;
    let before: Remembered | undefined;
    for (const step of steps) {
      const { after, remembered } = runStep(company, step, before, rules);
      [company, before] = [after, remembered];
    }
  });

  it('has been in every status, and so have its people', () => {
    const all = [
      ...accountStatuses.map((status) => `account ${status}`),
      ...leadStatuses.map((status) => `lead ${status}`),
    ];
    expect([...seen].sort()).toEqual(all.sort());
  });

  it('has shown every rule', () => {
    const rules = new Set(scenarios.flatMap(({ rules }) => rules));
    expect([...rules].sort()).toEqual(['T1', 'T10', 'T11', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'T8', 'T9']);
  });

  it('says why, and on what that rests', () => {
    for (const { steps } of scenarios) {
      let company = nobody;
      for (const { on, happens } of steps) {
        company = happens.reduce((known, sentence) => happen(known, `${on}T10:00:00.000Z`, sentence), company);
        const { account, leads } = assessGroup(groupOf(company), scenarioPlaybook, `${on}T12:00:00.000Z`);
        for (const { status, reason, rests } of [account, ...leads]) {
          expect(reason).toMatch(/\.$/);
          // Of who has only been somewhere, or nowhere, there is nothing to name.
          if (rests === undefined) expect(['Pre-Qualified', 'Nurture']).toContain(status);
        }
      }
    }
  });
});

const pairs = <Status extends string>(statuses: readonly Status[]): string[] =>
  statuses.flatMap((from) => statuses.filter((to) => to !== from).map((to) => `${from} → ${to}`));

const arrows = z.strictObject({
  account: z.record(z.string(), z.array(z.string()).min(1)),
  lead: z.record(z.string(), z.array(z.string()).min(1)),
  never: z.strictObject({ account: z.record(z.string(), z.string()), lead: z.record(z.string(), z.string()) }),
});

describe('every way from one status to another', () => {
  const { never, ...ways } = arrows.parse(fileIn('arrows.yaml'));

  it('is there, or never happens', () => {
    const told = (of: 'account' | 'lead') => [...Object.keys(ways[of]), ...Object.keys(never[of])].sort();
    expect(told('account')).toEqual(pairs(accountStatuses).sort());
    expect(told('lead')).toEqual(pairs(leadStatuses).sort());
  });

  const all = (['account', 'lead'] as const).flatMap((of) =>
    Object.entries(ways[of]).map(([arrow, happens]) => [of, arrow, happens] as const),
  );
  test.each(all)('%s: %s', (of, arrow, happens) => {
    let company = nobody;
    const passed = happens.map((happening): Map<string, string> => {
      const [on, ...words] = happening.split(' ');
      company = happen(company, `${on}T10:00:00.000Z`, words.join(' '));
      const { account, leads } = assessGroup(groupOf(company), scenarioPlaybook, `${on}T12:00:00.000Z`);
      return new Map(of === 'account' ? [['', account.status]] : leads.map(({ leadId, status }) => [leadId, status]));
    });
    const went = [...passed.at(-1)!].map(([who, to]) => `${passed.at(-2)?.get(who) ?? 'Pre-Qualified'} → ${to}`);
    expect(went, JSON.stringify(passed.map((all) => [...all]))).toContain(arrow);
  });
});
