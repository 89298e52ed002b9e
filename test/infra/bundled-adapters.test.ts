// What is left out of a bundle is not missed: bundled, every adapter says to AWS the very same as it does unbundled, and makes
// the same of the answers.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundle } from '../../infra/bundle.ts';
import * as bus from '../../lib/adapters/aws/bus.ts';
import * as mailer from '../../lib/adapters/aws/mailer.ts';
import * as queue from '../../lib/adapters/aws/queue.ts';
import * as secrets from '../../lib/adapters/aws/secrets.ts';
import * as table from '../../lib/adapters/aws/table.ts';
import * as timers from '../../lib/adapters/aws/timers.ts';
import { type Answer, type Call, type StubService, startStubService } from './stub-service.ts';

const adapters = { bus, mailer, queue, secrets, table, timers };
type Adapters = typeof adapters;

const folder = mkdtempSync(join(tmpdir(), 'muster-bundled-adapters-'));
let service: StubService;
let bundled: Adapters;

beforeAll(async () => {
  const entries = join(import.meta.dirname, '../../lib/adapters/aws');
  await bundle({ entries, names: Object.keys(adapters), out: folder });
  const modules = Object.keys(adapters).map(async (name) => [
    name,
    await import(pathToFileURL(join(folder, name, 'index.mjs')).href),
  ]);
  bundled = Object.fromEntries(await Promise.all(modules));
  service = await startStubService();
});

afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

/** All but the moment, chance, the signature that hangs on both, and the SDK's version, which its two builds tell differently. */
const withoutChance = ({ method, path, headers, body }: Call) => ({
  method,
  path: path.replace(/(?<=clientToken=)[\w-]+/, '…'),
  target: headers['x-amz-target'],
  type: headers['content-type'],
  agent: headers['user-agent']?.replaceAll(/3\.\d+\.\d+/g, '…'),
  signed: headers.authorization?.replaceAll(/\d{8}(?=\/)|Signature=\w+/g, '…'),
  session: headers['x-amz-security-token'],
  body: JSON.stringify(body)?.replace(/"(ClientToken|ClientRequestToken)":"[\w-]+"/, '"$1":"…"'),
});

/** What comes of it with the adapters as they are and as they are bundled, and what each time was sent. */
async function both(answers: readonly Answer[], run: (adapters: Adapters) => Promise<unknown>) {
  const outcomes = [];
  for (const each of [adapters, bundled]) {
    service.answer(...answers);
    const came = await run(each).catch(({ name, code, message }) => ({ name, code, message }));
    outcomes.push({ came, sent: service.taken().map(withoutChance) });
  }
  const [asIs, asBundled] = outcomes;
  expect(asBundled).toEqual(asIs);
  return asBundled!;
}

const ok = (body: object = {}): Answer => ({ status: 200, body });
const fault = (type: string, more: object = {}, status = 400): Answer => ({
  status,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'no', ...more },
});

const item = { pk: 'LEAD#1', sk: 'LEAD', type: 'lead', version: 1, score: 0.5, tags: ['a', null], odd: { é: '日本' } };
const stored = { pk: { S: 'LEAD#1' }, sk: { S: 'a' }, n: { N: '1.5' }, l: { L: [{ NULL: true }, { BOOL: true }] } };
/** At one moment, which stands in conditions. */
const createTable = (table: Adapters['table']) =>
  table.createTable('muster', undefined, { now: () => 1_700_000_000_000 });
const put = { put: item, condition: { if: 'absent' } } as const;
const target = {
  group: 'muster',
  queueArn: 'arn:aws:sqs:eu-central-1:1:timers',
  roleArn: 'arn:aws:iam::1:role/timers',
};
const timer = { name: 'sla', at: '2099-01-01T00:00:00.000Z', body: '{}' };
const mail = { to: 'bea@acme.example', subject: 'Größe', text: 'text', html: '<p>html</p>', noticeId: 'notice' };

it('writes, reads and lists items', async () => {
  const written = await both([ok()], ({ table }) => createTable(table).write(put));
  expect(written.sent[0]).toMatchObject({ target: 'DynamoDB_20120810.PutItem', type: 'application/x-amz-json-1.0' });

  const read = await both([ok({ Items: [stored] })], ({ table }) => createTable(table).query('LEAD#1', 'a', 3));
  expect(read.came).toEqual([{ pk: 'LEAD#1', sk: 'a', n: 1.5, l: [null, true] }]);

  const listed = [ok({ Items: [stored] }), ok({ Responses: { muster: [{ ...stored, listPk: { S: 'due' } }] } })];
  const page = await both(listed, ({ table }) => createTable(table).list('due', { limit: 1 }));
  expect(page.came).toHaveLength(1);
  expect(page.sent).toHaveLength(2);
});

it('knows a conflict, tries throttled calls again and gives up on what is refused', async () => {
  const write = ({ table }: Adapters) => createTable(table).write(put);
  expect((await both([fault('ConditionalCheckFailedException')], write)).came).toMatchObject({ code: 'conflict' });
  expect((await both([fault('ProvisionedThroughputExceededException'), ok()], write)).sent).toHaveLength(2);
  expect((await both([fault('InternalServerError', {}, 500), ok()], write)).sent).toHaveLength(2);
  expect((await both([fault('ValidationException')], write)).came).toMatchObject({ name: 'ValidationException' });

  const check = { check: { pk: 'LEAD#1', sk: 'b' }, condition: { if: 'version', is: 2 } } as const;
  const cancelled = fault('TransactionCanceledException', {
    CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }],
  });
  const refused = await both([cancelled], ({ table }) => createTable(table).transact([put, check]));
  expect(refused.came).toMatchObject({ code: 'conflict' });
});

it('queues, publishes and reads secrets', async () => {
  // SQS is called at the address its queue has.
  const url = `${service.endpoint}/1/prompt`;
  const queued = await both([ok({ MessageId: '1' })], ({ queue }) => queue.createQueue(url).send(['{}']));
  expect(queued.sent[0]).toMatchObject({ target: 'AmazonSQS.SendMessage' });
  const partly = [ok({ Failed: [{ Id: '1', Code: 'x', SenderFault: false }] }), ok({ Successful: [] })];
  expect((await both(partly, ({ queue }) => queue.createQueue(url).send(['1', '2']))).sent).toHaveLength(2);

  const event = { type: 'lead-changed.v1', id: 'é', leadId: '1' } as never;
  const published = await both([ok({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] })], ({ bus }) =>
    bus.createBus('muster').publish([event]),
  );
  expect(published.sent[0]).toMatchObject({ target: 'AWSEvents.PutEvents' });

  const secret = await both([ok({ SecretString: '{"tokens":["a","b"]}' })], ({ secrets }) =>
    secrets.createSecrets({ read: 'read' }).readTokens(),
  );
  expect(secret.came).toEqual(['a', 'b']);
});

it('sets and cancels timers and sends mail, which speak REST', async () => {
  const set = await both([ok({ ScheduleArn: 'arn' })], ({ timers }) => timers.createTimers(target).set(timer));
  expect(set.sent[0]).toMatchObject({ method: 'POST', path: '/schedules/sla' });
  const again = [fault('ConflictException', {}, 409), ok({ ScheduleArn: 'arn' })];
  const replaced = await both(again, ({ timers }) => timers.createTimers(target).set(timer));
  expect(replaced.sent.map(({ method }) => method)).toEqual(['POST', 'PUT']);
  const gone = await both([fault('ResourceNotFoundException', {}, 404)], ({ timers }) =>
    timers.createTimers(target).cancel('sla'),
  );
  expect(gone).toMatchObject({
    came: undefined,
    sent: [{ method: 'DELETE', path: '/schedules/sla?clientToken=…&groupName=muster' }],
  });

  const sent = await both([ok({ MessageId: 'm1' })], ({ mailer }) =>
    mailer.createMailer({ from: 'us@acme.example' }).send(mail),
  );
  expect(sent.came).toEqual({ messageId: 'm1' });
  expect(sent.sent[0]).toMatchObject({ method: 'POST', path: '/v2/email/outbound-emails' });
  const rejected = await both([fault('MessageRejected')], ({ mailer }) =>
    mailer.createMailer({ from: 'us@acme.example' }).send(mail),
  );
  expect(rejected.came).toMatchObject({ name: 'MessageRejected' });
});
