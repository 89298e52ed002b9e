// Mails on the embedded adapters: each cause told once, to the right person, and not lost when sending fails.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Mail, Message } from '../../lib/ports.ts';
import { createNotify } from '../../lib/steps/notify.ts';
import { allOf } from '../../lib/table/items.ts';
import { crm, demoRequest } from '../simulation/lines.ts';
import { openWorld, silent, type World } from '../simulation/world.ts';

const at = (time: string): string => `2026-11-20T${time}.000Z`;
let world: World;
let heard: string[];
let attempts: Mail[];
let failing: 'no' | 'before' | 'after';
beforeEach(async () => {
  heard = [];
  attempts = [];
  failing = 'no';
  world = await openWorld(at('09:00:00'), {
    wrapConsumer: (name, consumer) => (messages) => {
      if (name === 'notify') heard.push(...messages.map(({ body }) => body));
      return consumer(messages);
    },
    wrapPorts: (ports) => ({
      ...ports,
      mailer: {
        send: async (mail) => {
          attempts.push(mail);
          if (failing === 'before') throw new Error('not reached');
          const sent = await ports.mailer.send(mail);
          if (failing === 'after') throw new Error('no answer');
          return sent;
        },
      },
    }),
  });
});
afterEach(() => world.close());

const ask = (given = {}) => world.deliver([demoRequest('f', at('09:00:00'), 'bea@acme.example', given)]);
const mails = () => world.embedded.mailer.outbox().map(({ to, subject }) => `${to}: ${subject}`);
const notices = () => allOf('notice', world.items());
const messages = (bodies: readonly string[]): Message[] => bodies.map((body, n) => ({ id: `m${n}`, body, attempt: 1 }));
const step = () =>
  createNotify({
    table: world.embedded.table,
    mailer: world.embedded.mailer,
    playbook: world.playbook,
    clock: world.embedded.clock,
    log: silent,
    timers: world.embedded.timers,
  });

it('tells the rep that the lead is theirs, and the person that they were heard', async () => {
  await ask({ profile: { firstName: 'Bea', jobTitle: 'Head of IT', company: 'Acme' } });

  expect(mails().sort()).toEqual([
    'ada@seller.example: New lead: Bea at Acme (A1)',
    'bea@acme.example: We have your request',
  ]);
  expect(notices()).toHaveLength(2);
});

it('answers nobody whose form has no answer, and nobody who is flagged', async () => {
  await world.deliver([
    demoRequest('n', at('09:00:00'), 'ben@acme.example', { form: { id: 'newsletter', answers: {} } }),
    demoRequest('s', at('09:00:00'), 'eve@acme.example', { flag: 'spam' }),
  ]);

  expect(mails()).toEqual([]);
});

it('tells nothing twice when the events come again, also after the lead moved to another account', async () => {
  await ask();
  const before = mails();
  await step()(messages([...heard, ...heard]));
  await world.deliver([crm('a', at('09:00:00'), { object: 'account', externalId: 'A', domains: ['acme.example'] })]);
  await step()(messages(heard));

  expect(mails().filter((mail) => mail.startsWith('bea@'))).toHaveLength(1);
  // Its owner came along, and knows of it.
  expect(mails()).toEqual(before);
});

it('sends what it could not send before, in the very words but for when it is due, which is later now', async () => {
  failing = 'before';
  await ask();
  expect(mails()).toEqual([]);
  expect(notices().filter(({ outcome }) => outcome !== 'claimed')).toEqual([]);
  failing = 'no';
  await world.advanceTo(at('09:01:00'));

  expect(mails()).toHaveLength(2);
  expect(notices()).toHaveLength(2);
  const words = ({ noticeId, text }: Mail) => `${noticeId} ${text.replace(/Follow up by: .*/, '')}`;
  expect(attempts.slice(-2).map(words).sort()).toEqual(attempts.slice(0, 2).map(words).sort());
});

it('sends again rather than never when the answer was lost', async () => {
  failing = 'after';
  await ask();
  failing = 'no';
  await world.advanceTo(at('09:01:00'));

  expect(mails()).toHaveLength(4);
  expect(new Set(mails()).size).toBe(2);
});

it('tells nobody who is not among the playbook’s people, whomever the CRM names, but somebody', async () => {
  await world.deliver([
    crm('a', at('08:00:00'), {
      object: 'account',
      externalId: 'A',
      domains: ['acme.example'],
      ownerEmail: 'left@seller.example',
    }),
  ]);
  await ask();
  await world.advanceTo('2026-11-24T12:00:00.000Z');

  expect(mails().filter((mail) => mail.startsWith('left@'))).toEqual([]);
  expect(mails()).toContainEqual(expect.stringMatching(/^ada@seller\.example: New lead: /));
});

it('answers a form by what lies in the table, and nobody where it does not', async () => {
  await ask();
  const form = heard.find((body) => body.includes('form-submitted'))!;
  const stranger = form.replace(/"leadId":"[^"]+"/, '"leadId":"lead_0000000000000000"');
  const before = mails();

  expect(await step()(messages([stranger]))).toEqual({ failed: [] });
  expect(mails()).toEqual(before);
});

it('refuses what is no event for it, alone', async () => {
  await ask();
  const { failed } = await step()(messages(['no JSON', '{"type":"lead-changed.v1"}', heard[0]!]));

  expect(failed).toEqual(['m0', 'm1']);
});

it('answers nobody who is disqualified, or whose account is', async () => {
  const disqualified = crm('d', at('09:00:00'), {
    ...{ object: 'account', externalId: 'A', domains: ['acme.example'], standing: 'disqualified' },
  });
  await world.deliver([disqualified]);
  await ask();
  // The first is answered before anybody knows whose they are; they are nobody's lead all the same.
  const before = attempts.length;
  await world.deliver([demoRequest('g', at('09:00:01'), 'bea@acme.example')]);
  expect(attempts.slice(before)).toEqual([]);
  expect(mails().filter((mail) => !mail.startsWith('bea@'))).toEqual([]);
});
