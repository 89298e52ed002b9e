// Where everything lies in the one table. One step writes each kind of item; anyone may read it. What people do makes leads and
// members grow: large ones are packed (`packing.ts`), and are read by way of `items.ts`. Members are people, and visitors nobody
// knows who came from the company's network.
//
// | item                | pk                | sk                  | written by | read for                                     |
// | ------------------- | ----------------- | ------------------- | ---------- | -------------------------------------------- |
// | identity, lead      | LEAD#leadId       | LEAD                | fold       | folding; a person by id                      |
// | a day's trail       | LEAD#leadId       | TRAIL#day[#digit]   | fold       | dropping repeats; rebuilding; the timeline   |
// | account facts       | ACCOUNT#accountId | ACCOUNT             | fold       | assessing (one query reads the partition)    |
// | member              | ACCOUNT#accountId | MEMBER#leadId       | fold       | assessing                                    |
// | opportunity         | ACCOUNT#accountId | OPPORTUNITY#dealId  | fold       | assessing                                    |
// | contract            | ACCOUNT#accountId | CONTRACT#dealId     | fold       | assessing                                    |
// | either, of any      | DEAL#dealId       | DEAL                | fold       | folding; which account it is with            |
// | account assessment  | ACCOUNT#accountId | ASSESSMENT          | assess     | the console; list ACCOUNTS by status change  |
// | lead assessment     | ACCOUNT#accountId | ASSESSMENT#leadId   | assess     | routing, SLA, notices, the console           |
// | next assessment     | ACCOUNT#accountId | DUE                 | assess     | the sweep, which takes it off its list       |
// | account's rep       | ACCOUNT#accountId | REP                 | route      | routing the account's next lead              |
// | assignment          | ACCOUNT#accountId | ASSIGNMENT#leadId   | route      | SLA, notices; list WAITING#pool by since     |
// | SLA clock           | ACCOUNT#accountId | SLA#leadId          | sla        | timers; list SLA-DUE by next step            |
// | how it went         | ATTAINMENT#week   | assignmentId        | sla        | the report on attainment                     |
// | notice              | NOTICES#owner     | NOTICE#noticeId     | notify     | sending once; the console                    |
// | notice that is held | HELD#recipientId  | until#noticeId      | notify     | sending once they may go; list NOTICES-HELD  |
// | stopped mailbox     | MAILBOX#recipient | MAILBOX             | notify     | mailing it no more                           |
// | account's trail     | TRAIL#accountId   | TRAIL#day[#digit]   | fold       | rebuilding                                   |
// | a deal's trail      | TRAIL#dealId      | TRAIL#day[#digit]   | fold       | rebuilding                                   |
// | domain              | DOMAIN#domain     | DOMAIN              | fold       | matching                                     |
// | company name        | NAME#nameId       | NAME                | fold       | what somebody decided that it means          |
// | who asks by either  | (either's)        | LEAD#leadId         | fold       | matching again when the answer may change    |
// | who names it        | NAMED#accountId   | LEAD# and DEAL#id   | fold       | the same when the CRM merges or deletes it   |
// | list of accounts    | BLOCK#key         | BLOCK               | fold       | matching by name                             |
// | name that asks it   | BLOCK#key         | NAME#nameId         | fold       | matching again when the list changes         |
// | account's part      | FAMILY#accountId  | CHILD#accountId     | fold       | matching again when a group changes          |
// | pool                | POOL#name         | POOL                | route      | round robin                                  |
// | somebody's load     | LOAD#email        | LOAD                | route      | capacity                                     |
// | what a CRM was told | SYNC#recordId     | SYNC                | sync-crm   | telling it once; list SYNC-HELD by until     |
// | asked of a CRM     | CRM-ASK#requestId | CRM-ASK             | sync-crm   | doing it once; list CRM-ASKS-HELD by until   |
// | a pull's progress   | PULL#connection   | object              | pull-crm   | going on from there                          |
// | wake-up             | WAKE-UP#name      | WAKE-UP             | route, notify | timers; list WAKE-UPS by moment           |
// | what is told outside| DELIVERY#eventId  | destination         | outbound   | telling once, and again where that failed    |
// | when it last ran    | SWEPT             | SWEPT               | sweep      | how the tenant stands                        |
// | operation           | OPERATION#id      | OPERATION           | operate    | going on with it; list OPERATIONS while under way |
// | deed                | DEED#id.hash      | DEED                | whoever takes it | the audit log; list AUDIT#day by moment |
// | quarantine          | QUARANTINE        | lineId              | fold       | what could not be applied, and why           |
// | playbook version    | PLAYBOOK          | VERSION#number      | playbook   | every step                                   |
// | playbook live       | PLAYBOOK          | LIVE                | playbook   | every step                                   |
// | playbook's rollout  | PLAYBOOK          | ROLLOUT             | sweep      | which accounts the live one has judged       |
import type { ReviewReason } from '../domain/review.ts';
import type { Key } from '../ports.ts';

export const leadKey = (leadId: string): Key => ({ pk: `LEAD#${leadId}`, sk: 'LEAD' });
const trailSortKey = (day: string, overflow: string | undefined): string =>
  overflow === undefined ? `TRAIL#${day}` : `TRAIL#${day}#${overflow}`;
export const leadTrailKey = (leadId: string, day: string, overflow?: string): Key => ({
  pk: `LEAD#${leadId}`,
  sk: trailSortKey(day, overflow),
});
export const accountPartition = (accountId: string): string => `ACCOUNT#${accountId}`;
const inAccount =
  (prefix: string) =>
  (accountId: string, id?: string): Key => ({
    pk: accountPartition(accountId),
    sk: id === undefined ? prefix : `${prefix}#${id}`,
  });
export const accountKey = inAccount('ACCOUNT');
export const memberKey = inAccount('MEMBER');
export const opportunityKey = inAccount('OPPORTUNITY');
export const contractKey = inAccount('CONTRACT');
export const assessmentKey = inAccount('ASSESSMENT');
export const dueKey = inAccount('DUE');
export const repKey = inAccount('REP');
export const assignmentKey = inAccount('ASSIGNMENT');
export const slaKey = inAccount('SLA');
/** Of the assignments of a week, `2026-W47`. */
export const attainmentPartition = (week: string): string => `ATTAINMENT#${week}`;
export const attainmentKey = (week: string, assignmentId: string): Key => ({
  pk: attainmentPartition(week),
  sk: assignmentId,
});
export const noticesPartition = (owner: string): string => `NOTICES#${owner}`;
export const noticeKey = (owner: string, noticeId: string): Key => ({
  pk: noticesPartition(owner),
  sk: `NOTICE#${noticeId}`,
});
export const heldPartition = (recipientId: string): string => `HELD#${recipientId}`;
export const heldNoticeKey = (recipientId: string, until: string, noticeId: string): Key => ({
  pk: heldPartition(recipientId),
  sk: `${until}#${noticeId}`,
});
export const mailboxKey = (recipientId: string): Key => ({ pk: `MAILBOX#${recipientId}`, sk: 'MAILBOX' });
/** Of an account, an opportunity or a contract. */
export const trailKey = (owner: string, day: string, overflow?: string): Key => ({
  pk: `TRAIL#${owner}`,
  sk: trailSortKey(day, overflow),
});
export const dealKey = (dealId: string): Key => ({ pk: `DEAL#${dealId}`, sk: 'DEAL' });
export const domainPartition = (domain: string): string => `DOMAIN#${domain}`;
export const domainKey = (domain: string): Key => ({ pk: domainPartition(domain), sk: 'DOMAIN' });
export const namePartition = (nameId: string): string => `NAME#${nameId}`;
export const nameKey = (nameId: string): Key => ({ pk: namePartition(nameId), sk: 'NAME' });
/** Where those are noted who name an account by its id. */
export const namedAccountPartition = (accountId: string): string => `NAMED#${accountId}`;
/** Of a lead that asks by a name, a domain or an id, in the partition of these. */
export const askingLeadKey = (pk: string, leadId: string): Key => ({ pk, sk: `LEAD#${leadId}` });
export const askingDealKey = (accountId: string, dealId: string): Key => ({
  pk: namedAccountPartition(accountId),
  sk: `DEAL#${dealId}`,
});
export const blockPartition = (key: string): string => `BLOCK#${key}`;
export const blockKey = (key: string): Key => ({ pk: blockPartition(key), sk: 'BLOCK' });
export const askingNameKey = (key: string, nameId: string): Key => ({ pk: blockPartition(key), sk: `NAME#${nameId}` });
export const familyPartition = (parentId: string): string => `FAMILY#${parentId}`;
export const childKey = (parentId: string, accountId: string): Key => ({
  pk: familyPartition(parentId),
  sk: `CHILD#${accountId}`,
});
/** Of a person's record by its `crm_` id, of an account's by the account's. */
export const syncKey = (recordId: string): Key => ({ pk: `SYNC#${recordId}`, sk: 'SYNC' });
/** What somebody asked a CRM to do. */
export const crmRequestKey = (requestId: string): Key => ({ pk: `CRM-ASK#${requestId}`, sk: 'CRM-ASK' });
export const pullKey = (connection: string, object: string): Key => ({ pk: `PULL#${connection}`, sk: object });
/** A moment at which an event is due, by what it is for. */
export const wakeUpKey = (name: string): Key => ({ pk: `WAKE-UP#${name}`, sk: 'WAKE-UP' });
/** Of an event, to one destination. */
export const deliveryKey = (eventId: string, destination: string): Key => ({
  pk: `DELIVERY#${eventId}`,
  sk: destination,
});
export const poolKey = (name: string): Key => ({ pk: `POOL#${name}`, sk: 'POOL' });
export const loadKey = (email: string): Key => ({ pk: `LOAD#${email}`, sk: 'LOAD' });
/** When the sweep last ran. */
export const sweptKey: Key = { pk: 'SWEPT', sk: 'SWEPT' };
/** What somebody who operates the tenant asked for, and how far it has come. */
export const operationKey = (operationId: string): Key => ({ pk: `OPERATION#${operationId}`, sk: 'OPERATION' });
/** Who changed what. */
export const deedKey = (id: string): Key => ({ pk: `DEED#${id}`, sk: 'DEED' });
export const quarantinePartition = 'QUARANTINE';
export const quarantineKey = (lineId: string): Key => ({ pk: quarantinePartition, sk: lineId });
export const playbookPartition = 'PLAYBOOK';
export const livePlaybookKey: Key = { pk: playbookPartition, sk: 'LIVE' };
export const playbookVersionKey = (number: number): Key => ({
  pk: playbookPartition,
  sk: `VERSION#${String(number).padStart(6, '0')}`,
});

export const rolloutKey: Key = { pk: playbookPartition, sk: 'ROLLOUT' };

/** Lists of the sparse index. */
export const accountsList = 'ACCOUNTS';
/** Leads somebody should look at, a list for each reason, those who wait longest first: `<since>#<leadId>`. */
export const reviewList = (reason: ReviewReason): string => `REVIEW#${reason}`;
/** Leads for which nobody of a pool was available, longest waiting first: `<since>#<leadId>`. */
export const waitingList = (pool: string): string => `WAITING#${pool}`;
/** Whose an account or a lead in it is: by address, or by the user id that a CRM has for them. */
export const ownedList = (owner: string): string => `OWNED#${owner.toLowerCase()}`;
export const crmOwnedList = (source: string, id: string): string => `OWNED#${source}#${id}`;
/** What was done on a day: `<at>#<id>.<hash>`. */
export const auditList = (day: string): string => `AUDIT#${day}`;
export const slaDueList = 'SLA-DUE';
export const assessDueList = 'ASSESS-DUE';
export const syncHeldList = 'SYNC-HELD';
export const crmRequestsHeldList = 'CRM-ASKS-HELD';
export const wakeUpList = 'WAKE-UPS';
/** Notices that wait, by when the sweep is to look whether they went out: `<moment>#<recipientId>#<noticeId>`. */
export const noticesHeldList = 'NOTICES-HELD';
/** Operations under way: `<askedAt>#<operationId>`. */
export const operationsList = 'OPERATIONS';
