// The shape of each kind of item. Steps trust what they read: only steps write, and each kind has one writer.
import type { Captured, Published, PublishedOf } from '../../events/catalogue.ts';
import type { CrmOutcome, PulledObject } from '../crm.ts';
import type { AccountFacts } from '../domain/account.ts';
import type { AccountAssessment, LeadAssessment } from '../domain/assessment.ts';
import type { CrmAsked } from '../domain/crm-request.ts';
import type { ContractFacts, Deal, OpportunityFacts } from '../domain/deals.ts';
import type { DomainClaims } from '../domain/domain-claims.ts';
import type { HeldState } from '../domain/held-states.ts';
import type { DecidedOn, Decisions } from '../domain/identity-decisions.ts';
import type { CrmRef } from '../domain/journal/sort-line.ts';
import type { IdentityState } from '../domain/lead.ts';
import type { Links } from '../domain/links.ts';
import type { EmailKind } from '../domain/mail-domains.ts';
import type { Meanings } from '../domain/match-decisions.ts';
import type { Match, MatchAnswer } from '../domain/matching.ts';
import type { Notice } from '../domain/notices/notice.ts';
import type { Playbook } from '../domain/playbook/playbook.ts';
import type { RecordFate } from '../domain/record-fate.ts';
import type { ReviewReason } from '../domain/review.ts';
import type { Assignment, Owner } from '../domain/routing/assignment.ts';
import type { PoolCounts } from '../domain/routing/decide-owner.ts';
import type { SlaClock } from '../domain/sla/clock.ts';
import type { StatusChange } from '../domain/status/history.ts';
import type { Aliases, Heir } from '../domain/visitor-names.ts';
import type { WriteLog } from '../domain/write-loop.ts';
import type { Condition, Item, Key, Write } from '../ports.ts';
import { packed, unpacked } from './packing.ts';

/** What else came into question. */
export type Beside = Pick<MatchAnswer, 'candidates' | 'tried' | 'doubt'>;

export interface Matching {
  /** The question that the lead's match answers: another one is asked anew. */
  asked: string;
  /** Only where something did: with most it is six times that a rule had no answer, a sixth of their item. */
  beside?: Beside;
  /** Waiting for somebody to look at their account, since then. */
  review?: { reason: ReviewReason; since: string };
}

/** For the same change: who of those concerned, in the order of their ids, was matched again. */
interface Rematching {
  as: string;
  upTo: string;
}

/** Events that wait for their moment: published then, with an id and that moment. */
export type WakingEvent =
  | Omit<PublishedOf<'routing-due.v1'>, 'id' | 'at'>
  | Omit<PublishedOf<'notices-due.v1'>, 'id' | 'at'>
  | Omit<PublishedOf<'delivery-due.v1'>, 'id' | 'at'>;

interface Meant {
  meanings?: Meanings;
  /** Of which meaning everybody who asks was told. */
  told?: string;
  rematching?: Rematching | undefined;
}

interface Shapes {
  lead: {
    leadId: string;
    kind: 'email' | 'visitor' | 'crm';
    /** The person's address, normalised; of identities by e-mail only. */
    email?: string;
    /** What this identity itself has shown. */
    own: IdentityState;
    /** Whom it turned out to be; of browsers and CRM records only. */
    links: Links;
    /** Other names it was seen together with; of browsers and sign-ins only. */
    aliases?: Aliases;
    signedIn?: true;
    /** Whose it is by its aliases, while nobody identified it. */
    heir?: Heir | undefined;
    /** Everyone whose it ever was by its aliases or by records it was merged with. */
    heirsBefore?: string[];
    /** Of CRM records only: what the CRM knows it by, what became of it, and the records it was ever merged with, either way. */
    record?: CrmRef;
    fate?: RecordFate;
    mergedWith?: string[];
    decisions?: Decisions;
    /** What follows for a person from CRM records that were merged, by their ids. */
    byRecords?: Record<string, DecidedOn>;
    /** The person whose other name this one was decided to be, and all who ever were that. */
    mergedInto?: string | undefined;
    mergedBefore?: string[];
    /** Of which aliases, links and decisions everyone concerned was told: `fold/settle-names.ts`. */
    settled?: string;
    /** The other identities of this person, by id, as of their item's version; without a state those that turned out to be
     * somebody else, so that older news of them cannot bring them back. */
    parts: Record<string, { version: number; records?: string[] } & Partial<HeldState>>;
    /** A person's browsers of long ago, as one: `fold/earlier-parts.ts`. */
    earlier?: { versions: Record<string, number> } & HeldState;
    match?: Match;
    matching?: Matching;
    /** Accounts it was a member of before, with its version when it left. */
    movedFrom: Record<string, number>;
  };
  trail: { owner: string; day: string; lines?: Captured[]; packed?: string };
  member: {
    accountId: string;
    leadId: string;
    email?: string;
    emailKind?: EmailKind;
    mailDomain?: string;
    match?: Match;
    /** A visitor nobody knows, or whoever is but an id in the link of a mail, from the account's network. */
    anonymous?: true;
    /** The CRM's records of this person, by their ids. */
    records?: string[];
    /** The lead moved to another account: this only keeps older snapshots out. */
    gone?: true;
    leadVersion: number;
    state: IdentityState;
  };
  account: {
    accountId: string;
    /** What the CRM knows it by. */
    record?: CrmRef;
    facts: AccountFacts;
    /** Where it may be filed: written along with the facts, before it is filed there (`steps/matching/file-account.ts`). */
    filedUnder?: { keys: string[]; parents: string[]; mergedInto?: string[] };
    /** As what it was filed, and everyone concerned was matched again; taken away by the write that changes what that is. */
    filedAs?: string | undefined;
    /** What was filed last of its domains, and which account it was a part of. */
    lastFiled?: { domains: string; parents: string[]; fate?: string };
    rematching?: Rematching | undefined;
  };
  /** An opportunity or a contract wherever it is, and in an account, as of its own item's version; `gone` once it left it. */
  deal: { dealId: string; record: CrmRef; placedIn?: string; movedFrom: Record<string, number> } & Deal;
  opportunity: { accountId: string; dealId: string; facts: OpportunityFacts; dealVersion: number; gone?: true };
  contract: { accountId: string; dealId: string; facts: ContractFacts; dealVersion: number; gone?: true };
  /** `more`: so many accounts ever named it that it is nobody's, and no claims are kept. */
  domain: { domain: string; claims: DomainClaims; more?: true } & Meant;
  /** `filed`: in the lists of all keys it can be looked up by. */
  name: { nameId: string; text: string; filed?: true } & Meant;
  'asking-lead': { leadId: string };
  'asking-name': { nameId: string };
  'asking-deal': { dealId: string };
  /** Accounts that have the key, and those that had it, each with the version of its item that said so: a slower writer of an
   * earlier one changes nothing. Neither once there were too many, which `more` was the one to bring about. */
  block: { accounts: Record<string, number>; gone: Record<string, number>; more?: string };
  child: { accountId: string };
  'account-assessment': {
    accountId: string;
    assessment: AccountAssessment;
    since: string;
    assessedAt: string;
    /** The latest surge its owner was told of. */
    toldSurge?: { since: string; endsAt: string } | undefined;
    /** What its CRM is to be told hangs on this: `steps/judgement-told.ts`. */
    told?: string | undefined;
    history: StatusChange[];
  };
  'lead-assessment': {
    accountId: string;
    assessment: LeadAssessment;
    since: string;
    assessedAt: string;
    /** The lead-qualified event of the last time it became Qualified. */
    generation?: string;
    /** As an account's. */
    told?: string | undefined;
    /** The lead moved to another account: only its history is kept here. */
    gone?: true;
    history: StatusChange[];
  };
  /** When time alone will change what was judged, or earlier. In its list until the sweep has told of it. */
  due: { accountId: string; at: string };
  rep: { accountId: string; owner: Owner; reason: string; at: string };
  assignment: { accountId: string; leadId: string } & Assignment;
  pool: { name: string; counts: PoolCounts };
  /** What the CRM was told last of a record of its own, and when that was tried. In its list while it is held. */
  sync: {
    recordId: string;
    /** Of whom, as far as was known then. */
    accountId: string;
    leadId?: string | undefined;
    /** What was told, as a fingerprint; none while it is being told. */
    written?: string | undefined;
    outcome?: CrmOutcome['outcome'];
    why?: string | undefined;
    at: string;
    /** Somebody is telling it, and nobody else does before then. */
    claimedUntil?: string | undefined;
    /** Since then it was asked for again; or one who had held it too long ended, and nobody knows what the CRM heard last. */
    meanwhile?: 'asked' | 'lost' | undefined;
    /** The CRM was not to be reached, or had enough of us: not before then. */
    retryAt?: string | undefined;
  } & WriteLog;
  /** What somebody asked a CRM to do. In its list until there is an outcome. */
  'crm-request': CrmAsked;
  /** Up to when a connection's records of one kind have been pulled; `pass`: the pass that is under way, and its next page. */
  pull: { source: string; object: PulledObject; since: string; pass?: { startedAt: string; next: string } | undefined };
  sla: { accountId: string; leadId: string; clock: SlaClock };
  /** An event that is due at a moment; in its list until it was told of, then of no use. */
  'wake-up': { name: string; at: string; event: WakingEvent };
  notice: {
    /** The account it is about; of an auto-response the person. */
    owner: string;
    noticeId: string;
    notice: Notice;
    /** When the mail service took it. */
    at: string;
    messageId: string;
  };
  /** What somebody outside is told of an event; with an outcome it is done with. */
  delivery: {
    destination: string;
    event: Published;
    tries: number;
    at: string;
    status?: number | undefined;
    again?: string;
    outcome?: 'delivered' | 'unwanted' | 'given-up';
  };
  quarantine: { line: Captured; reason: string; at: string };
  'playbook-version': { number: number; source: string; playbook: Playbook; savedAt: string };
  'playbook-live': { number: number; since: string };
  /** How far the accounts, by `listSk` of their list, have been judged by the playbook of that number; those whose status
   * changed from `startedAt` on were by it anyway. */
  rollout: { number: number; startedAt: string; cursor?: string; done?: true };
}

export type ItemType = keyof Shapes;
type OfType<Type extends ItemType> = { type: Type } & Shapes[Type];
export type StoredItem<Type extends ItemType> = Item & OfType<Type>;
/** An item to be written: its version is given by `replacing`. */
export type NewItem<Type extends ItemType> = Key & OfType<Type> & { ttl?: number; listPk?: string; listSk?: string };

/** The item as its type, or undefined where there is none. A different type under the key is a defect. */
export const as = <Type extends ItemType>(type: Type, item: Item | undefined): StoredItem<Type> | undefined => {
  if (item === undefined) return undefined;
  if (item.type !== type) throw new Error(`item ${item.pk} / ${item.sk} is a ${item.type}, not a ${type}`);
  return unpacked(item) as StoredItem<Type>;
};

export const allOf = <Type extends ItemType>(type: Type, items: readonly Item[]): StoredItem<Type>[] =>
  items.flatMap((item) => (item.type === type ? [unpacked(item) as StoredItem<Type>] : []));

export const outboxOf = (events: readonly Published[]): { outbox?: string } =>
  events.length === 0 ? {} : { outbox: JSON.stringify(events) };

/** Puts the next version of an item, with the events that brings about, on condition that nobody wrote it since `previous`
 * was read. */
export const replacing = <Type extends ItemType>(
  previous: Item | undefined,
  next: NewItem<Type>,
  events: readonly Published[] = [],
): Write => {
  const condition: Condition = previous === undefined ? { if: 'absent' } : { if: 'version', is: previous.version };
  // `next` may be spread from what is stored: the events of that write were published then.
  const { outbox: _, ...item } = next as NewItem<Type> & { outbox?: string };
  return { put: packed({ ...item, ...outboxOf(events), version: (previous?.version ?? 0) + 1 } as Item), condition };
};

/** The people of an account, without those who moved away. */
export const membersOf = (items: readonly Item[]): StoredItem<'member'>[] =>
  allOf('member', items).filter(({ gone }) => !gone);

/** The judgement on a lead as it stands in this account; undefined once the lead has moved away. */
export const standing = (item: Item | undefined): StoredItem<'lead-assessment'> | undefined => {
  const stored = as('lead-assessment', item);
  return stored?.gone ? undefined : stored;
};
