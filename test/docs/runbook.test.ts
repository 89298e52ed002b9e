// What the runbook has somebody type at night works: Muster's own commands on a running one, AWS's on names the stack has.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { type Started, start } from '../../cli/start.ts';
import { alarmSettings } from '../../infra/alarms/settings.ts';
import { wholeTenant } from '../alarms/template-alarms.ts';
import { muster, temporaryFolder } from '../cli/run.ts';
import { resourcesOf, templateOf } from '../infra/tenant-template.ts';
import { commandsIn, pages } from './markdown.ts';

const page = pages.find(({ path }) => path === 'docs/how-to/runbook.md')!;

const ofMuster = [
  'npm run -s muster -- dead-letters --url $MUSTER_URL --token $MUSTER_TOKEN',
  'npm run -s muster -- dead-letters --queue prompt --url $MUSTER_URL --token $MUSTER_TOKEN',
  'npm run -s muster -- redrive --queue prompt --by ops@acme.example --why "the playbook is mended" --url $MUSTER_URL --token $MUSTER_TOKEN',
  'npm run -s muster -- quarantine list --url $MUSTER_URL --token $MUSTER_TOKEN',
  'npm run -s muster -- quarantine release --all --by ops@acme.example --why "the form names its e-mail field again" --url $MUSTER_URL --token $MUSTER_TOKEN',
] as const;

/** Only AWS can run these. What they name is held to the stack here; what they ask is what AWS's reference says of the command. */
const ofAws = [
  "aws cloudwatch describe-alarms --alarm-name-prefix muster-demo- --state-value ALARM --query 'MetricAlarms[].[AlarmName,StateUpdatedTimestamp,StateReason]' --output text",
  `aws logs tail /muster/demo/fold --since 1h --format short --filter-pattern '{ $.level = "ERROR" || $.level = "WARN" }'`,
  'aws sqs get-queue-attributes --queue-url $(aws sqs get-queue-url --queue-name muster-demo-prompt --output text) --attribute-names ApproximateNumberOfMessages ApproximateNumberOfMessagesNotVisible',
  "aws lambda list-event-source-mappings --function-name muster-demo-fold --query 'EventSourceMappings[].[UUID,State,StateTransitionReason,LastProcessingResult]' --output text",
  "aws events describe-rule --name muster-demo-sweep-timers --query '[State,ScheduleExpression]' --output text",
  'aws logs tail /muster/demo/sweep --since 1h --format short',
  'aws events enable-rule --name muster-demo-sweep-timers',
  'aws logs tail /muster/demo/sync-crm --since 1h --format short',
  "aws lambda get-function-configuration --function-name muster-demo-fold --query '[LastModified,State,MemorySize,Timeout]' --output text",
  "aws lambda get-account-settings --query 'AccountLimit.[ConcurrentExecutions,UnreservedConcurrentExecutions]' --output text",
  "aws logs tail /muster/demo/api --since 1h --format short --filter-pattern '{ $.status = 5* }'",
  `aws ce get-cost-and-usage --time-period Start=2026-11-01,End=2026-12-01 --granularity MONTHLY --metrics UnblendedCost --filter '{"Tags":{"Key":"muster:tenant","Values":["demo"]}}' --group-by Type=DIMENSION,Key=SERVICE`,
] as const;

test('these are all its commands', () => {
  expect(new Set(commandsIn(page))).toEqual(new Set([...ofMuster, ...ofAws]));
});

describe('with a dead letter', () => {
  const { path } = temporaryFolder();
  let started: Started;
  beforeAll(async () => {
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    let broken = true;
    started = await start({
      ...{ data: path('state'), log },
      wrapConsumer: (name, consumer) => async (messages) => {
        if (name !== 'prompt' || !broken) return consumer(messages);
        broken = false;
        const failed = messages.map(({ id }) => id);
        // Four times here, the fifth by whom it is answered: it need not wait between them.
        for (let time = 1; time < 5; time += 1) await started.muster.embedded.queues.failed(failed);
        return { failed };
      },
    });
    const form = { email: 'buyer@acme.example', company: 'Acme' };
    await fetch(`${started.apiUrl}/forms/demo-request`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(form),
    });
    await vi.waitUntil(() => started.muster.embedded.queues.deadLetters('prompt').length === 1, 10_000);
  });
  afterAll(() => started?.stop());

  /** As a shell takes the command apart. */
  const typed = (command: string): Promise<{ code: number; stdout: string; stderr: string }> => {
    const told = command
      .replace('$MUSTER_URL', started.apiUrl)
      .replace('$MUSTER_TOKEN', started.operatorToken)
      .replace(/^npm run -s muster -- /, '');
    const words = [...told.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!);
    return muster(...words);
  };

  test('shows it, sends it again, and looks at the quarantine', async () => {
    const answers = [];
    for (const command of ofMuster) {
      const { code, stdout, stderr } = await typed(command);
      expect([command, code, stderr]).toEqual([command, 0, '']);
      answers.push(JSON.parse(stdout) as unknown);
    }
    const [counts, letters, redriven] = answers;
    expect(JSON.stringify(counts)).toContain('"prompt"');
    expect(JSON.stringify(letters)).not.toContain('buyer@acme.example');
    expect(redriven).toMatchObject({ counts: { redriven: 1 } });
    expect(started.muster.embedded.queues.deadLetters('prompt')).toEqual([]);
  });
});

describe('of AWS’s commands', () => {
  const template = templateOf(wholeTenant);
  const names = new Set(
    resourcesOf(template).flatMap(([, { Properties = {} }]) =>
      [...'QueueName FunctionName Name AlarmName LogGroupName DashboardName TopicName'.split(' ')].flatMap(
        (field) => Properties[field] ?? [],
      ),
    ),
  );

  test.each(ofAws)('%s names what the stack has', (command) => {
    const named = [...command.matchAll(/(?<![\w/])(?:muster-demo-[\w-]*|\/muster\/demo\/[\w-]+)/g)].map(([one]) => one);
    for (const one of named.filter((name) => name !== 'muster-demo-')) expect([...names]).toContain(one);
    expect(command).toMatch(/^aws (cloudwatch|logs|sqs|lambda|events|ce) [a-z-]+ /);
  });
});

test('its tenant file’s section is in order', () => {
  const [, text = ''] = /```yaml\n([\s\S]*?)```/.exec(page.text)!;
  const { alarms } = z.object({ alarms: alarmSettings }).parse(parse(text));
  expect(alarms.thresholds).toMatchObject({ quarantinedPerHour: 50, apiSeconds: 5, errorPercent: 5 });
});

test('each section says what it means, how to look and how to mend', () => {
  const sections = page.text.split(/^#{2,3} (?=[a-z])/m).slice(1);
  expect(sections.length).toBeGreaterThan(50);
  for (const section of sections)
    expect(
      [...section.matchAll(/^\*\*(Means|Look|Mend):\*\* \S/gm)].map(([, what]) => what),
      section,
    ).toEqual([...['Means', 'Look', 'Mend']]);
});
