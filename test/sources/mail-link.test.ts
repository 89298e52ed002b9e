// The lead's id in the links of a mail: read, and left in no address.
import { describe, expect, it } from 'vitest';
import { leadInAddress, withoutMailLink } from '../../lib/sources/mail-link.ts';

const id = 'muster_lead=lead_0123456789abcdef';

describe('an address', () => {
  it.each([
    [`https://x.io/?${id}`, 'https://x.io/'],
    [`https://x.io/a?${id}#h`, 'https://x.io/a#h'],
    [`https://x.io/a?b=1&${id}`, 'https://x.io/a?b=1'],
    [`https://x.io/a?${id}&b=%20+1`, 'https://x.io/a?b=%20+1'],
    [`https://x.io/a?b=1&${id}&c=2#h`, 'https://x.io/a?b=1&c=2#h'],
    [`https://x.io/?${id}&${id}`, 'https://x.io/'],
    [`https://x.io/?${id}&${id}&c=2`, 'https://x.io/?c=2'],
    [`https://x.io/#/route?${id}`, 'https://x.io/#/route'],
    ['https://x.io/?muster_lead=jo@acme.example&c=2', 'https://x.io/?c=2'],
    ['https://x.io/?muster_lead=', 'https://x.io/'],
    [`/a?${id}`, '/a'],
    [
      `https://out.io/?to=${encodeURIComponent(`https://x.io/?${id}&c=2`)}&d=3`,
      'https://out.io/?to=https%3A%2F%2Fx.io%2F%3Fc%3D2&d=3',
    ],
    [
      `https://out.io/?to=${encodeURIComponent(`https://x.io/?b=1&${id}`)}&d=3`,
      'https://out.io/?to=https%3A%2F%2Fx.io%2F%3Fb%3D1&d=3',
    ],
    ['https://x.io/?not_muster_lead=1&muster_leads=2', 'https://x.io/?not_muster_lead=1&muster_leads=2'],
    ['muster_lead=1', 'muster_lead=1'],
  ])('%s is kept as %s', (address, kept) => {
    expect(withoutMailLink(address)).toBe(kept);
  });

  it.each([
    [`https://x.io/?b=1&${id}#h`, 'lead_0123456789abcdef'],
    [`/a?${id}`, 'lead_0123456789abcdef'],
    [`https://x.io/#?${id}`, undefined],
    ['https://x.io/?muster_lead=jo@acme.example', undefined],
    ['https://x.io/', undefined],
    [undefined, undefined],
  ])('%s names %s', (address, lead) => {
    expect(leadInAddress(address)).toBe(lead);
  });

  it('costs no more the longer it is', () => {
    const long = `https://x.io/?${'muster_lead=%&'.repeat(2_000)}b=1`;
    expect(withoutMailLink(long)).toBe('https://x.io/?b=1');
  });
});
