// Of the whole database only the companies, in the shape they are looked up in: 2.3 MB of the package's 33.
import { kindOfOwner } from './judge-owner.ts';
import { magic, sectionsOf } from './layout.ts';
import type { OwnerKind, Space } from './owner.ts';
import type { Row } from './read-rows.ts';

export interface Rows {
  v4: readonly Row<number>[];
  v6: readonly Row<bigint>[];
}

/** Networks of 2^80 addresses within a range, by the upper 64 bits of its ends. */
const sitesIn = ({ first, last }: Row<bigint>): number => Number((last - first + 1n) >> 16n);

/** What each owner is, by AS number. */
export const judged = ({ v4, v6 }: Rows): Map<number, { name: string; kind: OwnerKind; space: Space }> => {
  const owners = new Map<number, { name: string; space: Space }>();
  const spaceOf = ({ asn, name }: { asn: number; name: string }): Space => {
    const known = owners.get(asn) ?? { name, space: { v4: 0, v4Ranges: 0, v6Sites: 0 } };
    owners.set(asn, known);
    return known.space;
  };
  for (const row of v4) {
    const space = spaceOf(row);
    space.v4 += row.last - row.first + 1;
    space.v4Ranges += 1;
  }
  for (const row of v6) spaceOf(row).v6Sites += sitesIn(row);
  return new Map(
    [...owners].map(([asn, { name, space }]) => [asn, { name, space, kind: kindOfOwner({ asn, name }, space) }]),
  );
};

/** The file that `packedOwners` reads. */
export const packOwners = (rows: Rows): Uint8Array<ArrayBuffer> => {
  const companies = [...judged(rows)].filter(([, { kind }]) => kind === 'company');
  const indexOf = new Map(companies.map(([asn], index) => [asn, index]));
  const v4 = rows.v4.filter(({ asn }) => indexOf.has(asn));
  const v6 = rows.v6.filter(({ asn }) => indexOf.has(asn));
  const encoder = new TextEncoder();
  const names = companies.map(([, { name }]) => encoder.encode(name));
  const at = sectionsOf({ v4: v4.length, v6: v6.length, owners: companies.length });
  const bytes = new Uint8Array(at.names + names.reduce((sum, { length }) => sum + length, 0));
  const view = new DataView(bytes.buffer);
  const put = (offset: number, index: number, value: number) => view.setUint32(offset + index * 4, value, true);
  const putHalves = (offset: number, index: number, value: bigint) => {
    put(offset, index * 2, Number(value >> 32n));
    put(offset, index * 2 + 1, Number(value & 0xffff_ffffn));
  };
  for (const [index, value] of [magic, v4.length, v6.length, companies.length].entries()) put(0, index, value);
  v4.forEach(({ first, last, asn }, index) => {
    put(at.v4First, index, first);
    put(at.v4Last, index, last);
    put(at.v4Owner, index, indexOf.get(asn)!);
  });
  v6.forEach(({ first, last, asn }, index) => {
    putHalves(at.v6First, index, first);
    putHalves(at.v6Last, index, last);
    put(at.v6Owner, index, indexOf.get(asn)!);
  });
  let end = 0;
  companies.forEach(([asn], index) => {
    bytes.set(names[index]!, at.names + end);
    end += names[index]!.length;
    put(at.asn, index, asn);
    put(at.nameEnd, index, end);
  });
  return bytes;
};
