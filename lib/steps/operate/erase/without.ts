// What becomes of each kind of item that tells of somebody erased: it goes, or stays without them. A kind that is not here tells of nobody.
import type { Published } from '../../../../events/catalogue.ts';
import { eventIdOf, isSolo, leadIdOfCrmPerson } from '../../../domain/ids.ts';
import { emptyState } from '../../../domain/lead.ts';
import { mentions, withoutContacts } from '../../../domain/mentions.ts';
import { withoutWordsAbout } from '../../../domain/words-about.ts';
import type { Item, Write } from '../../../ports.ts';
import { as, type ItemType, type NewItem, replacing, type StoredItem } from '../../../table/items.ts';
import { linesOf, trailItem } from '../../../table/trail.ts';
import { type Erasing, isFromBefore } from './tombstone.ts';

export interface Without extends Erasing {
  /** Those of them who have done something since. */
  back: ReadonlySet<string>;
  /** Where they ever were, and who is there. */
  accounts: ReadonlySet<string>;
  colleagues: ReadonlySet<string>;
  /** ISO. */
  now: string;
  operationId: string;
}

/** What a mail about a colleague says of that person alone. */
export const aboutOneself: ReadonlySet<string> = new Set(['Who', 'Why now', 'Why you', 'Say', 'Grade']);

/** A mail about a colleague, or about the account, may name them beside: it stays as the record that it was sent. */
const notice: Judge<'notice'> = (given, item) => {
  const { to: _, ...said } = item.notice;
  // Of somebody else's lead to one of them, who works with it: that it was sent stays known, so that it is not sent again.
  const theirs = removedIfMentioned(given, given.ids.has(item.owner) ? item : { ...item, notice: said });
  const isOfAccount = given.accounts.has(item.owner);
  if (theirs !== undefined || !(isOfAccount || given.colleagues.has(item.owner))) return theirs;
  const { matter } = item.notice;
  const facts = isOfAccount ? [] : matter.facts?.filter(({ name }) => aboutOneself.has(name));
  if (facts === undefined || facts.length === matter.facts?.length) return undefined;
  return replacing(item, { ...item, notice: { ...item.notice, matter: { ...matter, facts } } });
};

type Judge<Type extends ItemType> = (without: Without, item: StoredItem<Type>) => Write | undefined;

const removal = (item: Item): Write => ({
  remove: { pk: item.pk, sk: item.sk },
  condition: { if: 'version', is: item.version },
});

/** Of who is back only what is from before goes. */
const goesOf = ({ ids, back, at }: Without, leadId: string, item: Item): boolean =>
  ids.has(leadId) && (!back.has(leadId) || isFromBefore(at, item));

const removedOf =
  <Type extends 'lead-assessment' | 'assignment' | 'sla'>(): Judge<Type> =>
  (without, item) =>
    goesOf(without, item.sk.slice(item.sk.indexOf('#') + 1), item) ? removal(item) : undefined;

const removedIfMentioned = (without: Without, item: Item): Write | undefined => {
  const { outbox: _, ...told } = item;
  if (!mentions(without.ids, JSON.stringify(told))) return undefined;
  return without.back.size === 0 || isFromBefore(without.at, item) ? removal(item) : undefined;
};

const trail: Judge<'trail'> = (without, item) => {
  const { ids, at } = without;
  const lines = linesOf(item);
  const isTheirs = ids.has(item.owner);
  const left = lines
    .map((line) => withoutContacts(ids, line))
    .flatMap((line) => (line.occurredAt > at ? line : (!isTheirs && withoutWordsAbout(ids, line)) || []));
  // Their trail, of which nothing they did since is left.
  const kept = isTheirs && !without.back.has(item.owner) ? [] : left;
  if (kept.length === lines.length && kept.every((line, index) => line === lines[index])) return undefined;
  if (kept.length === 0) return removal(item);
  const { pk, sk, owner, day, ttl } = item;
  return replacing(item, { ...trailItem({ pk, sk }, owner, day, kept), ttl });
};

const member: Judge<'member'> = (without, item) => {
  const { accountId, leadId, leadVersion } = item;
  if (item.gone || !goesOf(without, leadId, item)) return undefined;
  const about = { accountId, leadId, leadVersion: leadVersion + 1, gone: true as const, state: emptyState };
  const id = eventIdOf('lead-changed', accountId, leadId, without.operationId, String(item.version));
  const event: Published = { type: 'lead-changed.v1', id, at: without.now, accountId, leadId };
  const { pk, sk } = item;
  return replacing(item, { pk, sk, type: 'member', ...about }, [event]);
};

const without =
  ({ ids }: Without) =>
  <Value>(entries: Record<string, Value> | undefined): Record<string, Value> | undefined =>
    entries && Object.fromEntries(Object.entries(entries).filter(([id]) => !ids.has(id)));

/** Somebody else, who knew them. */
const lead: Judge<'lead'> = (given, item) => {
  const { ids, at } = given;
  if (ids.has(item.leadId)) return undefined;
  const names = [item.links, item.decisions, item.byRecords, item.aliases, item.parts].flatMap((known) =>
    Object.keys(known ?? {}),
  );
  if (!names.some((id) => ids.has(id))) return undefined;
  const link = (id: string): boolean => !ids.has(id) || item.links[id]!.at > at;
  const links = Object.fromEntries(Object.entries(item.links).filter(([id]) => link(id)));
  const strip = without(given);
  const parts = Object.fromEntries(
    Object.entries(item.parts).map(([id, part]) => [id, ids.has(id) ? { version: part.version } : part]),
  );
  const decisions = strip(item.decisions);
  const next = { ...item, links, parts, decisions, byRecords: strip(item.byRecords), aliases: strip(item.aliases) };
  return JSON.stringify(next) === JSON.stringify({ ...item, links: item.links })
    ? undefined
    : replacing(item, next as NewItem<'lead'>);
};

type Deal = StoredItem<'deal'> | StoredItem<'opportunity'>;

const deal = <Type extends 'deal' | 'opportunity'>(given: Without, item: StoredItem<Type>): Write | undefined => {
  const facts = (item as Deal).facts as StoredItem<'opportunity'>['facts'];
  const email = facts.primaryContactEmail?.value;
  const isTheirs = email !== undefined && mentions(given.ids, email);
  const isContact = Object.keys(facts.contacts ?? {}).some((id) => given.ids.has(id));
  if (!isTheirs && !isContact) return undefined;
  const left = { ...facts, contacts: without(given)(facts.contacts) };
  if (isTheirs) left.primaryContactEmail = undefined;
  return replacing(item, { ...item, facts: left } as unknown as NewItem<Type>);
};

/** A count stays a count, of nobody. */
const attainment: Judge<'attainment'> = ({ ids }, item) =>
  ids.has(item.leadId) ? replacing(item, { ...item, leadId: 'erased' }) : undefined;

const redacted = 'erased on request';

const operation: Judge<'operation'> = ({ ids, operationId }, item) => {
  if (item.operationId === operationId || item.why === redacted) return undefined;
  const { asked, why } = item;
  if (!mentions(ids, JSON.stringify({ asked, why }))) return undefined;
  return replacing(item, { ...item, why: redacted });
};

const deed: Judge<'deed'> = ({ ids }, item) => {
  const about = item.about.map((id) => (mentions(ids, id) ? 'erased' : id));
  const saidBy = item.saidBy !== undefined && mentions(ids, item.saidBy) ? 'erased' : item.saidBy;
  if (saidBy === item.saidBy && about.every((id, index) => id === item.about[index])) return undefined;
  return replacing(item, { ...item, about, ...(saidBy !== undefined && { saidBy }) });
};

const quarantine: Judge<'quarantine'> = ({ ids, at }, item) => {
  if (item.line.occurredAt > at) return undefined;
  const line = withoutWordsAbout(ids, item.line);
  if (line === item.line) return undefined;
  return line === undefined ? removal(item) : replacing(item, { ...item, line });
};

/** By what the CRM itself knows its records by. */
const crmRequest: Judge<'crm-request'> = (given, item) => {
  const { wants, source } = item.request;
  const records = wants.call === 'convert' ? [wants.lead] : wants.object === 'person' ? [wants.into, wants.from] : [];
  if (records.some((id) => given.ids.has(leadIdOfCrmPerson(source, id)))) return removal(item);
  return removedIfMentioned(given, item);
};

const ofSolo: Judge<'account-assessment'> = (given, item) =>
  isSolo(item.accountId) && goesOf(given, item.accountId.slice('solo_'.length), item) ? removal(item) : undefined;

const judges: { readonly [Type in ItemType]?: Judge<Type> } = {
  lead,
  trail,
  member,
  deal,
  opportunity: deal,
  'lead-assessment': removedOf<'lead-assessment'>(),
  'account-assessment': ofSolo,
  assignment: removedOf<'assignment'>(),
  sla: removedOf<'sla'>(),
  attainment,
  operation,
  deed,
  quarantine,
  'asking-lead': ({ ids, back }, item) => (ids.has(item.leadId) && !back.has(item.leadId) ? removal(item) : undefined),
  notice,
  'held-notice': removedIfMentioned,
  mailbox: ({ ids }, item) => (ids.has(item.recipientId) ? removal(item) : undefined),
  'wake-up': removedIfMentioned,
  delivery: removedIfMentioned,
  sync: removedIfMentioned,
  'crm-request': crmRequest,
};

/** The write that takes them out of it; none where they are not in it. */
export const takenOutOf = (without: Without, item: Item): Write | undefined => {
  const type = item.type as ItemType;
  const judge = judges[type] as Judge<typeof type> | undefined;
  return judge?.(without, as(type, item) as StoredItem<typeof type>);
};
