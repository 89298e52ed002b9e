// The functions of the stack, each counted as Lambda would bill it, on DynamoDB Local and the stand-ins: the handlers, steps
// and AWS adapters are the real ones.
import { randomUUID } from 'node:crypto';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { APIGatewayProxyEventV2, Context, SQSRecord } from 'aws-lambda';
import { createHandler as createForms } from '../../../functions/capture-forms.ts';
import { createHandler as createHits } from '../../../functions/capture-hits.ts';
import { queueHandler } from '../../../functions/queue-handler.ts';
import { type FunctionName, functionSizes } from '../../../infra/function-sizes.ts';
import { type QueueName, queueWorkers } from '../../../infra/queues.ts';
import { createBus } from '../../../lib/adapters/aws/bus.ts';
import { createMailer } from '../../../lib/adapters/aws/mailer.ts';
import { createMeter } from '../../../lib/adapters/aws/meter.ts';
import { createQueue } from '../../../lib/adapters/aws/queue.ts';
import { createTimers } from '../../../lib/adapters/aws/timers.ts';
import type { VirtualClock } from '../../../lib/adapters/embedded/clock.ts';
import type { Playbook } from '../../../lib/domain/playbook/playbook.ts';
import type { Log, Table } from '../../../lib/ports.ts';
import { createAssess } from '../../../lib/steps/assess.ts';
import { createFold } from '../../../lib/steps/fold/fold.ts';
import { createNotify } from '../../../lib/steps/notify.ts';
import { playbookReader, savePlaybook } from '../../../lib/steps/playbooks.ts';
import { createPublish } from '../../../lib/steps/publish.ts';
import { createRoute } from '../../../lib/steps/route.ts';
import { createSla, createSlaTimers } from '../../../lib/steps/sla.ts';
import type { Meter as Bill } from './meter.ts';
import { withOutboxes } from './metered-dynamodb.ts';
import { createServices } from './metered-services.ts';

/** CloudWatch counts 26 bytes an event besides its text. Lambda's own lines are off (infra/functions.ts). */
const logEvent = 26;
/** The access log's line of infra/api.ts. */
const accessLog = 190 + logEvent;

/** As many as the stack's event sources hand over at once. */
const batchSizes: Partial<Record<QueueName, number>> = { hits: 1_000 };
const streamBatch = 100;

export const writeKey = 'bench-write-key';
const allowedOrigins = ['https://www.example.com'];

export const createMeteredStack = async (
  bill: Bill,
  clock: VirtualClock,
  plain: Table,
  playbookSource: { source: string; playbook: Playbook },
) => {
  const { table, take } = withOutboxes(plain);
  const services = createServices(bill);
  const logged = (bytes: number, what: string): void => bill.add('logGigabytes', what, bytes / 1e9);
  const line = (message: string, fields: Record<string, unknown> = {}): void => {
    // What Powertools adds: level, timestamp, service, tenant and the trace.
    const frame = { level: 'INFO', timestamp: new Date(clock.now()).toISOString(), service: 'muster', tenant: 'demo' };
    logged(
      JSON.stringify({ ...frame, xray_trace_id: '1-00000000-000000000000000000000000', message, ...fields }).length +
        logEvent,
      'our lines',
    );
  };
  const refuse = (message: string, fields?: Record<string, unknown>): never => {
    throw new Error(`the bench met a failure: ${message} ${JSON.stringify(fields)}`);
  };
  const log: Log = { info: line, warn: refuse, error: refuse };
  // The lines that CloudWatch makes metrics of, counted where they would be printed.
  const emf = new (class extends Metrics {
    override publishStoredMetrics(): this {
      logged(JSON.stringify(this.serializeMetrics()).length + logEvent, 'lines of metrics');
      this.clearMetrics();
      return this;
    }
  })({ namespace: 'Muster' });
  const meter = createMeter('demo', emf);

  /** Runs one invocation and bills it: to the started millisecond, at the function's memory. */
  const invoked = async <Result>(name: FunctionName, run: () => Promise<Result>): Promise<Result> => {
    const from = performance.now();
    const result = await run();
    const seconds = Math.ceil(performance.now() - from) / 1000;
    bill.add('lambdaInvocations', name);
    bill.add('lambdaGbSeconds', name, (seconds * functionSizes[name].megabytes) / 1024);
    return result;
  };

  // As a tenant's file has it that says nothing of it.
  const retention = { anonymousDays: 395, trailMonths: 25, noticeDays: 395, quarantineDays: 90 };
  // A reader for each function, since each has a memory of its own.
  const ports = () => ({ table, clock, log, meter, retention, playbook: playbookReader({ table, clock }) });
  const timers = createTimers({ group: 'muster', queueArn: 'timers', roleArn: 'role' }, services.scheduler, clock);
  const sla = { ...ports(), timers };
  const fold = createFold(ports());
  const workers: Record<QueueName, ReturnType<typeof queueHandler>> = {
    prompt: queueHandler(fold),
    hits: queueHandler(fold),
    assess: queueHandler(createAssess(ports())),
    route: queueHandler(createRoute({ ...ports(), timers })),
    sla: queueHandler(createSla(sla)),
    timers: queueHandler(createSlaTimers(sla)),
    notify: queueHandler(
      createNotify({ ...sla, mailer: createMailer({ from: 'Muster <m@demo.example>' }, services.ses) }),
    ),
    // Nobody operates what is measured.
    operate: queueHandler(async () => ({ failed: [] })),
  };
  const publish = createPublish({ meter, bus: createBus('muster', services.eventBridge) });
  const capture = { clock, log, meter, allowedOrigins };
  const forms = createForms({ ...capture, queue: createQueue('prompt', services.sqs), playbook: ports().playbook });
  const hits = createHits({ ...capture, queue: createQueue('hits', services.sqs), writeKeys: [writeKey] });

  const stream = async (): Promise<void> => {
    const outboxes = take();
    for (let from = 0; from < outboxes.length; from += streamBatch)
      await invoked('publish', () => publish(outboxes.slice(from, from + streamBatch)));
  };

  const work = async (name: QueueName): Promise<boolean> => {
    const bodies = services.waiting[name].splice(0, batchSizes[name] ?? 10);
    if (bodies.length === 0) return false;
    // Received and deleted in tens.
    bill.add('sqsRequests', `receive and delete ${name}`, 2 * Math.ceil(bodies.length / 10));
    const Records = bodies.map((body) => ({
      messageId: randomUUID(),
      body,
      attributes: { ApproximateReceiveCount: '1' },
    }));
    const { batchItemFailures } = await invoked(queueWorkers[name], () =>
      workers[name]({ Records: Records as SQSRecord[] }, {} as Context),
    );
    if (batchItemFailures.length > 0) refuse('messages came back', { name });
    await stream();
    return true;
  };

  const post = async (name: 'capture-forms' | 'capture-hits', path: string, body: string): Promise<void> => {
    bill.add('httpApiRequests', name);
    logged(accessLog, 'access log');
    const { statusCode = 0 } = await invoked(name, () =>
      (name === 'capture-forms' ? forms : hits)(requestOf(path, body, clock.now()), {} as Context),
    );
    if (statusCode >= 300) refuse(`${path} was answered ${statusCode}`);
  };

  await savePlaybook({ table, clock }, playbookSource.source, playbookSource.playbook);
  take();
  return {
    post,
    /** Carries everything that waits through, queue after queue, until nothing waits. */
    drain: async (): Promise<void> => {
      const names = Object.keys(services.waiting) as QueueName[];
      for (let busy = true; busy; ) {
        busy = false;
        for (const name of names) while (await work(name)) busy = true;
      }
    },
    schedules: services.schedules,
    fire: (name: string): void => {
      const schedule = services.schedules.get(name);
      services.schedules.delete(name);
      if (schedule === undefined) return;
      bill.add('schedulerInvocations', 'timer');
      bill.add('sqsRequests', 'send timers');
      services.waiting.timers.push(schedule.body);
    },
  };
};
export type MeteredStack = Awaited<ReturnType<typeof createMeteredStack>>;

const requestOf = (path: string, body: string, time: number): APIGatewayProxyEventV2 => ({
  version: '2.0',
  routeKey: path.startsWith('/forms') ? 'POST /forms/{formId}' : 'ANY /v1/{proxy+}',
  rawPath: path,
  rawQueryString: '',
  headers: {
    'content-type': path.startsWith('/forms') ? 'application/json' : 'text/plain',
    'user-agent':
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
    origin: 'https://www.example.com',
  },
  pathParameters: path.startsWith('/forms') ? { formId: path.split('/')[2]! } : { proxy: path.split('/')[2]! },
  body,
  isBase64Encoded: false,
  requestContext: {
    accountId: '1',
    apiId: 'api',
    domainName: 'api.example.com',
    domainPrefix: 'api',
    http: { method: 'POST', path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: '' },
    requestId: randomUUID(),
    routeKey: '$default',
    stage: '$default',
    time: new Date(time).toISOString(),
    timeEpoch: time,
  },
});
