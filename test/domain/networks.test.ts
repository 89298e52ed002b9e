import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, test } from 'vitest';
import { knownNetwork, networkHeard, networkOf } from '../../lib/domain/networks.ts';
import type { Playbook } from '../../lib/domain/playbook/playbook.ts';
import { touch } from '../simulation/lines.ts';
import { testPlaybook } from './playbooks.ts';

const withNetworks = (networks: Playbook['networks']): Playbook => ({ ...testPlaybook(), networks });
const playbook = withNetworks({
  wide: { domain: 'www.wide.example', ranges: ['198.51.0.0/16', '2001:db8::/32'] },
  acme: { domain: 'acme.example', ranges: ['198.51.100.0/24', '2001:db8:ac::/48'], owners: ['Acme'] },
  lab: { domain: 'lab.example', ranges: ['198.51.100.64/26', '198.51.100.200/32'], owners: ['Acme Labs'] },
  mapped: { domain: 'mapped.example', ranges: ['::ffff:192.0.2.0/120'] },
  again: { domain: 'again.example', ranges: ['198.51.100.0/24'] },
});

describe('the network of an address', () => {
  test.each([
    ['198.51.99.255', 'wide.example'],
    ['198.51.100.0', 'acme.example'],
    ['198.51.100.63', 'acme.example'],
    ['198.51.100.64', 'lab.example'],
    ['198.51.100.127', 'lab.example'],
    ['198.51.100.128', 'acme.example'],
    ['198.51.100.200', 'lab.example'],
    ['198.51.100.255', 'acme.example'],
    ['198.51.101.0', 'wide.example'],
    ['198.52.0.0', undefined],
    ['198.50.255.255', undefined],
    ['::ffff:198.51.100.64', 'lab.example'],
    ['192.0.2.9', 'mapped.example'],
    ['2001:db8:ac::1', 'acme.example'],
    ['2001:db8:ac:ffff:ffff:ffff:ffff:ffff', 'acme.example'],
    ['2001:db8:ad::', 'wide.example'],
    ['2001:db9::', undefined],
    ['::c633:6440', undefined],
  ])('%s is %s', (address, expected) => {
    expect(networkOf(playbook, { address })).toBe(expected);
  });

  test('is that of the narrowest range that matches, whatever ranges there are', () => {
    const cidr = fc
      .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 }), fc.integer({ min: 8, max: 32 }))
      .map(([a, b, bits]) => `10.${a & 3}.${b}.0/${bits}`);
    const address = fc.tuple(fc.nat(3), fc.nat(255), fc.nat(3)).map(([a, b, c]) => `10.${a}.${b}.${c}`);
    fc.assert(
      fc.property(fc.uniqueArray(cidr, { maxLength: 40 }), fc.array(address, { minLength: 5 }), (ranges, addresses) => {
        const networks = Object.fromEntries(
          ranges.map((range, index) => [`n${index}`, { domain: `n${index}.example`, ranges: [range] }]),
        );
        const drawn = withNetworks(networks);
        for (const one of addresses) {
          const parsed = ipaddr.IPv4.parse(one);
          const holding = ranges
            .map((range, index) => ({ index, bits: ipaddr.IPv4.parseCIDR(range)[1], range }))
            .filter(({ range }) => parsed.match(ipaddr.IPv4.parseCIDR(range)))
            .sort((a, b) => b.bits - a.bits || a.index - b.index)[0];
          expect(networkOf(drawn, { address: one })).toBe(holding && `n${holding.index}.example`);
        }
      }),
    );
  });
});

describe('the network of an owner', () => {
  test.each([
    ['ACME, Inc.', 'acme.example'],
    ['Acme Labs GmbH', 'lab.example'],
    ['Acmeology', undefined],
    ['Telecom', undefined],
  ])('%s is %s', (owner, expected) => {
    expect(networkOf(playbook, { owner })).toBe(expected);
  });

  test('is asked only where no range holds the address', () => {
    expect(networkOf(playbook, { address: '198.51.100.64', owner: 'Acme' })).toBe('lab.example');
    expect(networkOf(playbook, { address: '192.0.3.1', owner: 'Acme' })).toBe('acme.example');
  });
});

describe('the network of an address by its owner', () => {
  /** A database in which 192.0.3.0/24 is Acme's, and what was asked of it. */
  const database = () => {
    const asked: string[] = [];
    const ownerOf = (address: string) => {
      asked.push(address);
      return address.startsWith('192.0.3.') ? { asn: 64_500, name: 'ACME, Inc.' } : undefined;
    };
    return { asked, ownerOf };
  };

  test('is looked up where no range holds the address', () => {
    const lookup = database();
    expect(networkOf(playbook, { address: '192.0.3.1', lookup })).toBe('acme.example');
    expect(networkOf(playbook, { address: '192.0.4.1', lookup })).toBeUndefined();
    expect(networkOf(playbook, { address: '198.51.100.64', lookup })).toBe('lab.example');
    expect(lookup.asked).toEqual(['192.0.3.1', '192.0.4.1']);
  });

  test('is not asked for while the playbook names no owners', () => {
    const lookup = database();
    const rangesOnly = withNetworks({ acme: { domain: 'acme.example', ranges: ['198.51.100.0/24'] } });
    expect(networkOf(rangesOnly, { address: '192.0.3.1', lookup })).toBeUndefined();
    expect(lookup.asked).toEqual([]);
  });

  test('says the same whenever a visit is heard', () => {
    const visits = ['192.0.3.1', '192.0.4.1', '198.51.100.64', '192.0.3.9'].map((ip, index) =>
      touch({ id: `v${index}`, occurredAt: `2026-11-20T0${index}:00:00.000Z`, ip }),
    );
    const shuffled = fc.shuffledSubarray(visits, { minLength: visits.length });
    fc.assert(
      fc.property(shuffled, fc.nat(visits.length), (order, cut) => {
        const lookup = database();
        const first = networkHeard(undefined, order.slice(0, cut), playbook, lookup);
        expect(networkHeard(first, order.slice(cut), playbook, lookup)).toEqual(
          networkHeard(undefined, visits, playbook, lookup),
        );
        expect(networkHeard(undefined, visits, playbook, lookup)?.value).toBe('acme.example');
      }),
    );
  });
});

describe('where a visitor was last', () => {
  const at = (time: string) => `2026-11-20T${time}:00.000Z`;
  const from = (time: string, ip?: string, flag?: 'bot') => touch({ id: time, occurredAt: at(time), ip, flag });
  const inAcme = { value: 'acme.example', at: at('09:00'), source: 'web' };

  test.each<[string, Parameters<typeof from>, Parameters<typeof from>, string | null]>([
    ['the latest by its own time', ['10:00', '198.52.0.1'], ['09:00', '198.51.100.1'], null],
    ['without an address it says nothing', ['09:00', '198.51.100.1'], ['10:00', undefined], 'acme.example'],
  ])('%s', (_, first, second, expected) => {
    const touches = [from(...first), from(...second)];
    expect(networkHeard(undefined, touches, playbook)?.value).toBe(expected);
    expect(networkHeard(undefined, touches.toReversed(), playbook)?.value).toBe(expected);
  });

  test('a machine’s visit counts for nothing', () => {
    expect(networkHeard(inAcme, [from('11:00', '198.52.0.1', 'bot')], playbook)).toEqual(inAcme);
  });

  test('is not kept while the playbook has no networks, and not believed once it has dropped this one', () => {
    expect(networkHeard(undefined, [from('09:00', '198.51.100.1')], withNetworks({}))).toBeUndefined();
    expect(knownNetwork(inAcme, playbook)).toBe('acme.example');
    expect(knownNetwork(inAcme, withNetworks({}))).toBeUndefined();
    expect(knownNetwork({ ...inAcme, value: null }, playbook)).toBeUndefined();
  });
});
