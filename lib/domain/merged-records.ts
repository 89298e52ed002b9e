// CRM records of persons that the CRM merged, or converted into another: who they are then, and which people are one by it.
//
// Decided anew from the whole set of such records, so that neither order nor repeats of the news make a difference: a record without an
// address of its own is whoever the record is that stands for it, or that it stands for; two of different addresses make two people one,
// as if somebody had decided so when the CRM merged them. Who disagrees separates them, as after any merge.
import { type Decided, type DecidedOn, type Decision, decidedHolder, isSeparated } from './identity-decisions.ts';
import { crmHolderAt, type Links } from './links.ts';
import { isGone, type RecordFate } from './record-fate.ts';
import { type Heir, linksThatHold, ownHolder } from './visitor-names.ts';

export interface CrmRecord extends Decided {
  links: Links;
  fate?: RecordFate | undefined;
}

/** The record that stands for this one; of a circle the one with the smallest id. */
const survivorAmong = (id: string, records: ReadonlyMap<string, CrmRecord>): string => {
  const passed = [id];
  for (;;) {
    const next = records.get(passed.at(-1)!)?.fate?.mergedInto?.value;
    if (!next || !records.has(next)) return passed.at(-1)!;
    const from = passed.indexOf(next);
    if (from >= 0) return passed.slice(from).sort()[0]!;
    passed.push(next);
  }
};

/** Those merged last first. */
const latestFirst = ([a, x]: [string, CrmRecord], [b, y]: [string, CrmRecord]): number => {
  const [atA, atB] = [x.fate?.mergedInto?.at ?? '', y.fate?.mergedInto?.at ?? ''];
  return atA === atB ? (a < b ? -1 : 1) : atA > atB ? -1 : 1;
};

export interface MergedRecords {
  /** Whose the records without an address of their own are. */
  heirs: Map<string, Heir>;
  /** What follows for people, by record and person. */
  decisions: Map<string, Map<string, DecidedOn>>;
}

const decisionOf = (
  id: string,
  { fate }: CrmRecord,
  [from, to]: [from: string, to: string],
): Map<string, DecidedOn> => {
  const { at, source } = fate!.mergedInto!;
  const decision: Decision = {
    ...{ decision: 'merge', at, by: source, why: 'Their records are one in the CRM.' },
    lineId: `${source}:${id}@${at}`,
    first: to,
  };
  return new Map([
    [from, { other: to, decision }],
    [to, { other: from, decision }],
  ]);
};

/** What people decided of a record holds whenever it was. */
const holderAt = (record: CrmRecord, at: string, now: Heir): string => {
  if (isGone(record.fate) || decidedHolder(record) !== undefined) return now.leadId;
  return crmHolderAt(linksThatHold(record), at) ?? now.leadId;
};

/** The CRM made one of the people whose records they were when it merged them. Whom a record is given to afterwards is nobody's business
 * of theirs: it changes hands when somebody leaves. What was not said until then is taken from later. */
const peopleMerged = (
  record: CrmRecord,
  survivor: CrmRecord,
  now: { theirs: Heir; holder: Heir },
): [from: string, to: string] | undefined => {
  const { at } = record.fate!.mergedInto!;
  const from = holderAt(record, at, now.theirs);
  const to = holderAt(survivor, at, now.holder);
  return from === to ? undefined : [from, to];
};

/** Of records given with all they were merged with. */
export const mergedRecords = (records: ReadonlyMap<string, CrmRecord>): MergedRecords => {
  const heirs: MergedRecords['heirs'] = new Map();
  const decisions: MergedRecords['decisions'] = new Map();
  const groups = Map.groupBy(records, ([id]) => survivorAmong(id, records));
  for (const [survivor, group] of groups) {
    if (group.length === 1) continue;
    const inOrder = [...group].sort((a, b) => (a[0] === survivor ? -1 : b[0] === survivor ? 1 : latestFirst(a, b)));
    const own = new Map(inOrder.map(([id, record]) => [id, ownHolder('crm', record)]));
    const holder = [...own.values()].find((one) => one !== undefined);
    if (holder === undefined) continue;
    for (const [id, record] of inOrder) {
      const theirs = own.get(id);
      if (theirs === undefined) {
        if (!isGone(record.fate) && !isSeparated(record, holder.leadId)) heirs.set(id, holder);
      } else if (record.fate?.mergedInto && theirs.leadId !== holder.leadId) {
        const people = peopleMerged(record, records.get(survivor)!, { theirs, holder });
        if (people !== undefined) decisions.set(id, decisionOf(id, record, people));
      }
    }
  }
  return { heirs, decisions };
};
