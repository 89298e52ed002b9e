// What is news in a record as a CRM lists it. A list says a whole record, as of its last change, whatever that was: our own writing is
// one. Taken as it comes, everything in it would have become so just now: an old job title would win over a form's newer one, and
// who was sent back long ago would be sent back again. So of a listed record only that is taken which is not what it said last.
import type { CrmChange, CrmChangeCaptured } from '../../events/crm-change-captured.v1.ts';
import { type AccountFacts, hearAccount } from './account.ts';
import { type Deal, hearDeal } from './deals.ts';
import { normaliseEmail } from './email.ts';
import { leadIdOfEmail } from './ids.ts';
import { emptyState, hearLine, type IdentityState } from './lead.ts';
import { holderOf, type Links, linked } from './links.ts';
import { sitesNamed } from './mail-domains.ts';
import { hearFate, type RecordFate } from './record-fate.ts';

/** What is known of a record, by its own word alone; nothing where it was never heard of. */
export interface KnownRecord {
  person?: { own: IdentityState; links: Links; fate?: RecordFate | undefined };
  account?: AccountFacts;
  deal?: Deal;
}

/** Moments, and what is kept of moments. */
const ofTime = new Set(['at', 'openedAt', 'namedSince', 'crmStages', 'said']);
/** That a record is there, and its own, says nothing of one nobody has called gone; nor that somebody gets mail who never refused it. */
const asEver = new Set(['deleted', 'mergedInto', 'unsubscribed']);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isUsual = (value: unknown): boolean => isRecord(value) && (value.value === false || value.value === null);

/** The same for states that differ in moments only. */
const withoutTimes = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutTimes);
  if (!isRecord(value)) return value;
  const kept = Object.entries(value)
    .filter(([key, part]) => part !== undefined && !ofTime.has(key) && !(asEver.has(key) && isUsual(part)))
    .map(([key, part]) => [key, withoutTimes(part)] as const);
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
};

const says = (before: unknown, after: unknown): boolean =>
  JSON.stringify(withoutTimes(before)) !== JSON.stringify(withoutTimes(after));

const holderAfter = (links: Links, email: string | undefined, at: string): string | undefined => {
  const address = email === undefined ? undefined : normaliseEmail(email);
  return holderOf(
    'crm',
    address === undefined ? links : linked('crm', links, leadIdOfEmail(address), { email: address, at }),
  );
};

const changesPerson = ({ person }: KnownRecord, line: CrmChangeCaptured): boolean => {
  if (line.change.object !== 'person') return true;
  const { own = emptyState, links = {}, fate } = person ?? {};
  return (
    holderOf('crm', links) !== holderAfter(links, line.change.email, line.occurredAt) ||
    says({ own, fate }, { own: hearLine(own, line), fate: hearFate(fate, line, line.change) })
  );
};

const changes = (known: KnownRecord, line: CrmChangeCaptured): boolean => {
  switch (line.change.object) {
    case 'person':
      return changesPerson(known, line);
    case 'account': {
      const { account = {} } = known;
      return says(account, hearAccount(account, line, line.change, sitesNamed(line.change.domains)));
    }
    case 'opportunity':
    case 'contract':
      return says(known.deal, hearDeal(known.deal, line));
    case 'activity':
      // Told by its own moment, and dropped by its id where it is known.
      return true;
  }
};

/** Each thing a change says, as a change that says only that. */
const partsOf = ({ object, externalId, ...rest }: CrmChange): CrmChange[] =>
  Object.entries(rest).flatMap(([field, value]) => {
    const parts = field === 'profile' && isRecord(value) ? Object.entries(value) : undefined;
    const alone = parts?.map(([name, one]) => ({ profile: { [name]: one } })) ?? [{ [field]: value }];
    return alone.map((part) => ({ object, externalId, ...part }) as CrmChange);
  });

const together = (parts: readonly CrmChange[]): CrmChange => {
  const profile = Object.assign({}, ...parts.map((part) => ('profile' in part ? part.profile : undefined)));
  return Object.assign({}, ...parts, Object.keys(profile).length > 0 && { profile }) as CrmChange;
};

/** The line with what of it is news; undefined where none is. A record never heard of is news, even if it says no more than that. */
export const newsIn = (line: CrmChangeCaptured, known: KnownRecord): CrmChangeCaptured | undefined => {
  if (line.change.object === 'activity') return line;
  if ((known.person ?? known.account ?? known.deal) === undefined) return line;
  const news = partsOf(line.change).filter((change) => changes(known, { ...line, change }));
  return news.length === 0 ? undefined : { ...line, change: together(news) };
};
