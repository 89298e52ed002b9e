import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packedNetworkOwners } from '../../lib/adapters/network-owners-package.ts';
import { judged, packOwners } from '../../lib/network-owners/pack-owners.ts';
import { packedOwners } from '../../lib/network-owners/packed-owners.ts';
import { rowsOfV4, rowsOfV6 } from '../../lib/network-owners/read-rows.ts';
import { addressOfV4, addressOfV6, numberOf, rowOf, rows } from './database.ts';

const v4 = (first: string, last: string, rest: string) => `${numberOf(first)},${numberOf(last)},${rest}`;

describe('a small file', () => {
  const owners = packedOwners(
    packOwners({
      v4: rowsOfV4(
        [
          v4('198.51.100.0', '198.51.100.255', '64500,"Acme, ""the"" Inc."'),
          v4('198.51.101.0', '198.51.101.127', '64501,Some Telecom'),
          v4('198.51.101.128', '198.51.101.128', '64502,Zoë’s Bakery GmbH'),
          // Reaches into the next one, which has the addresses both claim.
          v4('203.0.113.0', '203.0.113.200', '64500,"Acme, ""the"" Inc."'),
          v4('203.0.113.128', '203.0.113.255', '64502,Zoë’s Bakery GmbH'),
          v4('255.255.255.255', '255.255.255.255', '64503,Last Foods AG'),
        ].join('\n'),
      ),
      v6: rowsOfV6(
        [
          v4('2001:db8::', '2001:db8:0:ffff:ffff:ffff:ffff:ffff', '64500,"Acme, ""the"" Inc."'),
          v4('2001:db8:ffff:ffff::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', '64502,Zoë’s Bakery GmbH'),
          // Narrower than any site's network.
          v4('2001:db9::', '2001:db9::ffff', '64502,Zoë’s Bakery GmbH'),
        ].join('\n'),
      ),
    }),
  );
  const [acme, bakery, foods] = ['Acme, "the" Inc.', 'Zoë’s Bakery GmbH', 'Last Foods AG'];

  test.each([
    ['198.51.99.255', undefined],
    ['198.51.100.0', acme],
    ['198.51.100.255', acme],
    ['198.51.101.0', undefined],
    ['198.51.101.127', undefined],
    ['198.51.101.128', bakery],
    ['198.51.101.129', undefined],
    ['203.0.113.127', acme],
    ['203.0.113.128', bakery],
    ['203.0.113.255', bakery],
    ['203.0.114.0', undefined],
    ['0.0.0.0', undefined],
    ['255.255.255.254', undefined],
    ['255.255.255.255', foods],
    ['::ffff:198.51.100.0', acme],
    ['::c633:6400', undefined],
    ['2001:db7:ffff:ffff:ffff:ffff:ffff:ffff', undefined],
    ['2001:db8::', acme],
    ['2001:db8:0:ffff:ffff:ffff:ffff:ffff', acme],
    ['2001:db8:1::', undefined],
    ['2001:db8:ffff:ffff::1', bakery],
    ['2001:db8:ffff:fffe::1', undefined],
    ['2001:db9::1', undefined],
    ['ffff::', undefined],
  ])('%s is of %s', (address, name) => {
    expect(owners.ownerOf(address)?.name).toBe(name);
  });

  test('answers the AS number too', () => {
    expect(owners.ownerOf('198.51.100.1')).toEqual({ asn: 64_500, name: acme });
  });

  test('may be empty, and is refused when it is something else', () => {
    expect(packedOwners(packOwners({ v4: [], v6: [] })).ownerOf('198.51.100.0')).toBeUndefined();
    expect(() => packedOwners(new Uint8Array(64))).toThrow('no packed file');
    expect(() => packedOwners(new Uint8Array(3))).toThrow('no packed file');
  });
});

describe('the file of the whole database', () => {
  const bytes = packedNetworkOwners();
  const owners = packedOwners(bytes);
  const kinds = judged(rows);
  const expected = (address: string) => {
    const row = rowOf(address);
    return row !== undefined && kinds.get(row.asn)?.kind === 'company' ? { asn: row.asn, name: row.name } : undefined;
  };

  test('says what the database says of companies, and nothing of others', () => {
    const near = fc.integer({ min: -1, max: 1 });
    const anyV4 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    const edgeV4 = fc
      .tuple(fc.constantFrom(...rows.v4.filter((_, index) => index % 97 === 0)), fc.boolean(), near)
      .map(([{ first, last }, isLast, by]) => Math.min(Math.max((isLast ? last : first) + by, 0), 2 ** 32 - 1));
    const edgeV6 = fc
      .tuple(fc.constantFrom(...rows.v6.filter((_, index) => index % 31 === 0)), fc.boolean(), near)
      .map(([{ first, last }, isLast, by]) => (isLast ? last : first) + BigInt(by));
    const anyV6 = fc.bigInt({ min: 0x2000_0000_0000_0000n, max: 0x2fff_ffff_ffff_ffffn });
    fc.assert(
      fc.property(
        fc.oneof(
          anyV4.map(addressOfV4),
          edgeV4.map(addressOfV4),
          anyV6.map((a) => addressOfV6(a)),
          edgeV6.map((a) => addressOfV6(a)),
        ),
        (address) => {
          expect(owners.ownerOf(address)).toEqual(expected(address));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test.each([
    '10.0.0.1',
    '172.16.5.5',
    '192.168.1.1',
    '127.0.0.1',
    '100.64.0.1',
    '169.254.1.1',
    'fe80::1',
    'fd00::1',
    '::1',
  ])('of %s, which is nobody’s, it says nothing', (address) => {
    expect(owners.ownerOf(address)).toBeUndefined();
  });

  test('is small, and looked up in microseconds', () => {
    expect(owners.counts.owners).toBeGreaterThan(30_000);
    expect(bytes.length).toBeLessThan(3_000_000);
    const looks = 20_000;
    const addresses = Array.from({ length: looks }, (_, index) => addressOfV4((index * 214_013 + 2_531_011) >>> 0));
    const start = process.hrtime.bigint();
    for (const address of addresses) owners.ownerOf(address);
    const each = Number(process.hrtime.bigint() - start) / 1_000 / looks;
    // 1.2 µs on an idle machine.
    expect(each).toBeLessThan(25);
  });
});
