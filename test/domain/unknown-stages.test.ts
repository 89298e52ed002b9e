// Stages the playbook does not know are counted; what the CRM has said in our words too needs no mapping.
import { expect, it } from 'vitest';
import { emptyState } from '../../lib/domain/lead.ts';
import { stagesAddedUp, unmappedStages } from '../../lib/domain/unknown-stages.ts';
import { testPlaybook } from './playbooks.ts';

const register = <Value>(value: Value, day = 10, source = 'hubspot') => ({
  ...{ value, at: `2026-11-${day}T10:00:00.000Z`, source },
});
const playbook = testPlaybook({
  crm: { hubspot: { stages: { person: { Working: 'working' }, opportunity: { constructor: 'won' } } } },
});
const person = (stage: string) => ({ leadId: 'l', state: { ...emptyState, crmStage: register(stage) } });

it('counts by connection, object and stage', () => {
  const group = {
    account: { crmStage: register('Prospect') },
    members: [person('Working'), person('Elsewhere'), person('Elsewhere'), person('toString')],
    opportunities: [
      { crmStage: register('Stage 3', 10, 'salesforce') },
      { crmStage: register('Stage 3', 10, 'salesforce'), deleted: register(true) },
      { crmStage: register('constructor') },
    ],
  };
  expect(unmappedStages(group, playbook)).toEqual([
    { connection: 'hubspot', object: 'account', stage: 'Prospect', records: 1 },
    { connection: 'hubspot', object: 'person', stage: 'Elsewhere', records: 2 },
    { connection: 'hubspot', object: 'person', stage: 'toString', records: 1 },
    { connection: 'salesforce', object: 'opportunity', stage: 'Stage 3', records: 1 },
  ]);
});

it('leaves out what the CRM itself has said in our words, as long as no later stage says otherwise', () => {
  const stages = (state: ReturnType<typeof register<'open'>>) =>
    unmappedStages({ members: [], opportunities: [{ state, crmStage: register('Stage 3') }] }, playbook).length;
  expect(stages(register('open', 10))).toBe(0);
  expect(stages(register('open', 11))).toBe(0);
  expect(stages(register('open', 12))).toBe(0);
  expect(
    unmappedStages(
      { members: [], opportunities: [{ state: register('open', 10), crmStage: register('S', 11) }] },
      playbook,
    ),
  ).toHaveLength(1);
});

it('adds up accounts in any order', () => {
  const one = { connection: 'a', object: 'person' as const, stage: 'S', records: 2 };
  const other = { ...one, stage: 'R', records: 1 };
  expect(stagesAddedUp([[one], [other], [one]])).toEqual([other, { ...one, records: 4 }]);
  expect(stagesAddedUp([[one, other], [one]])).toEqual([other, { ...one, records: 4 }]);
});
