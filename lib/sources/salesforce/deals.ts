// Opportunities, who has to do with them, and contracts.
import type { OpportunityState } from '../../../events/crm-change-captured.v1.ts';
import type { CrmMapping, opportunityFields } from '../../domain/playbook/crm.ts';
import { dateIn, type Fields, flagIn, idIn, momentIn, textIn } from './fields.ts';
import { type Outcome, ownerIn, placesOf, type SalesforceRecord, said } from './record.ts';

type OpportunityField = (typeof opportunityFields)[number];

const usual: Partial<Record<OpportunityField, string>> = {
  account: 'AccountId',
  contact: 'ContactId',
  owner: 'OwnerId',
  stage: 'StageName',
  type: 'Type',
};

/** Salesforce knows of each of its stages whether it closes, and whether it wins. An update has of both only what changed: what is
 * closed by it and not won was not won before, and what is won no more and not opened again is lost. */
const stateIn = ({ fields, changed }: SalesforceRecord): OpportunityState | undefined => {
  const [closed, won] = [flagIn(fields, 'IsClosed'), flagIn(fields, 'IsWon')];
  if (won === true) return 'won';
  if (closed === false) return 'open';
  if (closed === true && (won === false || changed?.has('IsClosed'))) return 'lost';
  return won === false && changed?.has('IsWon') ? 'lost' : undefined;
};

/** A person by id, or by the mail address where the tenant names a field that has it. */
const contactIn = (fields: Fields, place: string) => {
  const externalId = idIn(fields, place);
  if (externalId) return { contacts: [{ externalId, is: 'primary' as const }] };
  const email = textIn(fields, place, 320);
  return email?.includes('@') ? { primaryContactEmail: email } : {};
};

export const readOpportunity = (record: SalesforceRecord, { fields: mapped }: CrmMapping): Outcome => {
  const { fields, id, deleted } = record;
  const place = placesOf(usual, mapped.opportunity);
  const opportunity = { object: 'opportunity', externalId: id } as const;
  const stage = { state: stateIn(record), crmStage: textIn(fields, place('stage'), 200) };
  const rest = {
    accountExternalId: idIn(fields, place('account')),
    ...contactIn(fields, place('contact')),
    crmType: textIn(fields, place('type'), 200),
    ...ownerIn(fields, place('owner')),
    deleted,
  };
  // A whole record says its stage again whatever was edited: it counts from when it came to be, where that is sent.
  const since = momentIn(fields, 'LastStageChangeDate');
  if (since === undefined) return said({ ...opportunity, ...stage, ...rest });
  const parts = [
    ...said({ ...opportunity, ...rest }).said,
    ...said({ ...opportunity, ...stage }).said.map(({ change }) => ({ change, at: since, part: 'stage' })),
  ];
  return parts.length > 0 ? { said: parts } : said(opportunity);
};

/** A person's part in an opportunity is a record of its own, and a fact about the opportunity here. */
export const readContactRole = ({ fields, deleted }: SalesforceRecord): Outcome => {
  const opportunity = idIn(fields, 'OpportunityId');
  const contact = idIn(fields, 'ContactId');
  if (!opportunity || !contact)
    return { said: [], unread: 'it names no opportunity or no contact: have both sent along' };
  const primary = flagIn(fields, 'IsPrimary');
  if (primary === undefined && !deleted) return { said: [], unread: 'it says not whether it is the primary one' };
  const is = deleted ? 'none' : primary ? 'primary' : 'other';
  return said({ object: 'opportunity', externalId: opportunity, contacts: [{ externalId: contact, is }] });
};

/** The three codes, and what they are called where nobody changed it. */
const draftByStatus: Readonly<Record<string, boolean>> = {
  Draft: true,
  InApproval: true,
  InApprovalProcess: true,
  'In Approval Process': true,
  Activated: false,
};

export const readContract = ({ fields, id, deleted }: SalesforceRecord): Outcome => {
  const status = textIn(fields, 'StatusCode', 200) ?? textIn(fields, 'Status', 200);
  const known = status !== undefined && Object.hasOwn(draftByStatus, status);
  const outcome = said({
    object: 'contract',
    externalId: id,
    accountExternalId: idIn(fields, 'AccountId'),
    startsAt: dateIn(fields, 'StartDate') ?? undefined,
    // The end date is the last day it holds: one month from 1 December ends on 31 December.
    endsAt: dateIn(fields, 'EndDate', 1),
    draft: known ? draftByStatus[status] : undefined,
    deleted,
  });
  return status === undefined || known ? outcome : { ...outcome, unread: 'its status is not known: send StatusCode' };
};
