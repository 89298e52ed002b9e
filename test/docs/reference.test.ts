// The reference is made of the code: what is checked in is what `npm run docs` makes.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tableOf } from '../../docs/made/schema-rows.ts';
import { made } from '../../docs/make.ts';
import { root } from '../architecture/house.ts';

it.each(Object.entries(made))('%s is what the code says: `npm run docs` makes it anew', (path, text) => {
  expect(readFileSync(join(root, path), 'utf8')).toBe(text());
});

it('has no page that is not made', () => {
  expect(globSync('docs/reference/*', { cwd: root }).sort()).toEqual(Object.keys(made).sort());
});

describe('the table of a schema', () => {
  it('has each field with its limits, also within lists, names and kinds', () => {
    const inner = { type: 'object', properties: { a: { type: 'string', maxLength: 9, description: 'It is | so.' } } };
    const schema = {
      type: 'object',
      required: ['n'],
      properties: {
        n: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER, default: 3 },
        list: { type: 'array', minItems: 1, items: inner },
        names: { type: 'object', additionalProperties: inner },
        either: { anyOf: [{ const: 'x' }, { enum: ['y', null] }] },
      },
    };
    expect(tableOf(schema).split('\n').slice(2)).toEqual([
      '| `n` | integer, at least 1; `3` when left out | yes |  |',
      '| `list` | list of object, at least 1 of them |  |  |',
      '| `list[].a` | text, at most 9 characters |  | It is \\| so. |',
      '| `names` | by name: object |  |  |',
      '| `names.<name>.a` | text, at most 9 characters |  | It is \\| so. |',
      '| `either` | `x` or `y`, `null` |  |  |',
    ]);
  });
});
