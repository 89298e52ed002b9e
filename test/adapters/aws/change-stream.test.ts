// A stream record as Lambda gets it, read for the events it brings about.
import { expect, it } from 'vitest';
import { outboxOf } from '../../../lib/adapters/aws/change-stream.ts';

it('reads the outbox of the item as it was written', () => {
  const written = { pk: { S: 'ACCOUNT#1' }, outbox: { S: '[{"type":"lead-changed.v1"}]' } };
  expect(outboxOf({ dynamodb: { OldImage: { outbox: { S: '[]' } }, NewImage: written } })).toBe(
    '[{"type":"lead-changed.v1"}]',
  );
});

it('reads none where the write brought about nothing, or was a deletion', () => {
  expect(outboxOf({ dynamodb: { NewImage: { pk: { S: 'ACCOUNT#1' } } } })).toBeUndefined();
  expect(outboxOf({ dynamodb: { OldImage: { outbox: { S: '[]' } } } })).toBeUndefined();
  expect(outboxOf({})).toBeUndefined();
});
