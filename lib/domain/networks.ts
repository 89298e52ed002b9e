// Which company a visit came from, as far as the playbook's networks know: by the range of the address, else by the name of
// the network's owner, as lib/network-owners has it: companies only.
import ipaddr from 'ipaddr.js';
import type { TouchCaptured } from '../../events/touch-captured.v1.ts';
import { registrableDomain } from './mail-domains.ts';
import { wordsOf } from './phrases.ts';
import type { Playbook } from './playbook/playbook.ts';
import { latest, type Register } from './register.ts';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Sorts as the number does, and after whom it is kind to: IPv4 and IPv6 apart, 16 bits a character. */
const keyOf = (address: Address): string =>
  address.kind() === 'ipv4'
    ? String.fromCharCode(4, ...pairs((address as ipaddr.IPv4).octets))
    : String.fromCharCode(6, ...(address as ipaddr.IPv6).parts);

const pairs = ([a = 0, b = 0, c = 0, d = 0]: readonly number[]): [number, number] => [(a << 8) | b, (c << 8) | d];

/** Ranges are within each other or apart, never across. */
interface Range {
  first: string;
  last: string;
  domain: string;
  /** The smallest range around this one. */
  within?: Range;
}

const rangeOf = (cidr: string, domain: string): Range => {
  const [address, bits] = ipaddr.parseCIDR(cidr);
  const kind = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  // Of IPv4 mapped into IPv6 the addresses are looked up as IPv4.
  if (address.kind() === 'ipv6' && (address as ipaddr.IPv6).isIPv4MappedAddress() && bits >= 96) {
    return rangeOf(`${(address as ipaddr.IPv6).toIPv4Address()}/${bits - 96}`, domain);
  }
  const [first, last] = [kind.networkAddressFromCIDR(cidr), kind.broadcastAddressFromCIDR(cidr)];
  return { first: keyOf(first), last: keyOf(last), domain };
};

/** In order of their first address, the wider before the narrower; of the same range twice the one named first. */
const inOrder = (ranges: readonly Range[]): Range[] => {
  const sorted = [
    ...new Map(ranges.toReversed().map((range) => [`${range.first} ${range.last}`, range])).values(),
  ].sort((a, b) => (a.first === b.first ? (a.last > b.last ? -1 : 1) : a.first < b.first ? -1 : 1));
  let around: Range | undefined;
  for (const range of sorted) {
    while (around !== undefined && around.last < range.first) around = around.within;
    if (around !== undefined) range.within = around;
    around = range;
  }
  return sorted;
};

interface Networks {
  ranges: Range[];
  /** The longest first: `Acme Cloud` is not `Acme`. */
  owners: { words: string; domain: string }[];
  domains: Set<string>;
}

const compiled = new WeakMap<Playbook['networks'], Networks>();

const networksOf = ({ networks }: Playbook): Networks => {
  let known = compiled.get(networks);
  if (known === undefined) {
    const all = Object.values(networks).map((network) => ({ ...network, domain: registrableDomain(network.domain) }));
    known = {
      ranges: inOrder(all.flatMap(({ ranges, domain }) => ranges.map((range) => rangeOf(range, domain)))),
      owners: all
        .flatMap(({ owners = [], domain }) => owners.map((owner) => ({ words: wordsOf(owner), domain })))
        .sort((a, b) => b.words.length - a.words.length),
      domains: new Set(all.map(({ domain }) => domain)),
    };
    compiled.set(networks, known);
  }
  return known;
};

/** What is asked for the owner of an address: a port. */
export interface OwnerLookup {
  ownerOf(address: string): { name: string } | undefined;
}

/** The last range that begins at or before the address holds it, or one around it does, or none. */
const rangeAround = (ranges: readonly Range[], key: string): Range | undefined => {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle]!.first <= key) low = middle + 1;
    else high = middle;
  }
  let range = ranges[low - 1];
  while (range !== undefined && range.last < key) range = range.within;
  return range;
};

/** The registrable domain of the company whose network an address is in: that of the narrowest range; else of the longest
 * name that stands in the owner's as whole words. Undefined where neither knows. `address` is valid, as `touch.ip` is.
 * The owner is looked up only where no range holds the address and the playbook names owners.
 * 1,000 ranges take no longer than reading the address. */
export const networkOf = (
  playbook: Playbook,
  { address, owner, lookup }: { address?: string; owner?: string; lookup?: OwnerLookup | undefined },
): string | undefined => {
  const { ranges, owners } = networksOf(playbook);
  if (address !== undefined && ranges.length > 0) {
    const range = rangeAround(ranges, keyOf(ipaddr.process(address)));
    if (range !== undefined) return range.domain;
  }
  if (owners.length === 0) return undefined;
  const name = owner ?? (address === undefined ? undefined : lookup?.ownerOf(address)?.name);
  if (name === undefined) return undefined;
  const words = wordsOf(name);
  return owners.find((owner) => words.includes(owner.words))?.domain;
};

/** Whose network an identity was in last: null where that is nobody's the playbook knows. Nothing is kept while the playbook
 * has no networks, which spares every visitor 60 bytes. The address itself stays in the trail. What an address says depends on
 * the playbook and the database of owners alone, never on what was heard before it: with both unchanged, any order ends alike. */
export const networkHeard = (
  known: Register<string | null> | undefined,
  touches: readonly TouchCaptured[],
  playbook: Playbook,
  lookup?: OwnerLookup,
): Register<string | null> | undefined => {
  if (networksOf(playbook).domains.size === 0) return known;
  return touches.reduce((last, { ip, flag, occurredAt: at, source }) => {
    if (ip === undefined || flag !== undefined) return last;
    return latest(last, { value: networkOf(playbook, { address: ip, lookup }) ?? null, at, source });
  }, known);
};

/** The company somebody without a name counts for: the playbook may have dropped its network since they were there. */
export const knownNetwork = (network: Register<string | null> | undefined, playbook: Playbook): string | undefined =>
  network?.value && networksOf(playbook).domains.has(network.value) ? network.value : undefined;
