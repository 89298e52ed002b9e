// The database as its package has it: a line a range, in order of the addresses. Told on, so that a range ends where the next begins.

/** One range. Addresses of IPv4 as numbers; of IPv6 the upper 64 bits, which is what a site's smallest network has in common. */
export interface Row<Address extends number | bigint> {
  first: Address;
  last: Address;
  asn: number;
  name: string;
}

const line = /^(\d+),(\d+),(\d+),(.*)$/gm;

/** `"Acme, ""the"" Inc."` is `Acme, "the" Inc.`. */
const unquoted = (field: string): string => (field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);

const rowsOf = <Address extends number | bigint>(
  csv: string,
  read: (text: string, isLast: boolean) => Address | undefined,
  before: (next: Address) => Address,
): Row<Address>[] => {
  const rows: Row<Address>[] = [];
  for (const [, from = '', to = '', asn, name = ''] of csv.matchAll(line)) {
    const first = read(from, false);
    const last = read(to, true);
    if (first === undefined || last === undefined) continue;
    const previous = rows.at(-1);
    if (previous !== undefined && previous.last >= first) previous.last = before(first);
    rows.push({ first, last, asn: Number(asn), name: unquoted(name) });
  }
  return rows;
};

/** Of the text of `asn-ipv4-num.csv`. */
export const rowsOfV4 = (csv: string): Row<number>[] => rowsOf(csv, Number, (next) => next - 1);

/** Of the text of `asn-ipv6-num.csv`. Ranges that are no whole networks of 2^64 addresses are left out: 183 of 103,197. */
export const rowsOfV6 = (csv: string): Row<bigint>[] =>
  rowsOf(
    csv,
    (text, isLast) => {
      const address = BigInt(text) + (isLast ? 1n : 0n);
      if ((address & 0xffff_ffff_ffff_ffffn) !== 0n) return undefined;
      return (address >> 64n) - (isLast ? 1n : 0n);
    },
    (next) => next - 1n,
  );
