// Looks owners up in the packed file, in the bytes as they were read: nothing is unpacked beforehand, and nothing kept but them.
import ipaddr from 'ipaddr.js';
import { type Counts, magic, sectionsOf } from './layout.ts';

/** How many of so many ascending ranges begin at or before an address. */
const beginning = (count: number, isAfter: (index: number) => boolean): number => {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isAfter(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** Answers the company an address belongs to: its AS number and name as registered; undefined where it belongs to none, to nobody,
 * or to a provider, hoster or university. Addresses are valid, as `touch.ip` is. About a microsecond each.
 * Throws where the bytes are no packed file of this layout. */
export const packedOwners = (
  bytes: Uint8Array,
): { counts: Counts; ownerOf: (address: string) => { asn: number; name: string } | undefined } => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const number = (offset: number, index: number) => view.getUint32(offset + index * 4, true);
  if (bytes.length < 32 || number(0, 0) !== magic) throw new Error('this is no packed file of network owners');
  const counts = { v4: number(0, 1), v6: number(0, 2), owners: number(0, 3) };
  const at = sectionsOf(counts);
  const decoder = new TextDecoder();

  const owner = (index: number) => {
    const from = index === 0 ? 0 : number(at.nameEnd, index - 1);
    const name = decoder.decode(bytes.subarray(at.names + from, at.names + number(at.nameEnd, index)));
    return { asn: number(at.asn, index), name };
  };
  const ownerOfV4 = ([a = 0, b = 0, c = 0, d = 0]: readonly number[]) => {
    const address = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
    const range = beginning(counts.v4, (index) => number(at.v4First, index) > address) - 1;
    return range >= 0 && number(at.v4Last, range) >= address ? owner(number(at.v4Owner, range)) : undefined;
  };
  const ownerOfV6 = ([a = 0, b = 0, c = 0, d = 0]: readonly number[]) => {
    const [high, low] = [((a << 16) | b) >>> 0, ((c << 16) | d) >>> 0];
    const isBeyond = (offset: number, index: number): boolean => {
      const other = number(offset, index * 2);
      return other > high || (other === high && number(offset, index * 2 + 1) > low);
    };
    const range = beginning(counts.v6, (index) => isBeyond(at.v6First, index)) - 1;
    if (range < 0) return undefined;
    const isLast = number(at.v6Last, range * 2) === high && number(at.v6Last, range * 2 + 1) === low;
    return isLast || isBeyond(at.v6Last, range) ? owner(number(at.v6Owner, range)) : undefined;
  };
  return {
    counts,
    ownerOf: (text) => {
      const address = ipaddr.process(text);
      return address.kind() === 'ipv4'
        ? ownerOfV4((address as ipaddr.IPv4).octets)
        : ownerOfV6((address as ipaddr.IPv6).parts);
    },
  };
};
