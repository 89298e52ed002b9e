// What has nothing of somebody but an id goes with them: of every kind of item there is, with the timers and mails that hang on them;
// what stays counts and records without saying of whom.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { held } from '../../lib/domain/held-kinds.ts';
import { leadIdOfEmail, recipientIdOf } from '../../lib/domain/ids.ts';
import { allOf } from '../../lib/table/items.ts';
import { demoRequest } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';
import { emailOf, linesOf, live } from './person.ts';

const email = emailOf('anna');
const lead = leadIdOfEmail(email);
const at = '2026-11-20T10:00:00.000Z';
const asked = { by: 'ops@seller.example', why: `${email} asked.`, at };

/** Kinds that none of their lines makes within the day. */
const byHand: Readonly<Record<string, object>> = {
  mailbox: { recipientId: recipientIdOf(email), stopped: 'bounce', at, why: 'none' },
  sync: { recordId: 'crm_0000000000000000', accountId: 'acct_1', leadId: lead, at },
  delivery: { destination: 'warehouse', event: { type: 'lead-changed.v1', at, leadId: lead }, tries: 1, at },
  'held-notice': { recipientId: 'rcpt_1', owner: lead, noticeId: 'n1', until: at, event: { leadId: lead } },
  'wake-up': { name: 'one', at, event: { type: 'routing-due.v1', accountId: 'acct_1', leadId: lead } },
  'crm-request': { request: { ...asked, source: 'crm', wants: { call: 'convert', lead: 'annazzrecord' } } },
  operation: { operationId: 'op_0', asked: { operation: 'rebuild', lead }, ...asked, state: 'done', since: at },
  deed: { id: 'd', at, who: 'read token', via: 'token', saidBy: email, what: 'lead.good', about: [lead, 'acct_1'] },
  attainment: { accountId: 'acct_1', leadId: lead, attainment: { week: '2026-W47' } },
};

let world: World;
beforeEach(async () => {
  world = await openWorld('2026-11-20T12:00:00.000Z');
});
afterEach(() => world.close());

const ask = (): Promise<void> => {
  const request = { type: 'operation-requested.v1', operationId: 'op_1', ...asked };
  const body = JSON.stringify({ ...request, asked: { operation: 'erase-person', lead } });
  return world.embedded.queues.queue('operate').send([body]);
};
const erase = async (): Promise<void> => {
  await ask();
  await world.runtime.advanceTo(world.embedded.clock.now() + 30 * 60_000);
};
const timers = () => world.embedded.database.prepare('SELECT name FROM timers').all();
const openLeads = () => allOf('load', world.items()).map(({ open }) => open);

it('leaves of no kind of item one that names them, but where they stood', async () => {
  await live(world, [...linesOf('anna'), ...linesOf('bert')]);
  for (const [type, fields] of Object.entries(byHand)) {
    const put = { pk: `BY-HAND#${type}`, sk: type, type, version: 1, ...fields };
    await world.embedded.table.write({ put, condition: { if: 'absent' } });
  }
  const theirs = allOf('lead', world.items()).filter(({ links }) => links[lead] !== undefined);
  const ids = [lead, recipientIdOf(email), email, ...theirs.map(({ leadId }) => leadId)];
  const naming = () =>
    world.items().filter(({ outbox: _, ...item }) => ids.some((id) => JSON.stringify(item).includes(id)));
  const kinds = new Set(naming().map(({ type }) => type));
  expect(Object.keys(held).filter((kind) => !kinds.has(kind))).toEqual(['dead-letter']);

  await erase();

  const left = naming().filter(({ erased, gone }) => erased === undefined && gone !== true);
  expect(left.map(({ type, asked, why }) => ({ type, asked, why }))).toEqual([
    { type: 'operation', asked: { operation: 'rebuild', lead }, why: 'erased on request' },
    { type: 'operation', asked: { operation: 'erase-person', lead }, why: '(an address) asked.' },
  ]);
  const kept = new Map(world.items().map((item) => [item.pk, item]));
  expect(kept.get('BY-HAND#attainment')).toMatchObject({ leadId: 'erased', attainment: { week: '2026-W47' } });
  expect(kept.get('BY-HAND#deed')).toMatchObject({ saidBy: 'erased', about: ['erased', 'acct_1'], what: 'lead.good' });
});

it('takes back what hangs on it: timers, the lead somebody was busy with, mails that are kept', async () => {
  await world.deliver([demoRequest('f1', at, email)]);
  const mail = { to: 'ada@seller.example', subject: 'A list', text: `Call ${email}.`, html: '', noticeId: 'n1' };
  await world.embedded.mailer.send(mail);
  expect([timers().length > 0, openLeads(), world.embedded.mailer.outbox().length > 1]).toEqual([true, [1], true]);

  await erase();

  expect([timers(), openLeads(), world.embedded.mailer.outbox()]).toEqual([[], [0], []]);
});

it('keeps of somebody who comes back while it still looks what is of since', async () => {
  await world.deliver([demoRequest('f1', at, email)]);
  await ask();
  await world.advanceTo('2026-11-20T12:02:00.000Z');
  expect(allOf('assignment', world.items())).toEqual([]);

  await world.deliver([demoRequest('f2', '2026-11-20T12:01:00.000Z', email)]);
  await world.advanceTo('2026-11-20T12:30:00.000Z');

  const [operation] = allOf('operation', world.items());
  expect(operation).toMatchObject({ state: 'done' });
  expect(operation!.report!.counts.rounds).toBeGreaterThan(1);
  expect(allOf('assignment', world.items()).map(({ leadId }) => leadId)).toEqual([lead]);
  expect(allOf('sla', world.items()).map(({ leadId }) => leadId)).toEqual([lead]);
});
