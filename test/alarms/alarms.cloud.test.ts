// Alarms on the local cloud, by their own definitions: those of one metric as they were deployed, the others as the template of AWS has them.
// First what everybody does, and none tells; then one thing after another is broken that breaks on AWS.
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type LocalCloud, startLocalCloud } from '../../cli/local-cloud/local-cloud.ts';
import { playbookFileOf, savePlaybookFile } from '../../cli/tenant-playbook.ts';
import { queueNames } from '../../infra/queues.ts';
import { eventually } from '../e2e/eventually.ts';
import { functionsOf, templateOf } from '../infra/tenant-template.ts';
import type { AlarmDefinition } from './evaluate.ts';
import { deployedAlarms, ofFunctionNow, ofLogs, ofQueuesNow, toldIfItGoesOn } from './local-cloud-eyes.ts';
import type { Sample } from './samples.ts';
import { alarmsIn, nameOf } from './template-alarms.ts';

const within = { withinMs: 40_000 };

describe('on the local cloud', () => {
  let cloud: LocalCloud;
  let sqs: SQSClient;
  let alarms: AlarmDefinition[];
  let groups: string[];
  const answered: Sample[] = [];

  beforeAll(async () => {
    cloud = await startLocalCloud({ retrySeconds: 1 });
    Object.assign(process.env, cloud.environment);
    await savePlaybookFile(playbookFileOf('demo'), cloud.outputs.TableName);
    const client = { endpoint: cloud.endpoint, region: cloud.environment.AWS_REGION };
    sqs = new SQSClient(client);
    const deployed = await deployedAlarms(cloud.endpoint);
    const names = new Set(deployed.map(nameOf));
    groups = functionsOf(templateOf()).map(({ name }) => `/muster/demo/${name}`);
    alarms = [...deployed, ...alarmsIn(templateOf()).filter((alarm) => !names.has(nameOf(alarm)))];
  }, 120_000);
  afterAll(async () => {
    sqs?.destroy();
    await cloud?.stop();
  });

  const postForm = async (email: string): Promise<number> => {
    const { status } = await fetch(`${cloud.apiUrl}/forms/demo-request`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, 'first-name': 'Bea', company: 'Acme', timeframe: 'this-quarter' }),
    });
    const about = { namespace: 'AWS/ApiGateway', dimensions: { ApiId: 'the API' }, at: Date.now() };
    answered.push({ ...about, name: 'Count', value: 1 }, { ...about, name: '5xx', value: status >= 500 ? 1 : 0 });
    return status;
  };
  const urlOf = (name: string): string => {
    const title = name.charAt(0).toUpperCase() + name.slice(1);
    return cloud.outputs[`${title}DeadLettersUrl`] ?? '';
  };
  const runFunction = (name: string): Promise<Response> =>
    fetch(`${cloud.endpoint}/2015-03-31/functions/muster-demo-${name}/invocations`, { method: 'POST', body: '{}' });

  /** All that can be seen, where the API's id is its reference in the template. */
  const seen = async (): Promise<Sample[]> => {
    const dead = Object.fromEntries(queueNames.map((name) => [`muster-demo-${name}-dlq`, urlOf(name)]));
    const [queues, logs, fold] = await Promise.all([
      ofQueuesNow(sqs, dead),
      ofLogs(cloud.endpoint, groups),
      ofFunctionNow(cloud.endpoint, 'muster-demo-fold'),
    ]);
    const apiId = alarms
      .flatMap(({ Metrics }) => Metrics ?? [])
      .flatMap((one) =>
        'MetricStat' in one && one.MetricStat.Metric.Namespace === 'AWS/ApiGateway'
          ? Object.values(one.MetricStat.Metric.Dimensions)
          : [],
      )[0];
    return [...queues, ...logs, ...fold, ...answered.map((one) => ({ ...one, dimensions: { ApiId: apiId ?? '' } }))];
  };
  const told = async (): Promise<string[]> => toldIfItGoesOn(alarms, await seen());

  test('the alarms were deployed as the template has them', async () => {
    const local = alarmsIn(templateOf({}, true));
    const deployed = await deployedAlarms(cloud.endpoint);
    expect(deployed.map(nameOf).sort()).toEqual(local.map(nameOf).sort());
    for (const { AlarmName, AlarmDescription, Threshold, EvaluationPeriods, DatapointsToAlarm } of local)
      expect(deployed).toContainEqual(
        expect.objectContaining({ AlarmName, AlarmDescription, Threshold, EvaluationPeriods, DatapointsToAlarm }),
      );
  });

  test('what everybody does is quiet', { timeout: 60_000 }, async () => {
    expect(await postForm('bea@acme.example')).toBe(202);
    expect((await runFunction('sweep')).headers.has('x-amz-function-error')).toBe(false);
    const all = [
      'Captured',
      'Folded',
      'FoldLagSeconds',
      'Assessed',
      'LeadQualified',
      'LeadRouted',
      'SlaStarted',
      'NoticesSent',
    ];
    await eventually({ what: 'all on the way to the mail to be counted', ...within }, async () => {
      const counted = new Set((await seen()).map(({ name }) => name));
      return [...all, 'SweepRan'].every((name) => counted.has(name)) ? true : undefined;
    });
    expect(await told()).toEqual([]);
  });

  test('what nobody can work off is told of, in every queue', { timeout: 60_000 }, async () => {
    for (const name of queueNames) {
      const QueueUrl = urlOf(name).replace(/-dlq$/, '');
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'this is no message of ours' }));
    }
    const expected = queueNames.map((name) => `dead-letters-${name}`).sort();
    await eventually({ what: 'a dead letter in every queue', ...within }, async () => {
      const names = await told();
      return expected.every((name) => names.includes(name)) ? true : undefined;
    });
    expect(await told()).toEqual(expected);
  });

  test('mail that comes back is told of, and a mailbox that gets none any more', { timeout: 60_000 }, async () => {
    const detail = (n: number) => ({
      ...{ eventType: 'Bounce', bounce: { bounceType: 'Permanent', bounceSubType: 'General' } },
      mail: {
        ...{ messageId: `m${n}`, destination: [`nobody${n}@acme.example`] },
        tags: { 'ses:configuration-set': ['muster-demo'] },
      },
    });
    // As the rule on the account's own bus puts it on the queue; on that bus itself only SES can put anything.
    const QueueUrl = urlOf('notify').replace(/-dlq$/, '');
    for (const n of [1, 2, 3, 4, 5]) {
      const event = {
        version: '0',
        id: `bounce${n}`,
        source: 'aws.ses',
        'detail-type': 'Email Bounced',
        detail: detail(n),
      };
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(event) }));
    }
    await eventually({ what: 'five mails to have come back', ...within }, async () => {
      const back = (await seen()).filter(({ name }) => name === 'MailBounced');
      return back.reduce((sum, { value }) => sum + value, 0) >= 5 ? true : undefined;
    });
    expect(await told()).toEqual(expect.arrayContaining(['mail-bounces', 'mailbox-stopped']));
  });

  test('a function that fails is told of, and the API in front of one', { timeout: 60_000 }, async () => {
    await breakFunction('fold');
    await breakFunction('capture-forms');
    for (let time = 0; time < 6; time += 1) await runFunction('fold');
    for (let time = 0; time < 6; time += 1) expect(await postForm('bea@acme.example')).toBeGreaterThanOrEqual(500);
    expect(await told()).toEqual(expect.arrayContaining(['api-errors', 'failing-fold']));
  });

  test('a sweep that is turned off is told of', () => {
    // Of a stack whose sweep never ran CloudWatch hears nothing.
    expect(toldIfItGoesOn(alarms, [])).toEqual(['sweep-missing']);
  });

  const configuration = z.object({ Environment: z.object({ Variables: z.record(z.string(), z.string()) }) });
  /** Takes away what it cannot begin without. */
  const breakFunction = async (name: string): Promise<void> => {
    const url = `${cloud.endpoint}/2015-03-31/functions/muster-demo-${name}/configuration`;
    const { TABLE_NAME: _, ...Variables } = configuration.parse(await (await fetch(url)).json()).Environment.Variables;
    const body = JSON.stringify({ Environment: { Variables } });
    await fetch(url, { method: 'PUT', headers: { 'content-type': 'application/json' }, body });
  };
});
