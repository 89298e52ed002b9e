// Each source has one place in the order in which they are believed.
import { expect, test } from 'vitest';
import { complaints } from './complaints-of.ts';

test('a source named twice', () => {
  const [said, ...more] = complaints('people:\n', 'sources: [crm, form, crm]\npeople:\n');
  expect(more).toEqual([]);
  expect(said).toMatch(/^\d+:22 sources\.2: crm is there already, in place 1; keep one of them$/);
});
