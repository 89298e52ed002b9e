// What a journal says, heard line by line in any order: of each identity its registers and links, of each account its facts.
//
// Only touches are needed again, as the sets their facts are counted from. They are kept as references (a place in a file, or the
// line itself), so that a journal costs a number a touch and otherwise as much as it says of different people.
import type { Captured } from '../../../events/catalogue.ts';
import type { CrmChangeCaptured } from '../../../events/crm-change-captured.v1.ts';
import { type AccountFacts, hearAccount } from '../account.ts';
import { type Deal, hearDeal } from '../deals.ts';
import { type Decisions, decided } from '../identity-decisions.ts';
import { emptyState, hearLine, type IdentityState } from '../lead.ts';
import { type Links, linked } from '../links.ts';
import { sitesNamed } from '../mail-domains.ts';
import { type Meanings, withMeaning } from '../match-decisions.ts';
import { hearFate, type RecordFate } from '../record-fate.ts';
import { type Aliases, aliased } from '../visitor-names.ts';
import { sortLine } from './sort-line.ts';
import type { Identity, Link } from './subjects.ts';

export interface HeardIdentity<Touch> {
  kind: 'email' | 'visitor' | 'crm';
  /** Of identities by e-mail only. */
  email?: string;
  /** Without facts. */
  state: IdentityState;
  links: Links;
  decisions?: Decisions;
  /** Of visitors only. */
  aliases?: Aliases;
  signedIn?: true;
  /** Of CRM records only. */
  fate?: RecordFate | undefined;
  /** Every delivery, repeats included. */
  touches: Touch[];
}

export interface Heard<Touch> {
  /** By lead id, those of visitors and CRM records included. */
  identities: Map<string, HeardIdentity<Touch>>;
  accounts: Map<string, AccountFacts>;
  /** Opportunities and contracts, by their ids. */
  deals: Map<string, Deal>;
  /** What people decided that company names, by their ids, and mail domains mean. */
  names: Map<string, Meanings>;
  domains: Map<string, Meanings>;
  /** Why a line could not be applied, by its id. */
  quarantined: Map<string, string>;
}

export const nothingHeard = <Touch>(): Heard<Touch> => ({
  identities: new Map(),
  accounts: new Map(),
  deals: new Map(),
  names: new Map(),
  domains: new Map(),
  quarantined: new Map(),
});

const hearOfAccount = (accounts: Heard<unknown>['accounts'], accountId: string, line: CrmChangeCaptured): void => {
  const { change } = line;
  if (change.object !== 'account') return;
  accounts.set(accountId, hearAccount(accounts.get(accountId) ?? {}, line, change, sitesNamed(change.domains)));
};

const hearOfDeal = (deals: Heard<unknown>['deals'], dealId: string, line: CrmChangeCaptured): void => {
  const deal = hearDeal(deals.get(dealId), line);
  if (deal !== undefined) deals.set(dealId, deal);
};

const identityOf = <Touch>({ identities }: Heard<Touch>, subject: Identity): HeardIdentity<Touch> => {
  const { is, leadId, record: _, ...known } = { record: undefined, ...subject };
  const kind = is === 'person' ? 'email' : is;
  const identity = identities.get(leadId) ?? { kind, state: emptyState, links: {}, touches: [] };
  identities.set(leadId, identity);
  // A decision may name by its id what others name by address.
  return Object.assign(identity, known);
};

const hearLink = <Touch>(identity: HeardIdentity<Touch>, { leadId, ...link }: Link): void => {
  if (identity.kind === 'email') return;
  identity.links = linked(identity.kind, identity.links, leadId, link);
};

/** Adds a line. `touch` is what it is found by again, should it be one. */
export const hear = <Touch>(heard: Heard<Touch>, line: Captured, touch: Touch): void => {
  const sorted = sortLine(line);
  if ('refused' in sorted) {
    heard.quarantined.set(line.id, sorted.refused);
    return;
  }
  for (const { subject, line, link, alias, decided: news, meaning } of sorted.assignments) {
    if (subject.is === 'account') {
      if (line?.type === 'crm-change-captured.v1') hearOfAccount(heard.accounts, subject.accountId, line);
      continue;
    }
    if ('dealId' in subject) {
      if (line?.type === 'crm-change-captured.v1') hearOfDeal(heard.deals, subject.dealId, line);
      continue;
    }
    if (subject.is === 'name' || subject.is === 'domain') {
      const [meanings, id] = subject.is === 'name' ? [heard.names, subject.nameId] : [heard.domains, subject.domain];
      if (meaning !== undefined) meanings.set(id, withMeaning(meanings.get(id) ?? {}, meaning));
      continue;
    }
    const identity = identityOf(heard, subject);
    if (line !== undefined) identity.state = hearLine(identity.state, line);
    if (line?.type === 'touch-captured.v1') identity.touches.push(touch);
    if (link !== undefined) hearLink(identity, link);
    if (line?.type === 'crm-change-captured.v1' && line.change.object === 'person') {
      identity.fate = hearFate(identity.fate, line, line.change);
    }
    if (news !== undefined) identity.decisions = decided(identity.decisions ?? {}, news.other, news.decision);
    if (alias !== undefined) identity.aliases = aliased(identity.aliases ?? {}, alias.other, alias.at);
  }
};
