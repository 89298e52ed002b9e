// Who is told when: in their hours or with the day's digest, once, and not who is not to be mailed; and what follows from it.
import { afterEach, expect, it } from 'vitest';
import { readActionToken } from '../../lib/domain/action-links.ts';
import { recipientIdOf } from '../../lib/domain/ids.ts';
import type { PlaybookInput } from '../../lib/domain/playbook/playbook.ts';
import type { Mail } from '../../lib/ports.ts';
import { createNotify } from '../../lib/steps/notify.ts';
import { readAccount } from '../../lib/steps/read-accounts.ts';
import { allOf } from '../../lib/table/items.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { crm, demoRequest } from '../simulation/lines.ts';
import { openWorld, silent, type World } from '../simulation/world.ts';
import { ada, mailsIn, playbook } from './notices-world.ts';

let world: World;
let refusing: string | undefined;
afterEach(() => world.close());

const open = async (start: string, changes: Partial<PlaybookInput> = {}): Promise<void> => {
  refusing = undefined;
  world = await openWorld(start, {
    playbook: playbook(changes),
    wrapPorts: (ports) => ({
      ...ports,
      mailer: {
        send: (mail) => (mail.to === refusing ? Promise.resolve({ refused: '550 nobody' }) : ports.mailer.send(mail)),
      },
    }),
  });
};
const ask = (id: string, at: string, email: string, given = {}) => world.deliver([demoRequest(id, at, email, given)]);
const outbox = () => world.embedded.mailer.outbox();
const mails = () => mailsIn(world);
const notices = () => allOf('notice', world.items());
const held = () => allOf('held-notice', world.items());
const clocks = () => allOf('sla', world.items()).map(({ clock }) => clock);

const friday = '2026-11-20T09:00:00.000Z';
const saturday = '2026-11-21T15:00:00.000Z';

it('tells a rep at once in their hours, from when their time counts', async () => {
  await open(friday);
  await ask('f', friday, 'bea@acme.example');

  expect(mails()).toEqual(['11-20 09:00 ada: New lead: bea@acme.example at acme.example (C1)']);
  expect(clocks()).toMatchObject([{ toldAt: friday, startedAt: friday }]);
});

it('holds what comes at a weekend until Monday morning, and several as one mail', async () => {
  await open(saturday);
  await ask('f', saturday, 'bea@acme.example');
  await ask('g', saturday, 'ben@globex.example');
  expect(mails()).toEqual([]);
  expect(notices().filter(({ outcome }) => outcome === 'held')).toHaveLength(2);
  await world.advanceTo('2026-11-23T08:59:59.999Z');
  expect(mails()).toEqual([]);
  await world.advanceTo('2026-11-23T09:00:00.000Z');

  expect(mails()).toEqual(['11-23 09:00 ada: 2 new leads for you']);
  expect(outbox().at(-1)!.text).toMatch(/bea@acme\.example[\s\S]*ben@globex\.example/);
  expect(held()).toEqual([]);
  // Eight hours from when they were told, not from Saturday.
  expect(clocks().map(({ toldAt, dueAt }) => [toldAt, dueAt])).toEqual(
    Array(2).fill(['2026-11-23T09:00:00.000Z', '2026-11-23T17:00:00.000Z']),
  );
  expect(outbox().at(-1)!.text).toContain('Follow up by: Mon, 23 Nov 2026, 18:00:00 CET');
});

it('tells at night where the playbook says so', async () => {
  await open(saturday, { notices: { routed: 'at-once' } });
  await ask('f', saturday, 'bea@acme.example');

  expect(mails()).toHaveLength(1);
});

it('tells nothing of a lead that was followed up before the rep was told', async () => {
  await open(saturday);
  await ask('f', saturday, 'bea@acme.example');
  await world.deliver([
    crm('c', '2026-11-22T09:00:00.000Z', {
      ...{ object: 'activity', externalId: 'A1', kind: 'call', personEmail: 'bea@acme.example' },
    }),
  ]);
  await world.advanceTo('2026-11-23T10:00:00.000Z');

  expect(mails()).toEqual([]);
  expect(notices().filter(({ notice }) => notice.kind === 'lead-routed')).toMatchObject([{ outcome: 'dropped' }]);
  expect(held()).toEqual([]);
});

it('keeps leads of low grades for one mail a day, not before the rep’s hours begin', async () => {
  await open('2026-11-19T09:00:00.000Z', { notices: { digest: { grades: ['C1'], at: '08:30' } } });
  await ask('f', '2026-11-19T09:00:00.000Z', 'bea@acme.example');
  await ask('g', '2026-11-19T09:00:00.000Z', 'ben@globex.example');
  await world.advanceTo('2026-11-20T12:00:00.000Z');

  expect(mails().filter((mail) => mail.includes('new lead'))).toEqual(['11-20 09:00 ada: 2 new leads for you']);
});

it('does not write to a mailbox that is none again, and says so in the record', async () => {
  await open(friday);
  refusing = ada.email;
  await ask('f', friday, 'bea@acme.example');
  refusing = undefined;
  await ask('g', friday, 'ben@globex.example');

  expect(mails()).toEqual([]);
  const told = notices().filter(({ notice }) => notice.to === ada.email);
  expect(told.map(({ outcome }) => outcome).sort()).toEqual(['refused', 'stopped']);
  expect(clocks().every(({ toldAt }) => toldAt === undefined)).toBe(true);
  const { accountId } = clocksItems()[0]!;
  const view = (await readAccount({ ...world.embedded, playbook: world.playbook }, accountId))!;
  expect(view.notices.find(({ to }) => to === ada.email)).toMatchObject({
    state: expect.stringMatching(/refused|stopped/),
    why: expect.stringMatching(/550 nobody|bounce/),
  });
});

it('tries a mailbox that bounced again after a week', async () => {
  await open(friday);
  refusing = ada.email;
  await ask('f', friday, 'bea@acme.example');
  refusing = undefined;
  const week = 7 * 24 * 3_600_000;
  await world.runtime.advanceTo(Date.parse(friday) + week - 1_000);
  await ask('g', new Date(Date.parse(friday) + week - 1_000).toISOString(), 'ben@globex.example');
  expect(mails().filter((mail) => mail.includes(' ada: '))).toEqual([]);

  await world.runtime.advanceTo(Date.parse(friday) + week + 1_000);
  await ask('h', new Date(Date.parse(friday) + week + 1_000).toISOString(), 'cyd@initech.example');
  expect(mails().filter((mail) => mail.includes(' ada: '))).toHaveLength(1);
});
const clocksItems = () => allOf('sla', world.items());

const step = () => createNotify({ ...world.embedded, playbook: world.playbook, log: silent });
const news = (detail: object) => [{ id: 'n', body: JSON.stringify(detail), attempt: 1 }];
const mailOf = (messageId: string) => ({ messageId, destination: [ada.email], tags: {} });
const messageIdIn = () => notices().find(({ notice }) => notice.to === ada.email)!.messageId!;

it.each([
  ['a permanent bounce', 'Bounce', { bounce: { bounceType: 'Permanent', bounceSubType: 'General' } }, 'bounced'],
  ['a complaint', 'Complaint', { complaint: { complaintFeedbackType: 'abuse' } }, 'complained'],
  ['a full mailbox', 'Bounce', { bounce: { bounceType: 'Transient', bounceSubType: 'MailboxFull' } }, 'sent'],
  ['somebody who found it is no spam', 'Complaint', { complaint: { complaintFeedbackType: 'not-spam' } }, 'sent'],
])('hears of %s', async (_, eventType, detail, state) => {
  await open(friday);
  await ask('f', friday, 'bea@acme.example');
  expect(await step()(news({ eventType, mail: mailOf(messageIdIn()), ...detail }))).toEqual({ failed: [] });
  await ask('g', friday, 'ben@globex.example');

  const { accountId } = clocksItems().find(
    ({ leadId }) => leadId === notices().find(({ messageId }) => messageId === messageIdIn())!.owner,
  )!;
  const view = (await readAccount({ ...world.embedded, playbook: world.playbook }, accountId))!;
  expect(view.notices.find(({ to }) => to === ada.email)?.state).toBe(state);
  expect(mails()).toHaveLength(state === 'sent' ? 2 : 1);
  expect(allOf('mailbox', world.items()).map(({ recipientId }) => recipientId)).toEqual(
    state === 'sent' ? [] : [recipientIdOf(ada.email)],
  );
});

it('links to what the rep can do, for that assignment and for a month', async () => {
  await open(friday);
  await ask('f', friday, 'bea@acme.example');
  const body = notices().find(({ notice }) => notice.kind === 'lead-routed')!;
  expect(JSON.stringify(body)).not.toContain('/act/');
  const sent: Mail[] = [];
  const links = { base: () => 'https://api.example', secrets: async () => ['new', 'old'] };
  const mailer = {
    send: async (mail: Mail) => {
      sent.push(mail);
      return { messageId: 'm' };
    },
  };
  await world.embedded.table.write({ remove: { pk: body.pk, sk: body.sk }, condition: { if: 'always' } });
  const routed = {
    type: 'lead-routed.v1',
    ...{ id: body.noticeId, at: friday, generation: clocks()[0]!.generation, assignmentId: body.assignmentId },
    ...{ accountId: clocksItems()[0]!.accountId, leadId: body.owner },
  };
  const notify = createNotify({ ...world.embedded, mailer, links, playbook: world.playbook, log: silent });
  await notify([{ id: 'm', body: JSON.stringify(routed), attempt: 1 }]);

  const tokens = [...sent[0]!.text.matchAll(/https:\/\/api\.example\/act\/(\S+)/g)].map(([, token]) => token!);
  const actions = tokens.map((token) => readActionToken(token, ['new'], Date.parse(friday)));
  const about = { leadId: body.owner, assignmentId: body.assignmentId };
  expect(actions.slice(0, 2)).toMatchObject([
    { action: { ...about, does: 'follow-up' } },
    { action: { ...about, does: 'bad', reason: 'not-a-fit' } },
  ]);
  expect(readActionToken(tokens[0]!, ['new'], Date.parse('2026-12-20T00:00:00.000Z'))).toHaveProperty('action');
  expect(readActionToken(tokens[0]!, ['new'], Date.parse('2026-12-22T00:00:00.000Z'))).toEqual({ refused: 'expired' });
});

const targets = { targets: {}, otherwise: { within: '2 hours' } };

it('tells the manager that time is up, and that it was not once a call of that time is heard of', async () => {
  await open(friday, { sla: { ...playbook().sla, ...targets } });
  await ask('f', friday, 'bea@acme.example');
  await world.advanceTo('2026-11-20T11:30:00.000Z');
  const told = mails().map((mail) => mail.slice(6));
  expect(told).toEqual([
    '09:00 ada: New lead: bea@acme.example at acme.example (C1)',
    '10:00 ada: Reminder: bea@acme.example at acme.example (C1)',
    '11:00 grace: Overdue: bea@acme.example at acme.example (C1)',
  ]);
  await world.deliver([
    crm('c', '2026-11-20T10:30:00.000Z', {
      ...{ object: 'activity', externalId: 'A1', kind: 'call', personEmail: 'bea@acme.example' },
    }),
  ]);
  await world.advanceTo('2026-11-20T12:00:00.000Z');

  expect(mails().slice(3)).toEqual(['11-20 11:30 grace: Put right: bea@acme.example at acme.example (C1)']);
  expect(outbox().at(-1)!.text).toContain('told you on Fri, 20 Nov 2026, 12:00:00 CET');
});

const withConsent = (consent: 'required' | 'not-needed'): Partial<PlaybookInput> => {
  const { forms } = testPlaybook();
  const form = forms['demo-request']!;
  const autoResponse = { subject: 'We have your request', text: 'Thank you.', consent };
  return { forms: { ...forms, 'demo-request': { ...form, autoResponse } } };
};
const answers = () => outbox().filter(({ subject }) => subject === 'We have your request').length;

it.each([
  ['who said nothing of mail', 'required', {}, 0],
  ['who consented', 'required', { consent: { marketing: true } }, 1],
  ['who refused', 'required', { consent: { marketing: false } }, 0],
  ['whose consent is not needed', 'not-needed', {}, 1],
] as const)('answers, or not, %s', async (_, consent, given, count) => {
  await open(friday, withConsent(consent));
  await ask('f', friday, 'bea@acme.example', given);

  expect(answers()).toBe(count);
});

it('answers who consented before, and once a day however often they ask', async () => {
  await open(friday, withConsent('required'));
  await ask('f', friday, 'bea@acme.example', { consent: { marketing: true } });
  await ask('g', friday, 'bea@acme.example');
  await ask('h', friday, 'bea@acme.example');
  expect(answers()).toBe(1);
  await world.advanceTo('2026-11-21T09:00:00.000Z');
  await ask('i', '2026-11-21T09:00:00.000Z', 'bea@acme.example');
  expect(answers()).toBe(2);
});
