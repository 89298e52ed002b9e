// The contracts: complete, exact, and without a word about people where they travel on the bus.
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { captured, published, samples } from '../../events/catalogue.ts';

const files = readdirSync('events').filter((file) => file.endsWith('.v1.ts'));
const typesOf = (union: { options: readonly z.ZodObject[] }): string[] =>
  union.options.map((option) => (option.shape.type as z.ZodLiteral<string>).value);
const contracts = [...typesOf(captured), ...typesOf(published)];
const schemaOf = (type: string): z.ZodType => (typesOf(captured).includes(type) ? captured : published);

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
  const fields = new Set(published.options.flatMap((option) => Object.keys(option.shape)));

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
