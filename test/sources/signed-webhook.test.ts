import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { captured } from '../../events/catalogue.ts';
import { noMapping } from '../../lib/domain/playbook/crm-mapping.ts';
import { signedWebhook } from '../../lib/sources/signed-webhook.ts';

// The vector of the Standard Webhooks specification.
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const other = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const signed = {
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: '1614265330',
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const at = 1_614_265_330_000;
const delivery = {
  source: 'crm',
  connection: { kind: 'signed' },
  method: 'POST',
  url: 'https://a.example/crm/crm',
} as const;

const verify = (
  {
    id,
    timestamp,
    body,
    signature,
  }: Partial<Record<'id' | 'timestamp' | 'signature', string>> & { body: string | Buffer },
  { secrets = [secret], now = at }: { secrets?: string[]; now?: number } = {},
) =>
  signedWebhook.verify(
    {
      ...delivery,
      headers: { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature },
      body: Buffer.from(body),
      now,
    },
    secrets,
  );

describe('a signature', () => {
  test('of the specification is valid', () => {
    expect(verify(signed)).toBe(true);
  });

  test('as the npm package of the scheme makes it is valid', () => {
    const body = '{"changes":[{"name":"Ünïcode 🎉"}]}';
    const signature = new Webhook(other).sign(signed.id, new Date(at), body);

    expect(verify({ ...signed, body, signature }, { secrets: [other] })).toBe(true);
  });

  test('may be one of several, by one of several live secrets', () => {
    expect(verify({ ...signed, signature: `v1a,ed25519 v1,AAAA ${signed.signature}` })).toBe(true);
    expect(verify(signed, { secrets: [other, secret] })).toBe(true);
    expect(verify(signed, { secrets: [secret.slice('whsec_'.length)] })).toBe(true);
  });

  test.each([
    ['another secret', signed, [other]],
    ['no secret', signed, []],
    ['one byte of the body', { ...signed, body: '{"test": 2432232315}' }, undefined],
    ['a byte more', { ...signed, body: `${signed.body}\n` }, undefined],
    ['another id', { ...signed, id: 'msg_p5jXN8AQM9LWM0D4loKWxJeK' }, undefined],
    ['another time', { ...signed, timestamp: '1614265331' }, undefined],
    ['one byte of the signature', { ...signed, signature: signed.signature.replace('v1,g', 'v1,h') }, undefined],
    ['another version', { ...signed, signature: signed.signature.replace('v1,', 'v2,') }, undefined],
    ['only its beginning', { ...signed, signature: signed.signature.slice(0, 20) }, undefined],
    ['no id', { ...signed, id: undefined }, undefined],
    ['no time', { ...signed, timestamp: undefined }, undefined],
    ['no signature', { ...signed, signature: undefined }, undefined],
    ['a time that is no number', { ...signed, timestamp: '1614265330.0' }, undefined],
  ])('is not valid with %s', (_, delivery, secrets) => {
    expect(verify(delivery, { secrets })).toBe(false);
  });

  test('is over bytes, not over the text they happen to decode to', () => {
    const body = Buffer.from([0x22, 0xff, 0x22]);
    const signature = new Webhook(secret).sign(signed.id, new Date(at), body.toString());

    expect(verify({ ...signed, body, signature })).toBe(false);
  });

  test.each([
    [-301, false],
    [-300, true],
    [300, true],
    [301, false],
  ])('%i seconds from now is valid: %s', (seconds, valid) => {
    expect(verify(signed, { now: at + seconds * 1_000 })).toBe(valid);
  });

  test("by a secret without a key is our fault, not the sender's", () => {
    expect(() => verify(signed, { secrets: ['whsec_'] })).toThrow(/holds no key/);
  });
});

describe('a document', () => {
  const now = Date.parse('2026-11-22T09:30:00Z');
  const read = (document: unknown, id = 'msg_1') =>
    signedWebhook.read({ ...delivery, headers: { 'webhook-id': id }, body: Buffer.alloc(0), now }, document, noMapping);
  const problems = (document: unknown) => {
    const reading = read(document);
    if (!('problems' in reading)) throw new Error('was accepted');
    return reading.problems.map(({ field }) => field);
  };
  const account = { object: 'account', externalId: '4711', name: 'Acme' };

  test('becomes a line for each change, with times in UTC', () => {
    const reading = read({
      changes: [
        { occurredAt: '2026-11-22T10:00:00+02:00', ...account },
        {
          occurredAt: '2026-11-22T09:00:00.5Z',
          object: 'activity',
          externalId: 'c1',
          personEmail: 'a@b.example',
          kind: 'call',
        },
      ],
    });

    expect(reading).toEqual({
      lines: [
        {
          type: 'crm-change-captured.v1',
          id: 'crm:msg_1.0',
          source: 'crm',
          occurredAt: '2026-11-22T08:00:00.000Z',
          receivedAt: '2026-11-22T09:30:00.000Z',
          change: account,
        },
        {
          type: 'crm-change-captured.v1',
          id: 'crm:msg_1.1',
          source: 'crm',
          occurredAt: '2026-11-22T09:00:00.500Z',
          receivedAt: '2026-11-22T09:30:00.000Z',
          change: { object: 'activity', externalId: 'c1', personEmail: 'a@b.example', kind: 'call' },
        },
      ],
    });
    for (const line of 'lines' in reading ? reading.lines : []) expect(captured.safeParse(line).success).toBe(true);
  });

  test('cannot claim the future, where it would stay the latest', () => {
    expect(read({ changes: [{ occurredAt: '2099-01-01T00:00:00Z', ...account }] })).toMatchObject({
      lines: [{ occurredAt: '2026-11-22T09:30:00.000Z' }],
    });
  });

  test('with a delivery id too long for the contract keeps it as a digest', () => {
    expect(read({ changes: [{ occurredAt: '2026-11-22T09:00:00Z', ...account }] }, 'x'.repeat(500))).toMatchObject({
      lines: [{ id: expect.stringMatching(/^crm:sha256-[0-9a-f]{32}\.0$/) }],
    });
  });

  test.each([
    ['nothing', {}, ['changes']],
    ['no change', { changes: [] }, ['changes']],
    ['a ping', { test: 1 }, ['changes', 'test']],
    ['a list', [], ['']],
    ['no time', { changes: [account] }, ['changes[0].occurredAt']],
    ['a local time', { changes: [{ occurredAt: '2026-11-22T09:00:00', ...account }] }, ['changes[0].occurredAt']],
    ['an unknown object', { changes: [{ occurredAt: '2026-11-22T09:00:00Z', object: 'lead' }] }, ['changes[0].object']],
    [
      "fields that are not the CRM's to say",
      {
        changes: [
          { occurredAt: '2026-11-22T09:00:00Z', ...account },
          { occurredAt: '2026-11-22T09:00:00Z', ...account, score: 100, status: 'Qualified', employees: -1 },
        ],
      },
      ['changes[1].employees', 'changes[1].score', 'changes[1].status'],
    ],
  ])('with %s is refused, naming the fields', (_, document, fields) => {
    expect(problems(document)).toEqual(fields);
  });

  test('carries a hundred changes at most', () => {
    const changes = Array.from({ length: 101 }, () => ({ occurredAt: '2026-11-22T09:00:00Z', ...account }));

    expect(read({ changes })).toEqual({ tooMany: 101 });
    expect(read({ changes: changes.slice(1) })).toMatchObject({ lines: { length: 100 } });
  });

  test('cannot reach a prototype', () => {
    const document: unknown = JSON.parse(
      '{"changes":[{"occurredAt":"2026-11-22T09:00:00Z","object":"account","externalId":"1","__proto__":{"standing":"partner"}}]}',
    );
    const reading = read(document);

    expect('lines' in reading ? reading.lines[0] : reading).not.toMatchObject({ change: { standing: 'partner' } });
  });
});
