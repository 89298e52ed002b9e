// The contracts: complete, exact, and without a word about people where they travel on the bus.
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { captured, capturedContracts, published, publishedContracts, samples } from '../../events/catalogue.ts';
import { crmChange } from '../../events/crm-change-captured.v1.ts';
import { touchCapturedV1, touchCapturedV1Sample } from '../../events/touch-captured.v1.ts';

const files = readdirSync('events').filter((file) => file.endsWith('.v1.ts'));
const contracts = [...Object.keys(capturedContracts), ...Object.keys(publishedContracts)];
const schemaOf = (type: string): z.ZodType => (Object.hasOwn(capturedContracts, type) ? captured : published);

it('says at `type` that it knows no such event, and of a known one what is wrong where', () => {
  const issuesOf = (value: unknown) =>
    published.safeParse(value).error?.issues.map(({ path, message }) => [path.join('.'), message]);
  expect(issuesOf({ type: 'toString' })).toEqual([['type', 'is no type known here']]);
  expect(issuesOf({ type: 7 })).toEqual([['type', expect.stringContaining('expected string')]]);
  const [sample] = samples.filter(({ type }) => type === 'lead-changed.v1');
  expect(issuesOf({ ...sample, leadId: 1 })).toEqual([['leadId', expect.stringContaining('expected string')]]);
});

it('lists every contract there is a file of, and no other', () => {
  expect(files.length).toBeGreaterThan(10);
  expect(contracts.map((type) => `${type}.ts`).sort()).toEqual(files.sort());
  expect(samples.map(({ type }) => type).sort()).toEqual([...contracts].sort());
});

describe.each(samples.map((sample) => [sample.type, sample] as const))('%s', (type, sample) => {
  const schema = schemaOf(type);

  it('accepts its sample as it stands', () => {
    expect(schema.parse(sample)).toEqual(sample);
  });

  it('refuses a key it does not know, at the root and within', () => {
    expect(schema.safeParse({ ...sample, score: 100 }).success).toBe(false);
    for (const [key, value] of Object.entries(sample)) {
      if (typeof value !== 'object') continue;
      const open = ['profile', 'form'].includes(key) ? { ...value, owner: 'x' } : { ...value, __unknown: 1 };
      expect(schema.safeParse({ ...sample, [key]: open }).success, key).toBe(false);
    }
  });

  it('refuses a sample without any of what it needs', () => {
    for (const key of ['id', 'type']) {
      const { [key]: _, ...rest } = sample as Record<string, unknown>;
      expect(schema.safeParse(rest).success, key).toBe(false);
    }
  });

  it.each([
    '2026-11-20T09:30:00Z',
    '2026-11-20T10:30:00.000+01:00',
    '2026-11-20',
    'now',
    1_763_631_000_000,
  ])('refuses the moment %j, which does not sort as text', (moment) => {
    const key = 'at' in sample ? 'at' : 'occurredAt';
    expect(schema.safeParse({ ...sample, [key]: moment }).success).toBe(false);
  });

  it.each(['', 'two words', 'línea', 'x'.repeat(201), 'a\nb'])('refuses the id %j', (id) => {
    expect(schema.safeParse({ ...sample, id }).success).toBe(false);
  });
});

it('publishes ids, moments and judgements only: no field could carry a person', () => {
  const fields = new Set(Object.values(publishedContracts).flatMap((contract) => Object.keys(contract.unwrap().shape)));

  expect([...fields].sort()).toEqual(
    [
      'accountId',
      'assignmentId',
      'at',
      'because',
      'cameFrom',
      'corrected',
      'destination',
      'does',
      'eventId',
      'formId',
      'from',
      'generation',
      'grade',
      'held',
      'id',
      'leadId',
      'lineId',
      'met',
      'occurredAt',
      'operationId',
      'qualifiedAt',
      'recipientId',
      'requestId',
      'since',
      'step',
      'threshold',
      'to',
      'touchId',
      'type',
      'until',
      'what',
      'wouldBe',
    ].sort(),
  );
});

describe('numbers', () => {
  const change = (revenue: number) => ({ object: 'account', externalId: 'A', revenue });

  it('are such as DynamoDB holds', () => {
    expect(crmChange.parse(change(5e-324))).toEqual(change(0));
    expect(crmChange.parse(change(12.345))).toEqual(change(12.35));
    expect(crmChange.safeParse(change(1e300)).success).toBe(false);
    const dwelling = { ...touchCapturedV1Sample, page: { dwellSeconds: 1e-200 } };
    expect(touchCapturedV1.parse(dwelling).page).toEqual({ dwellSeconds: 0 });
  });
});
