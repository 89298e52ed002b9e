// Turns what a schema found into the field problems callers are told.
import type * as z from 'zod';
import type { FieldProblem } from './source.ts';

/** `['batch', 3, 'timestamp']` → `batch[3].timestamp`. */
const fieldPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');

export const fieldProblems = (error: z.ZodError, within: readonly PropertyKey[] = []): FieldProblem[] =>
  error.issues.flatMap((issue): FieldProblem[] => {
    const path = [...within, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ field: fieldPath([...path, key]), detail: 'is not a known field' }));
    }
    if (issue.code === 'invalid_union') return [{ field: fieldPath(path), detail: 'is none of the kinds known here' }];
    const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
    return [{ field: fieldPath(path), detail: missing ? 'is required' : issue.message }];
  });
