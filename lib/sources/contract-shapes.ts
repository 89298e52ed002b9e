// Brings what the world sends into the shapes the contracts allow, without losing the touch it came with.
import { createHash } from 'node:crypto';
import { id } from '../../events/moment.ts';
import { withoutMailLink } from './mail-link.ts';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** `<prefix><raw><suffix>`, with a digest for the raw id where it has spaces, is too long or is not ASCII. Half a SHA-256
 * keeps two such ids apart. */
export const contractId = (prefix: string, raw: string, suffix = ''): string => {
  const whole = prefix + raw + suffix;
  return id.safeParse(whole).success ? whole : `${prefix}sha256-${sha256(raw).slice(0, 32)}${suffix}`;
};

/** At most `length` UTF-16 units, as the contracts count, and never half a character. */
const clipped = (text: string, length: number): string => {
  const whole = text.toWellFormed();
  if (whole.length <= length) return whole;
  const cut = whole.slice(0, length);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
};

/** One trimmed line, at most `length` long; undefined when nothing is left or it was neither text nor number. */
export const line = (value: unknown, length: number): string | undefined => {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = clipped(
    String(value)
      .replace(/\p{Cc}+/gu, ' ')
      .trim(),
    length,
  ).trim();
  return text === '' ? undefined : text;
};

/** The address of a page as it is kept: without whom a mail was sent to. */
export const pageAddress = (value: unknown): string | undefined =>
  line(typeof value === 'string' ? withoutMailLink(value) : undefined, 2_000);

/** The object without its undefined values; undefined when none is left. */
export const filled = <Shape extends object>(shape: Shape): Shape | undefined => {
  const entries = Object.entries(shape).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as Shape);
};

/** Milliseconds since 1970 as a contract's moment. */
export const momentOf = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** The name of the campaign an address was tagged with. */
export const campaignIn = (url: string | undefined): string | undefined => {
  if (url === undefined || !URL.canParse(url)) return undefined;
  return line(new URL(url).searchParams.get('utm_campaign'), 200);
};
