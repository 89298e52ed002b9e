// The table of scenarios.yaml, each as it stands there.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import type { PlaybookInput } from '../../../lib/domain/playbook/playbook.ts';
import { crmOwnerOf } from '../../../lib/domain/routing/crm-owner.ts';
import { decideRoute } from '../../../lib/domain/routing/decide-route.ts';
import { testPlaybook } from '../playbooks.ts';

const counts = z.record(z.string(), z.number());
const given = z.strictObject({
  owner: z.string().optional(),
  ownerId: z.string().optional(),
  opportunityOwner: z.string().optional(),
  rep: z.string().optional(),
  byPool: z.record(z.string(), z.string()).optional(),
  turns: z.record(z.string(), counts).default({}),
  open: counts.default({}),
  waitingSince: z.string().optional(),
});
const list = z.array(z.string()).default([]);
const when = z.strictObject({
  grade: z.string().default('B2'),
  level: z.string().optional(),
  accountStatus: z.string().optional(),
  country: z.string().optional(),
  industry: z.string().optional(),
  employees: z.number().optional(),
  ...{ productLines: list, personas: list, sources: list, signals: list },
});
const then = z.strictObject({
  owner: z.string().optional(),
  reason: z.string(),
  role: z.string().optional(),
  waits: z.string().optional(),
  wakeAt: z.string().optional(),
  tried: z.string().optional(),
  passedOver: z.array(z.string()).optional(),
});
const file = z.strictObject({
  playbook: z.record(z.string(), z.unknown()),
  scenarios: z.array(
    z.strictObject({
      name: z.string(),
      at: z.string().default('2026-11-23T10:00:00.000Z'),
      given: given.prefault({}),
      when: when.prefault({}),
      then,
    }),
  ),
});

const { playbook: changes, scenarios } = file.parse(parse(readFileSync('test/domain/routing/scenarios.yaml', 'utf8')));
const playbook = testPlaybook(changes as Partial<PlaybookInput>);

const at = '2026-11-01T00:00:00.000Z';
const said = <Value>(value: Value) => ({ value, at, source: 'hub' });

const decisionOf = ({ at: moment, given, when }: (typeof scenarios)[number]) => {
  const { owner, ownerId, opportunityOwner, rep, byPool, turns, open, waitingSince } = given;
  const account = crmOwnerOf(
    { ...(owner && { ownerEmail: said(owner) }), ...(ownerId && { ownerId: said(ownerId) }) },
    playbook,
  );
  const opportunity = opportunityOwner === undefined ? {} : { email: opportunityOwner };
  const routed = {
    traits: { leadStatus: 'Qualified', ...when },
    owners: { account, opportunity, lead: {} },
    rep: rep === undefined ? undefined : { email: rep, byPool },
    waitingSince,
  };
  return decideRoute(routed, { now: Date.parse(moment), turns, open }, playbook);
};

const told = (decision: ReturnType<typeof decisionOf>, expected: z.infer<typeof then>) => ({
  ...(decision.owner && { owner: decision.owner.name }),
  reason: decision.reason,
  ...(expected.role !== undefined && { role: decision.role }),
  ...(decision.waiting && { waits: decision.waiting.until }),
  ...(decision.waiting && { wakeAt: new Date(decision.wakeAt).toISOString() }),
  ...(expected.tried && {
    tried: decision.explanation.map(({ tried, why }) => `${tried}: ${why}`).find((line) => line === expected.tried),
  }),
  ...(expected.passedOver && {
    passedOver: decision.explanation.at(-1)?.passedOver?.map(({ email, why }) => `${email} ${why}`),
  }),
});

describe('a lead', () => {
  it.each(scenarios.map((one) => [one.name, one] as const))('%s', (_, scenario) => {
    expect(told(decisionOf(scenario), scenario.then)).toEqual(scenario.then);
  });
});

it('keeps the rules that were tried, in their order, up to the one that held', () => {
  const scenario = scenarios.find(({ name }) => name === 'the size not known')!;
  const { explanation } = decisionOf(scenario);
  expect(explanation.map(({ tried, held }) => [tried, held])).toEqual([
    ['rule vault-specialist', false],
    ['rule sdr-first', false],
    ['account owner', false],
    ['rule at-the-deal', false],
    ['account rep', false],
    ['rule german', false],
    ['rule americas', false],
    ['rule night', false],
    ['rule named', false],
    ['default pool', true],
  ]);
});
