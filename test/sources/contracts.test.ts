// Whatever is sent, a source answers lines that keep their contract or problems: a line that fold cannot parse would be
// quarantined after its sender was told that all is well.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { captured } from '../../events/catalogue.ts';
import { crmChangeCapturedV1Sample } from '../../events/crm-change-captured.v1.ts';
import { noMapping } from '../../lib/domain/playbook/crm-mapping.ts';
import { readForm } from '../../lib/sources/form.ts';
import { readHits } from '../../lib/sources/segment.ts';
import { signedWebhook } from '../../lib/sources/signed-webhook.ts';
import type { Reading } from '../../lib/sources/source.ts';

const seed = Number(process.env.MUSTER_SEED ?? 20261122);
const check = (property: fc.IProperty<[never]> | fc.IProperty<[unknown, unknown]>) =>
  fc.assert(property as fc.IProperty<unknown>, { seed, numRuns: 1_000 });
const now = Date.parse('2026-11-22T09:30:00Z');

const expectContract = (reading: Reading) => {
  if ('lines' in reading) for (const line of reading.lines) captured.parse(line);
  else expect('problems' in reading && reading.problems.length).toBeGreaterThan(0);
};

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', minLength: 190, maxLength: 2_500 }),
  fc.constantFrom(
    '',
    ' ',
    'jo@acme.example',
    '2026-11-22T09:00:00Z',
    'https://x.io/?utm_campaign=a%00b',
    'on',
    '\ud800',
  ),
);
const value = fc.oneof(text, fc.double(), fc.jsonValue({ maxDepth: 3 }));
const anyOf = (...names: string[]) => fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), value);

test(`hits (seed ${seed})`, () => {
  const call = fc.record(
    {
      type: fc.constantFrom('track', 'page', 'identify', 'group', 'alias', 'screen'),
      anonymousId: text,
      userId: text,
      previousId: text,
      messageId: text,
      event: text,
      name: text,
      timestamp: fc.constantFrom('2026-11-22T09:00:00Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59-14:00', 'x'),
      sentAt: fc.constantFrom('2026-11-22T09:00:00Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59-14:00'),
      traits: anyOf('email', 'firstName', 'company', 'address', 'phone', 'employees'),
      properties: anyOf('url', 'title', 'referrer', 'topic', 'dwell_seconds'),
      context: fc.record(
        { page: anyOf('url', 'title'), campaign: anyOf('name'), traits: anyOf('email'), userAgent: value },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: ['type', 'anonymousId', 'event', 'previousId'] },
  );
  check(
    fc.property(fc.array(call, { minLength: 1, maxLength: 3 }), fc.constantFrom('0', '1'), (batch, gpc) =>
      expectContract(
        readHits({ path: 'batch', document: { batch }, headers: { 'sec-gpc': gpc }, requestId: 'r', now }),
      ),
    ),
  );
});

test(`forms (seed ${seed})`, () => {
  const form = {
    title: 'F',
    mail: { freemail: 'accept', disposable: 'flag' } as const,
    fields: {
      email: { required: false, is: 'email' as const, maxLength: 500 },
      company: { required: false, is: 'company' as const, maxLength: 2_000 },
      message: { required: false, maxLength: 2_000 },
    },
  };
  const names = ['email', 'company', 'message', '_visitor', '_url', '_title', '_referrer', '_campaign', '_submission'];
  check(
    fc.property(
      fc.uniqueArray(fc.tuple(fc.constantFrom(...names), value), { selector: ([name]) => name }),
      text,
      (fields, key) =>
        expectContract(
          readForm({
            formId: 'f',
            form,
            fields,
            headers: { 'idempotency-key': key, referer: key },
            requestId: 'r',
            receivedAt: '2026-11-22T09:30:00.000Z',
          }),
        ),
    ),
  );
});

test(`CRM changes (seed ${seed})`, () => {
  const change = anyOf('domains', 'name', 'employees', 'standing', 'externalId').map((fields) => ({
    occurredAt: '2026-11-22T09:00:00Z',
    ...crmChangeCapturedV1Sample.change,
    ...fields,
  }));
  check(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), text, (changes, id) =>
      expectContract(
        signedWebhook.read(
          {
            ...{ source: 'crm', connection: { kind: 'signed' }, method: 'POST', url: 'https://a.example/crm/crm' },
            headers: { 'webhook-id': `${id}x` },
            body: Buffer.alloc(0),
            now,
          },
          { changes },
          noMapping,
        ),
      ),
    ),
  );
});
