// Everything that is held of a person, as whoever it is about may ask for it: gathered from all that is stored, a stretch of it at a
// time, by the same rules by which it would be erased. Of anybody else nothing is told.
import * as z from 'zod';
import { captured } from '../../events/catalogue.ts';
import { withoutAddressesOf } from '../domain/addresses-in-text.ts';
import { held } from '../domain/held-kinds.ts';
import { contactsIn, isAbout, mentions, withoutContacts } from '../domain/mentions.ts';
import { toldOf, withoutWordsAbout } from '../domain/words-about.ts';
import type { DeadLetters, Scan } from '../mending.ts';
import type { Clock, Item, Table } from '../ports.ts';
import { as, type ItemType, type StoredItem } from '../table/items.ts';
import { linesOf } from '../table/trail.ts';
import { recipientsAmong } from './operate/erase/tombstone.ts';
import { identitiesOf } from './operate/erase/whose.ts';
import { aboutOneself } from './operate/erase/without.ts';

export interface ExportPorts {
  table: Table & Scan;
  deadLetters: DeadLetters;
  clock: Clock;
}

export interface ExportPage {
  asOf: string;
  /** All ids that are theirs. */
  ids: string[];
  found: { kind: string; meaning: string; items: object[] }[];
  /** Where the next page begins; null when that is all. */
  next: string | null;
}

const pageSize = 200;
/** The function has ten seconds, of which the dead letters take some. */
const pageMs = 4_000;

/** How the table keeps it, which tells nobody anything. */
const ownToTheTable = new Set(['pk', 'sk', 'type', 'version', 'outbox', 'listPk', 'listSk', 'packed']);
const told = (item: object): object =>
  Object.fromEntries(Object.entries(item).filter(([name]) => !ownToTheTable.has(name)));

const idShape = /(?:lead|visitor|crm)_[0-9a-f]{16}/g;

type Ids = ReadonlySet<string>;

const redactedText = (ids: Ids, text: string): string =>
  withoutAddressesOf((found) => !found.some((id) => ids.has(id)), text, '(an address of somebody else)').replace(
    idShape,
    (id) => (ids.has(id) ? id : '(somebody else)'),
  );

/** Without anybody else's address or id, wherever it stands. */
const redacted = (ids: Ids, value: unknown): unknown => {
  if (typeof value === 'string') return redactedText(ids, value);
  if (Array.isArray(value)) return value.map((one) => redacted(ids, one));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, one]) => [redactedText(ids, name), redacted(ids, one)]);
  return Object.fromEntries(entries.filter(([name]) => name !== '(somebody else)'));
};

const trail = (ids: Ids, item: StoredItem<'trail'>): object | undefined => {
  const isTheirs = ids.has(item.owner);
  const others = (line: z.infer<typeof captured>): Ids =>
    new Set('change' in line && line.change.object === 'opportunity' ? contactsBeside(ids, line) : []);
  const lines = linesOf(item).filter((line) => isTheirs || isAbout(ids, line));
  return lines.length === 0
    ? undefined
    : {
        ...told(item),
        lines: lines.map((line) => (isTheirs ? line : toldOf(ids, withoutContacts(others(line), line)))),
      };
};

/** Of a deal's contacts those who are somebody else. */
const contactsBeside = (ids: Ids, line: Parameters<typeof contactsIn>[0]): string[] =>
  contactsIn(line).filter((id) => !ids.has(id));

/** A mail about them, without whoever else it named. */
const notice = (ids: Ids, item: StoredItem<'notice'>): object | undefined => {
  if (!mentions(ids, JSON.stringify([item.owner, item.notice]))) return undefined;
  const { matter } = item.notice;
  const facts = matter.facts?.filter(({ name }) => aboutOneself.has(name));
  return told({ ...item, notice: { ...item.notice, matter: { ...matter, facts } } });
};

/** One that is refused says of nobody for certain whose it is: it is theirs where it would be erased whole. */
const quarantined = (ids: Ids, item: StoredItem<'quarantine'>): object | undefined => {
  if (!isAbout(ids, item.line)) return undefined;
  const isTheirs = withoutWordsAbout(ids, item.line) === undefined;
  return told({ ...item, line: isTheirs ? item.line : toldOf(ids, item.line) });
};

/** What of an item is theirs. */
const theirs = (ids: Ids, item: Item): object | undefined => {
  const type = item.type as ItemType;
  if (type === 'trail') return trail(ids, as('trail', item)!);
  if (type === 'notice') return notice(ids, as('notice', item)!);
  const whole = as(type, item) as Item & { leadId?: string };
  if (type === 'lead' && !ids.has(whole.leadId ?? '')) return undefined;
  if (type === 'member' && (!ids.has(whole.leadId ?? '') || whole.gone)) return undefined;
  if (type === 'account-assessment' && !mentions(ids, whole.pk)) return undefined;
  if (type === 'quarantine') return quarantined(ids, as('quarantine', item)!);
  return mentions(ids, JSON.stringify({ ...whole, outbox: undefined })) ? told(whole) : undefined;
};

const batch = z.array(captured);

/** Of all queues at once: each takes a second to say that it has no more, and there are a dozen. */
const lettersOf = async ({ deadLetters }: ExportPorts, ids: Ids): Promise<object[]> => {
  const found = await Promise.all(
    deadLetters.queues.map(async (queue) => {
      const letters = (await deadLetters.list(queue, 1_000)).filter(({ body }) => mentions(ids, body));
      return letters.map(({ body, since }) => {
        const lines = batch.safeParse(parsed(body));
        return {
          queue,
          since,
          message: lines.success
            ? lines.data.filter((line) => isAbout(ids, line)).map((line) => toldOf(ids, line))
            : body,
        };
      });
    }),
  );
  return found.flat();
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** A page of it, from `cursor` on; `lead` is any id of theirs. */
export const exportPerson = async (
  ports: ExportPorts,
  lead: string,
  cursor: string | undefined,
): Promise<ExportPage> => {
  const { table, clock } = ports;
  const began = clock.now();
  const identities = await identitiesOf(table, [lead]);
  const people = [lead, ...identities.keys()];
  const ids = new Set([...people, ...recipientsAmong(identities.values())]);
  const found = new Map<string, object[]>();
  const add = (kind: string, item: object): void => {
    found.set(kind, [...(found.get(kind) ?? []), redacted(ids, item) as object]);
  };
  let next = cursor;
  do {
    const page = await table.scan(next, pageSize);
    for (const item of page.items) {
      const part = held[item.type] === undefined ? undefined : theirs(ids, item);
      if (part !== undefined) add(item.type, part);
    }
    next = page.next;
  } while (next !== undefined && clock.now() - began < pageMs);
  if (next === undefined) for (const letter of await lettersOf(ports, ids)) add('dead-letter', letter);
  return {
    ...{ asOf: new Date(began).toISOString(), ids: [...new Set(people)].sort() },
    found: [...found].map(([kind, items]) => ({ kind, meaning: held[kind]!, items })),
    next: next ?? null,
  };
};
