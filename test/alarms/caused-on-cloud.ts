// Alarms on the local cloud, by their own definitions: those of one metric as they were deployed, the others as the template of AWS has them.
// First what everybody does, and none tells; then one thing after another is broken that breaks on AWS.
import { DisableRuleCommand, EnableRuleCommand, PutRuleCommand } from '@aws-sdk/client-eventbridge';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import { as, replacing } from '../../lib/table/items.ts';
import { dueKey, slaDueList } from '../../lib/table/keys.ts';
import { eventually } from '../e2e/eventually.ts';
import { postForm } from '../e2e/post.ts';
import { type WatchedCloud, watchedTenant } from '../e2e/watched-cloud.ts';
import { templateOf } from '../infra/tenant-template.ts';
import { crm, demoRequest, touch } from '../simulation/lines.ts';
import { allowNone, changeEventSources, functionNamesOf, poisonEnvironment, runFailed } from './breaking.ts';
import type { AlarmDefinition } from './evaluate.ts';
import { type Eyes, openEyes } from './eyes-on-cloud.ts';
import { deployedAlarms } from './local-cloud-eyes.ts';
import { alarmsIn, nameOf } from './template-alarms.ts';
import { meansOf } from './where-caused.ts';

const within = { withinMs: 40_000 };
const sweepRule = 'muster-demo-sweep-timers';
/** By when a rule of every minute would have run it. */
const sweptWithinMs = 64_000;

export const alarmsOnCloud = (current: () => WatchedCloud) => {
  let alarms: AlarmDefinition[];
  let eyes: Eyes;
  let turnedOffAt = 0;
  /** By hand. */
  let sweptAt = 0;
  const template = templateOf(watchedTenant);
  const local = alarmsIn(templateOf(watchedTenant, true));

  beforeAll(async () => {
    const deployed = await deployedAlarms(current().cloud.endpoint);
    const names = new Set(deployed.map(nameOf));
    alarms = [...deployed, ...alarmsIn(template).filter((alarm) => !names.has(nameOf(alarm)))];
    eyes = openEyes(current(), alarms);
    // As often as there may be, and turned off; nobody has the time of a rule that runs every five minutes.
    const often = { Name: sweepRule, ScheduleExpression: 'rate(1 minute)' };
    await current().events.send(new PutRuleCommand(often));
    await current().events.send(new DisableRuleCommand({ Name: sweepRule }));
    turnedOffAt = Date.now();
  });

  const postAsEverybody = async (email: string): Promise<number> => {
    const { apiUrl } = current().cloud;
    const { status } = await postForm({ apiUrl }, 'demo-request', {
      ...{ email, 'first-name': 'Bea', company: 'Acme', timeframe: 'this-quarter' },
    });
    return eyes.answered(status);
  };
  const sendLines = (lines: readonly Captured[]) => current().send('prompt', JSON.stringify(lines));
  describe('alarms', () => {
    test('were deployed as the template has them', async () => {
      const deployed = await deployedAlarms(current().cloud.endpoint);
      expect(deployed.map(nameOf).sort()).toEqual(local.map(nameOf).sort());
      for (const { AlarmName, AlarmDescription, Threshold, EvaluationPeriods, DatapointsToAlarm } of local)
        expect(deployed).toContainEqual(
          expect.objectContaining({ AlarmName, AlarmDescription, Threshold, EvaluationPeriods, DatapointsToAlarm }),
        );
    });

    test('are quiet about what everybody does', { timeout: 90_000 }, async () => {
      eyes.begin();
      expect(await postAsEverybody('bea@acme.example')).toBe(202);
      const all = ['Captured', 'Folded', 'Assessed', 'LeadQualified', 'LeadRouted', 'SlaStarted', 'NoticesSent'];
      for (const metric of all) await eyes.counted(metric, 1);
      expect(await eyes.told({ functions: await functionNamesOf(current().cloud.endpoint) })).toEqual([]);
    });

    test('tell of what nobody works on, in every queue', { timeout: 90_000 }, async () => {
      const { cloud, send } = current();
      await changeEventSources(cloud.endpoint, 'sqs', { Enabled: false });
      for (const name of eyes.queues) await send(name, 'this is no message of ours');
      const expected = eyes.queues.map((name) => `waiting-${name}`).sort();
      expect(await eyes.tells(expected)).toEqual(expected);
    });

    test('tell of what nobody can work off, in every queue', { timeout: 90_000 }, async () => {
      const expected = eyes.queues.map((name) => `dead-letters-${name}`).sort();
      await current().hurrying(async () => {
        await changeEventSources(current().cloud.endpoint, 'sqs', { Enabled: true });
        await eyes.tells(expected);
      });
      expect(await eyes.told()).toEqual(expected);
    });

    test('tell of what is set aside, folded late, and cannot be told to a CRM', { timeout: 90_000 }, async () => {
      eyes.begin();
      const before = new Date(Date.now() - 600_000).toISOString();
      const late = [1, 2, 3].map((n) => demoRequest(`late${n}`, before, `late${n}@acme.example`));
      const unreadable = Array.from({ length: 11 }, (_, n) =>
        touch({ id: `nobody${n}`, occurredAt: before, person: {} }),
      );
      const person = { object: 'person', externalId: '501', email: 'bea@acme.example' } as const;
      await sendLines([...late, ...unreadable]);
      await sendLines([crm('told', before, person, 'hubspot')]);
      await eyes.tells(['crm-sync-stopped', 'fold-late', 'quarantine']);
    });

    test('tell of clocks that the sweep finds late', { timeout: 90_000 }, async () => {
      const { table, cloud } = current();
      eyes.begin();
      expect(await postAsEverybody('dan@globex.example')).toBe(202);
      const clock = await eventually({ what: 'a clock to be running', ...within }, async () => {
        const items = await table.list(slaDueList, { limit: 50 });
        return items.map((item) => as('sla', item)!).at(-1);
      });
      // As if it had begun an hour before, and its timer had got lost.
      const text = JSON.stringify(clock).replaceAll(/"\d{4}-\d\d-\d\dT[\d:.]+Z/g, (moment) => {
        return `"${new Date(Date.parse(moment.slice(1)) - 3_600_000).toISOString()}`;
      });
      const put: typeof clock = { ...JSON.parse(text), version: clock.version + 1 };
      await table.write({ put, condition: { if: 'version', is: clock.version } });
      // Twice: what the first printed last may come with the second.
      for (let time = 0; time < 2; time += 1) expect(await runFailed(cloud.endpoint, 'sweep')).toBe(false);
      sweptAt = Date.now();
      await eyes.tells(['sweep-late']);
    });
  });

  const atLast = () => {
    describe('alarms, at last', () => {
      test('tell of a sweep that is turned off, and no more once it is on', { timeout: 120_000 }, async () => {
        await eventually({ what: 'its rule to be due', withinMs: 90_000, lookEveryMs: 500 }, () =>
          Date.now() > turnedOffAt + sweptWithinMs ? true : undefined,
        );
        expect(await eyes.sum('SweepRan', sweptAt)).toBe(0);
        eyes.begin();
        expect(await eyes.told({ sweep: true })).toContain('sweep-missing');
        await current().events.send(new EnableRuleCommand({ Name: sweepRule }));
        await eyes.counted('SweepRan', 1);
        expect(await eyes.told({ sweep: true })).not.toContain('sweep-missing');
      });

      test('tell of every function that fails, and of the API in front', { timeout: 120_000 }, async () => {
        const { endpoint } = current().cloud;
        const names = await functionNamesOf(endpoint);
        for (const name of names) await poisonEnvironment(endpoint, name);
        const left = [...names];
        const failEach = async (): Promise<void> => {
          for (let name = left.shift(); name !== undefined; name = left.shift())
            for (let time = 0; time < 5; time += 1) expect(await runFailed(endpoint, name), name).toBe(true);
        };
        await Promise.all([failEach(), failEach()]);
        for (let time = 0; time < 6; time += 1)
          expect(await postAsEverybody('bea@acme.example')).toBeGreaterThanOrEqual(500);
        await eyes.tells(['api-errors', ...names.map((name) => `failing-${name}`)], { functions: names });
      });

      test('tell of what could not be published', { timeout: 90_000 }, async () => {
        const { cloud, table } = current();
        // As old as what has been tried for an hour in vain.
        await changeEventSources(cloud.endpoint, 'dynamodb', { MaximumRecordAgeInSeconds: 1 });
        const about = { accountId: 'acct_1', at: new Date().toISOString() };
        const event = { type: 'assessment-due.v1', id: 'due', ...about, because: 'time' } as const;
        await table.write(replacing(undefined, { ...dueKey('acct_1'), type: 'due', ...about }, [event]));
        await eyes.tells(['dead-letters-publish']);
      });

      test('tell of callers that are turned away', { timeout: 90_000 }, async () => {
        const { endpoint } = current().cloud;
        await allowNone(endpoint, 'panel');
        expect(await runFailed(endpoint, 'panel')).toBe(true);
        await eyes.tells(['throttled'], { functions: ['panel'] });
      });

      test('told of all that is said to be caused here, and of nothing else', () => {
        expect([...eyes.everTold].sort()).toEqual(
          alarms
            .map(nameOf)
            .filter((name) => meansOf(name) === 'cloud')
            .sort(),
        );
      });
    });
  };
  return { atLast, eyes: () => eyes };
};
