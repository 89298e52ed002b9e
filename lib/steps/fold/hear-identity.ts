// What an identity's lines, and those of others, say of whose it is.
import type { Captured } from '../../../events/catalogue.ts';
import { type DecidedOn, decided } from '../../domain/identity-decisions.ts';
import { leadIdOfCrmPerson } from '../../domain/ids.ts';
import type { Alias, CrmRef, Link } from '../../domain/journal/subjects.ts';
import { linked } from '../../domain/links.ts';
import { hearFate } from '../../domain/record-fate.ts';
import { aliased, type Heir, holderIn } from '../../domain/visitor-names.ts';
import type { NewItem } from '../../table/items.ts';

export interface IdentityWork {
  leadId: string;
  kind: 'visitor' | 'crm';
  lines: readonly Captured[];
  links: readonly Link[];
  aliases?: readonly Alias[];
  signedIn?: true | undefined;
  decisions?: readonly DecidedOn[];
  /** What the CRM knows a record by, and the records it took in. */
  record?: CrmRef | undefined;
  tookIn?: readonly string[];
  /** Whose it is by its aliases, or by the records it was merged with; null: nobody's; undefined: whose it was. */
  heir?: Heir | null;
}

/** Of too many links some are let go: whoever had it until then is still to be told. */
export const hearLinks = (item: NewItem<'lead'>, { kind, links }: IdentityWork): void => {
  const before = holderIn(item)?.leadId;
  const wasLinked = before !== undefined && item.links[before] !== undefined;
  item.links = links.reduce((known, { leadId, ...link }) => linked(kind, known, leadId, link), item.links);
  if (!wasLinked || item.links[before] !== undefined) return;
  item.heirsBefore = [...new Set([...(item.heirsBefore ?? []), before])].sort();
};

/** What people and a visitor's other names say of it. */
export const hearNames = (
  item: NewItem<'lead'>,
  { aliases = [], decisions = [], signedIn, heir }: IdentityWork,
): void => {
  for (const { other, decision } of decisions) item.decisions = decided(item.decisions ?? {}, other, decision);
  if (signedIn) item.signedIn = signedIn;
  for (const { other, at } of aliases) item.aliases = aliased(item.aliases ?? {}, other, at);
  if (heir === undefined) return;
  item.heir = heir ?? undefined;
  if (heir !== null) item.heirsBefore = [...new Set([...(item.heirsBefore ?? []), heir.leadId])].sort();
};

/** What a CRM record's lines say of it as a record. */
export const hearRecord = (item: NewItem<'lead'>, { record, tookIn = [], lines }: IdentityWork): void => {
  item.record ??= record;
  const others = new Set([...(item.mergedWith ?? []), ...tookIn]);
  for (const line of lines) {
    if (line.type !== 'crm-change-captured.v1' || line.change.object !== 'person') continue;
    item.fate = hearFate(item.fate, line, line.change);
    if (line.change.mergedInto) others.add(leadIdOfCrmPerson(line.source, line.change.mergedInto));
  }
  if (others.size > 0) item.mergedWith = [...others].sort();
};
