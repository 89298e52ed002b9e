// Notices that come late, or for something that happened meanwhile: what counts is what is so when they go out.
import { afterEach, expect, it } from 'vitest';
import type { PlaybookInput } from '../../lib/domain/playbook/playbook.ts';
import { createNotify } from '../../lib/steps/notify.ts';
import { allOf } from '../../lib/table/items.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { crm, demoRequest } from '../simulation/lines.ts';
import { openWorld, silent, type World } from '../simulation/world.ts';
import { grace, mailsIn, playbook } from './notices-world.ts';

let world: World;
afterEach(() => world.close());
const open = async (
  start: string,
  changes: Partial<PlaybookInput> = {},
  options: Parameters<typeof openWorld>[1] = {},
): Promise<void> => {
  world = await openWorld(start, { ...options, playbook: playbook(changes) });
};
const ask = (id: string, at: string, email: string, given = {}) => world.deliver([demoRequest(id, at, email, given)]);
const outbox = () => world.embedded.mailer.outbox();
const mails = () => mailsIn(world, { short: true });
const clocks = () => allOf('sla', world.items()).map(({ clock }) => clock);

it('reminds nobody of a lead, and calls nobody late, before the digest told them of it', async () => {
  await open('2026-11-19T09:00:00.000Z', {
    notices: { digest: { grades: ['C1'], at: '08:30' } },
    sla: { ...playbook().sla, targets: {}, otherwise: { within: '2 hours' } },
  });
  await ask('f', '2026-11-19T09:00:00.000Z', 'bea@acme.example');
  await world.advanceTo('2026-11-20T09:30:00.000Z');

  expect(mails()).toEqual(['11-20 09:00 ada: New lead']);
  expect(clocks()).toMatchObject([{ toldAt: '2026-11-20T09:00:00.000Z', dueAt: '2026-11-20T11:00:00.000Z' }]);
  expect(clocks()[0]).not.toHaveProperty('breachedAt');
});

it.each([
  'nurture',
  'working',
  'disqualified',
] as const)('tells nobody of a lead that went to %s before they were told', async (stage) => {
  await open('2026-11-21T15:00:00.000Z');
  await ask('f', '2026-11-21T15:00:00.000Z', 'bea@acme.example');
  await world.deliver([
    crm('c', '2026-11-22T09:00:00.000Z', { object: 'person', externalId: 'L1', email: 'bea@acme.example', stage }),
  ]);
  await world.advanceTo('2026-11-23T10:00:00.000Z');

  expect(mails()).toEqual([]);
  expect(allOf('held-notice', world.items())).toEqual([]);
});

const answering = (): Partial<PlaybookInput> => {
  const { forms } = testPlaybook();
  const autoResponse = { subject: 'We have your request', text: 'Thank you.', consent: 'not-needed' as const };
  return { forms: { ...forms, 'demo-request': { ...forms['demo-request']!, autoResponse } } };
};

it('does not answer a form of long ago that only comes in now', async () => {
  await open('2026-11-20T09:00:00.000Z', answering());
  await ask('f', '2026-05-20T09:00:00.000Z', 'bea@acme.example');

  expect(outbox().filter(({ subject }) => subject === 'We have your request')).toEqual([]);
});

it('gives a held notice on an account to who owns it by then, and nobody the notices of another', async () => {
  await open('2026-11-21T15:00:00.000Z');
  await ask('f', '2026-11-21T15:00:00.000Z', 'bea@acme.example');
  const { table } = world.embedded;
  const account = allOf('account-assessment', world.items())[0]!;
  const { accountId } = allOf('rep', world.items())[0]!;
  const surge = {
    since: '2026-11-20',
    endsAt: '2026-11-27',
    standing: true,
    personDays: 9,
    people: 3,
    usualPersonDays: 1,
    pValue: 0.001,
    causes: [],
    why: 'Nine.',
  };
  await table.write({ put: { ...account, assessment: { ...account.assessment, surge } }, condition: { if: 'always' } });
  const event = {
    type: 'account-surged.v1',
    id: 'evt_0000000000000000',
    at: '2026-11-21T15:00:00.000Z',
    accountId,
    since: '2026-11-20',
  };
  const notify = createNotify({ ...world.embedded, playbook: world.playbook, log: silent });
  expect(await notify([{ id: 'm', body: JSON.stringify(event), attempt: 1 }])).toEqual({ failed: [] });
  expect(
    allOf('held-notice', world.items())
      .map(({ event: { type } }) => type)
      .sort(),
  ).toEqual(['account-surged.v1', 'lead-routed.v1']);
  const rep = allOf('rep', world.items())[0]!;
  await table.write({ put: { ...rep, owner: { email: grace.email, name: grace.name } }, condition: { if: 'always' } });
  await world.advanceTo('2026-11-23T10:00:00.000Z');

  expect(mails()).toEqual(['11-23 09:00 ada: New lead', '11-23 09:00 grace: Surge']);
  expect(allOf('held-notice', world.items())).toEqual([]);
});

const isDue = ({ body }: { body: string }): boolean => body.includes('"notices-due.v1"');
const saturday = '2026-11-21T15:00:00.000Z';
const sweepEveryMs = 5 * 60_000;

it('sends by the sweep, and once, what was to wake it is gone for', async () => {
  let lost = 0;
  await open(
    saturday,
    {},
    {
      sweepEveryMs,
      wrapConsumer: (_name, consumer) => async (messages) => {
        const gone = messages.filter((message) => lost < 2 && isDue(message));
        lost += gone.length;
        return consumer(messages.filter((message) => !gone.includes(message)));
      },
    },
  );
  await ask('f', saturday, 'bea@acme.example');
  await ask('g', saturday, 'bo@acme.example');
  await world.advanceTo('2026-11-23T12:00:00.000Z');

  // Woken at nine in vain, asked for after ten minutes in vain, and once more after as long again.
  expect([lost, mails()]).toEqual([2, ['11-23 09:20 ada: 2 new leads for you']]);
  expect(allOf('held-notice', world.items())).toEqual([]);
});

it('leaves fewer and fewer dead letters of what can never be sent', async () => {
  await open(
    saturday,
    {},
    {
      sweepEveryMs,
      wrapConsumer: (name, consumer) => async (messages) =>
        name === 'notify' && messages.some(isDue) ? { failed: messages.map(({ id }) => id) } : consumer(messages),
    },
  );
  await ask('f', saturday, 'bea@acme.example');
  await world.advanceTo('2026-11-23T21:00:00.000Z');

  // Of 09:00, 09:10, 09:20, 09:40, 10:20 and so on.
  expect(world.embedded.queues.depth('notify').dead).toBe(8);
});

it('sends once what two events ask for at the same time', async () => {
  await open(saturday);
  await ask('f', saturday, 'bea@acme.example');
  const { recipientId } = allOf('held-notice', world.items())[0]!;
  const clock = { now: () => Date.parse('2026-11-23T09:00:00.000Z') };
  const sent: string[] = [];
  const mailer = {
    send: async ({ subject }: { subject: string }) => {
      await new Promise((resolve) => setImmediate(resolve));
      sent.push(subject);
      return { messageId: 'm' };
    },
  };
  const notify = createNotify({ ...world.embedded, clock, mailer, playbook: world.playbook, log: silent });
  const event = (id: string) => ({ type: 'notices-due.v1', id, at: saturday, recipientId });
  const heard = await Promise.all(
    ['evt_1', 'evt_2'].map((id) => notify([{ id, body: JSON.stringify(event(id)), attempt: 1 }])),
  );

  expect(heard).toEqual([{ failed: [] }, { failed: [] }]);
  expect(sent).toHaveLength(1);
});
