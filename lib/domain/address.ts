// Where on the network a touch came from: an address of the public internet in one spelling, or nothing.
import ipaddr from 'ipaddr.js';

/** Addresses that say nothing of who is behind them: one's own machine, an office's inner network, everybody at once; and those of IPv6
 * that hold one of IPv4 for a translator or a tunnel, which may be such a one. */
const inner = new Set([
  'unspecified',
  'broadcast',
  'multicast',
  'linkLocal',
  'loopback',
  'private',
  'uniqueLocal',
  'carrierGradeNat',
  'rfc6052',
  'rfc6145',
  '6to4',
  'teredo',
]);

/** The canonical text of a public address: IPv6 as RFC 5952 has it, without its zone; IPv4 as such where it comes mapped into
 * IPv6, as sockets that listen on both report it. Undefined for every other text. */
export const publicAddress = (text: string | undefined): string | undefined => {
  // Only four decimal parts: `0x7f.1` and `2130706433` are other spellings of addresses nobody sends in good faith.
  if (text === undefined || !(text.includes(':') || ipaddr.IPv4.isValidFourPartDecimal(text))) return undefined;
  if (!ipaddr.isValid(text)) return undefined;
  const address = ipaddr.process(text);
  if (inner.has(address.range())) return undefined;
  return address.kind() === 'ipv4' ? address.toString() : new ipaddr.IPv6(address.toByteArray()).toString();
};
