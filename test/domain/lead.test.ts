import { expect, test } from 'vitest';
import { touchCapturedV1Sample } from '../../events/touch-captured.v1.ts';
import { emptyState, hearLine, unionOfStates } from '../../lib/domain/lead.ts';

test('mail a form wants looked at is remembered of its person, wherever else they are known from', () => {
  const { profile: _, ...touch } = touchCapturedV1Sample;

  const state = hearLine(emptyState, { ...touch, doubtfulMail: 'disposable' });

  expect(state.doubtfulMail).toEqual({ value: 'disposable', at: touch.occurredAt, source: 'form' });
  expect(unionOfStates([emptyState, state]).doubtfulMail?.value).toBe('disposable');
  expect(hearLine(emptyState, { ...touch, doubtfulMail: 'disposable', flag: 'bot' })).toBe(emptyState);
});
