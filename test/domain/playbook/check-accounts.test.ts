// What is said of companies and can never match or hold is refused, at its place.
import { describe, expect, it, test } from 'vitest';
import { complaints } from './complaints-of.ts';

describe('companies', () => {
  test.each([
    [
      'a domain that is none',
      'domains: [rival.example]',
      'domains: [rival]',
      ['33:38 suppression.rivals.domains.0: rival is no domain: this never matches; write one such as acme.example'],
    ],
    [
      'a domain below the registered one',
      'domains: [rival.example]',
      'domains: [www.rival.example]',
      [
        '33:38 suppression.rivals.domains.0: www.rival.example is not the domain a company registers: this never matches; write rival.example',
      ],
    ],
    [
      'a domain of private mail',
      'domains: [rival.example]',
      'domains: [gmail.com]',
      [
        "33:38 suppression.rivals.domains.0: gmail.com is nobody's company (private mail): this never matches; take it out",
      ],
    ],
    [
      'a network of no domain',
      'domain: globex.example',
      'domain: "https://globex.example"',
      [
        '41:21 networks.globex.domain: https://globex.example is no domain: this never matches; write one such as acme.example',
      ],
    ],
    [
      'a network of nothing',
      'domain: globex.example, owners: [Globex]',
      'domain: globex.example',
      ['41:3 networks.globex: has nothing to tell it by: this never matches; add ranges or owners'],
    ],
    [
      'a range twice',
      'domain: globex.example',
      'domain: globex.example, ranges: [203.0.113.0/24]',
      ['41:46 networks.globex.ranges.0: is here twice, of acme above; keep one of them'],
    ],
    [
      'ranges that overlap',
      'domain: globex.example',
      'domain: globex.example, ranges: [203.0.113.128/25]',
      ['41:46 networks.globex.ranges.0: overlaps 203.0.113.0/24 of acme above; keep one of them'],
    ],
    [
      'more weeks needed than there are',
      'minimumWeeks: 4',
      'minimumWeeks: 9',
      [
        '37:36 account.surge.minimumWeeks: more than the 8 weeks there are: nothing would ever be a surge; take 8 or less',
      ],
    ],
    [
      'a persona twice',
      'buyingGroup: [buyer]',
      'buyingGroup: [buyer, buyer]',
      ['38:24 account.buyingGroup.1: buyer is here twice; keep one of them'],
    ],
  ])('%s', (_, from, to, expected) => expect(complaints(from, to)).toEqual(expected));
});

it('finds nothing wrong with ranges beside each other, of both families', () => {
  const ranges = 'ranges: [203.0.112.0/24, 203.0.114.0/23, "2001:db8::/32"]';
  expect(complaints('domain: globex.example', `domain: globex.example, ${ranges}`)).toEqual([]);
});

it('finds ranges of one network that overlap, and those of version 6', () => {
  expect(complaints('[203.0.113.0/24]', '["2001:db8::/32", "2001:db8:1::/48"]')).toEqual([
    '40:59 networks.acme.ranges.1: overlaps 2001:db8::/32 of acme above; keep one of them',
  ]);
});
