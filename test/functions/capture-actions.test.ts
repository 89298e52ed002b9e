// The pages behind the links of mails: that looking records nothing, that pressing records once, and that no other link does.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../functions/capture-actions.ts';
import { actionLink, type LinkedAction } from '../../lib/domain/action-links.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { call, now, receivedAt, rememberingPorts, type Sent } from './capture-harness.ts';

const followUp: LinkedAction = {
  leadId: 'lead_9b74c9897bac770f',
  assignmentId: 'evt_0c1d2e3f4a5b6c7d8e9f.1',
  does: 'follow-up',
  exp: now / 1_000 + 60,
};
const playbook = testPlaybook({
  notices: {
    badLead: [
      { reason: 'no-budget', label: 'No budget <yet>', stage: 'nurture' },
      { reason: 'spam', label: 'Spam', stage: 'disqualified' },
    ],
  },
});
const tokenOf = (action: LinkedAction, secret = 'new') => actionLink('', secret, action).slice('/act/'.length);
const form = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };

let remembering: ReturnType<typeof rememberingPorts>;
let at = now;
let secrets: readonly string[] | Error = [];
const send = (token: string, sent: Sent = {}) => {
  const { queue, table, log } = remembering.ports;
  const linkSecrets = async () => {
    if (secrets instanceof Error) throw secrets;
    return secrets;
  };
  const ports = {
    queue,
    table,
    log,
    clock: { now: () => at },
    secrets: { linkSecrets },
    playbook: async () => playbook,
  };
  return call(createHandler(ports), { route: '$default', path: `/act/${token}`, parameters: { token }, ...sent });
};
const look = (token: string, method = 'GET') => send(token, { method });
const press = (token: string, fields: Record<string, string> = {}) =>
  send(token, { headers: form, body: new URLSearchParams(fields).toString() });
const shownIn = (page: string | undefined) => /name="shown" value="([^"]+)"/.exec(page ?? '')?.[1] ?? '';

beforeEach(() => {
  remembering = rememberingPorts();
  at = now;
  secrets = ['new', 'old'];
});
/** Whatever happened: nobody is named in the log, and no link could be used by who reads it. */
afterEach(() => {
  const log = JSON.stringify(remembering.logged);
  for (const kept of [followUp.leadId, followUp.assignmentId, tokenOf(followUp).slice(0, 20), 'Asked again']) {
    expect(log).not.toContain(kept);
  }
});

describe('looking at a link', () => {
  it.each(['GET', 'HEAD'])('by %s records nothing', async (method) => {
    const { statusCode } = await look(tokenOf(followUp), method);
    expect(statusCode).toBe(200);
    expect(remembering.bodies).toEqual([]);
  });

  it('shows one button, names nobody, and loads nothing', async () => {
    const { body = '', headers } = await look(tokenOf(followUp));
    expect(body.match(/<button/g)).toHaveLength(1);
    expect(body).toContain('Record my follow-up');
    expect(body).not.toContain(followUp.leadId);
    expect(body).not.toMatch(/src=|href=|<script|<style/);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': expect.stringMatching(/^default-src 'none';.*form-action 'self'/),
      'referrer-policy': 'no-referrer',
      'x-robots-tag': expect.stringContaining('noindex'),
    });
  });

  it('answers HEAD without a body', async () => {
    expect((await look(tokenOf(followUp), 'HEAD')).body).toBe('');
  });

  it('offers the reasons for a bad lead, as text, each with its label', async () => {
    const { body = '' } = await look(tokenOf({ ...followUp, does: 'bad' }));
    expect(body.match(/<input type="radio"/g)).toHaveLength(2);
    expect(body).toContain('<label for="reason-0">No budget &#60;yet&#62;</label>');
  });

  it('offers none where the link has it, unless the playbook has it no more', async () => {
    const said = await look(tokenOf({ ...followUp, does: 'bad', reason: 'spam' }));
    expect(said.body).toContain('Why: Spam');
    expect(said.body).not.toContain('radio');
    expect((await look(tokenOf({ ...followUp, does: 'bad', reason: 'gone' }))).body).toContain('radio');
  });
});

describe('pressing the button', () => {
  it('records what was done, by whose mail it is', async () => {
    const { statusCode, body } = await press(tokenOf(followUp), { why: ' Asked again.\r\nIn spring. ' });
    expect(statusCode).toBe(200);
    expect(body).toContain('Thank you');
    expect(remembering.lines()).toEqual([
      {
        type: 'action-captured.v1',
        id: expect.stringMatching(/^action:link-[0-9a-f]{32}$/),
        source: 'link',
        occurredAt: receivedAt,
        receivedAt,
        lead: followUp.leadId,
        action: { does: 'follow-up', how: 'other' },
        by: followUp.assignmentId,
        why: 'Asked again.\nIn spring.',
      },
    ]);
  });

  it.each<[Partial<LinkedAction>, Record<string, string>, object]>([
    [{ does: 'good' }, {}, { does: 'good' }],
    [{ does: 'hand-over' }, {}, { does: 'hand-over' }],
    [{ does: 'bad' }, { reason: 'spam' }, { does: 'bad', reason: 'spam', stage: 'disqualified' }],
    [{ does: 'bad', reason: 'no-budget' }, { reason: 'spam' }, { does: 'bad', reason: 'no-budget', stage: 'nurture' }],
  ])('%o with %o', async (does, fields, action) => {
    await press(tokenOf({ ...followUp, ...does }), fields);
    expect(remembering.lines()).toMatchObject([{ action }]);
  });

  it('twice on one page is one; on a page opened again it is said anew', async () => {
    const token = tokenOf({ ...followUp, does: 'bad' });
    const shown = shownIn((await look(token)).body);
    for (const reason of ['spam', 'spam', 'no-budget']) await press(token, { shown, reason });
    at += 1_000;
    await press(token, { shown: shownIn((await look(token)).body), reason: 'spam' });
    const ids = remembering.lines().map(({ id }) => id);
    expect(ids[1]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(3);
  });

  it('without a reason for a bad lead, or with one nobody offered, records nothing', async () => {
    for (const reason of ['', 'gone']) {
      const { statusCode, body } = await press(tokenOf({ ...followUp, does: 'bad' }), { reason });
      expect(statusCode).toBe(400);
      expect(body).toContain('Why has to be chosen');
    }
    expect(remembering.bodies).toEqual([]);
  });

  it('keeps of a note what a line can hold', async () => {
    await press(tokenOf(followUp), { why: 'x'.repeat(1_500) });
    expect(remembering.lines()).toMatchObject([{ why: 'x'.repeat(1_000) }]);
  });

  it('says so where nothing could be kept, and tells nothing of ours', async () => {
    remembering.state.queueFails = new Error('queue of account 123');
    const { statusCode, body, headers } = await press(tokenOf(followUp));
    expect([statusCode, headers?.['retry-after']]).toEqual([503, '5']);
    expect(body).toContain('please try again');
    expect(body).not.toContain('123');
  });
});

describe('links that are none', () => {
  const [payload, signature] = tokenOf(followUp).split('.') as [string, string];
  it.each([
    ['altered', `${payload}x.${signature}`, 404],
    ['cut short', payload, 404],
    ['of somebody else', tokenOf(followUp, 'theirs'), 404],
    ['missing', '', 404],
    ['run out', tokenOf({ ...followUp, exp: now / 1_000 }), 410],
  ])('%s', async (_, token, status) => {
    for (const answered of [await look(token), await press(token)]) {
      expect(answered.statusCode).toBe(status);
      expect(answered.headers?.['content-security-policy']).toContain("default-src 'none'");
      expect(answered.body).toContain('Nothing was recorded');
    }
    expect(remembering.bodies).toEqual([]);
  });

  it('takes those signed with the secret before', async () => {
    expect((await press(tokenOf(followUp, 'old'))).statusCode).toBe(200);
  });

  it('takes none while the secrets cannot be read', async () => {
    secrets = new Error('no access');
    expect((await press(tokenOf(followUp))).statusCode).toBe(503);
    expect(remembering.bodies).toEqual([]);
  });

  it('answers no other method and no other content', async () => {
    expect((await look(tokenOf(followUp), 'DELETE')).statusCode).toBe(405);
    const json = { headers: { 'content-type': 'application/json' }, body: '{}' };
    expect((await send(tokenOf(followUp), json)).statusCode).toBe(415);
    expect(remembering.bodies).toEqual([]);
  });
});
