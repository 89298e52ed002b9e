// What one of Pipedrive's deals says of an opportunity, each part as of when it became so.
import { isDeleted, justNow, type Seen, type Told } from './seen.ts';
import { referenceIn, textOf, timeOf, valueAt } from './values.ts';

/** Since when a deal is what it is: exactly where that is the news, else as the deal itself keeps it, to the second. */
const sinceOf = (seen: Seen, property: string, kept: readonly string[]): number => {
  if (justNow(seen, property)) return seen.at;
  const times = kept.flatMap((name) => timeOf(seen.record[name]) ?? []);
  return Math.min(times[0] ?? seen.at, seen.at);
};

const contactsOf = ({ record, previous, mapping }: Seen) => {
  const property = mapping.fields.opportunity.contact ?? 'person_id';
  const contact = referenceIn(record, property);
  const before = previous ? referenceIn(previous, property) : undefined;
  const contacts = [
    ...(contact ? [{ externalId: contact, is: 'primary' as const }] : []),
    ...(before && before !== contact ? [{ externalId: before, is: 'none' as const }] : []),
  ];
  return contacts.length > 0 ? contacts : undefined;
};

export const dealTells = (seen: Seen): Told[] => {
  const { id: externalId, record, at, mapping } = seen;
  const { opportunity: fields } = mapping.fields;
  const stage = fields.stage ?? 'stage_id';
  const deal = { object: 'opportunity', externalId } as const;
  const told: Told[] = [
    {
      at,
      change: {
        ...deal,
        accountExternalId: referenceIn(record, fields.account ?? 'org_id'),
        contacts: contactsOf(seen),
        crmType: textOf(valueAt(record, fields.type ?? 'pipeline_id'), 200),
        ownerExternalId: referenceIn(record, fields.owner ?? 'owner_id'),
        // Open is said again: it is no decision, and repairs what was missed.
        state: record.status === 'open' ? 'open' : undefined,
        deleted: isDeleted(seen),
      },
    },
  ];
  const crmStage = textOf(valueAt(record, stage), 200);
  if (crmStage !== undefined) {
    told.push({ at: sinceOf(seen, stage, ['stage_change_time', 'add_time']), change: { ...deal, crmStage } });
  }
  if (record.status === 'won' || record.status === 'lost') {
    const kept = [record.status === 'won' ? 'won_time' : 'lost_time', 'close_time'];
    told.push({ at: sinceOf(seen, 'status', kept), change: { ...deal, state: record.status } });
  }
  return told;
};
