// The npm package's database, read once a test file, and looked up the slow way.
import ipaddr from 'ipaddr.js';
import { databaseText } from '../../lib/adapters/network-owners-package.ts';
import { type Row, rowsOfV4, rowsOfV6 } from '../../lib/network-owners/read-rows.ts';

export const rows = { v4: rowsOfV4(databaseText('ipv4')), v6: rowsOfV6(databaseText('ipv6')) };

/** The last range that begins at or before an address, if it reaches it. */
const holding = <Address extends number | bigint>(ranges: readonly Row<Address>[], address: Address) => {
  const range = ranges[ranges.findLastIndex(({ first }) => first <= address)];
  return range !== undefined && range.last >= address ? range : undefined;
};

export const numberOf = (address: string): bigint =>
  ipaddr
    .parse(address)
    .toByteArray()
    .reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

export const rowOf = (address: string): Row<number> | Row<bigint> | undefined =>
  address.includes(':') ? holding(rows.v6, numberOf(address) >> 64n) : holding(rows.v4, Number(numberOf(address)));

export const addressOfV4 = (number: number): string =>
  [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');

/** An address of the network of 2^64 with these upper bits. */
export const addressOfV6 = (upper: bigint, lower = 1n): string =>
  new ipaddr.IPv6([
    ...Array.from({ length: 8 }, (_, index) => Number((upper >> BigInt(56 - index * 8)) & 255n)),
    ...Array.from({ length: 8 }, (_, index) => Number((lower >> BigInt(56 - index * 8)) & 255n)),
  ]).toString();
