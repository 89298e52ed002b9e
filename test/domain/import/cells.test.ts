// A list's domains: what is none would become an account's, and match nobody, or everybody.
import { describe, expect, it } from 'vitest';
import { sites } from '../../../lib/domain/import/cells.ts';

const read = (typed: string) => sites(3)(typed, {});

describe('a column of domains', () => {
  it.each([
    ['acme.example', ['acme.example']],
    [
      'https://www.acme.example/about?x=1; shop.acme.example',
      ['https://www.acme.example/about?x=1', 'shop.acme.example'],
    ],
    ['bücher.example', ['bücher.example']],
    ['ACME.example.', ['ACME.example.']],
  ])('takes %s', (typed, sites) => {
    expect(read(typed)).toEqual(sites);
  });

  it.each([
    'bad domain',
    'acme',
    'n/a',
    '-',
    'info@acme.example',
    'acme..example',
    'a.example b.example c.example d.example',
  ])('refuses %s', (typed) => {
    expect(read(typed)).toHaveProperty('fault');
  });
});
