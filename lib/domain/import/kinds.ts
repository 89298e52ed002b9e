// The kinds of lists there are, the columns of each, and what a row of it says.
import { accountStanding, opportunityState, salesStage } from '../../../events/crm-change-captured.v1.ts';
import { type ProfileFields, profileField } from '../../../events/touch-captured.v1.ts';
import { normaliseEmail } from '../email.ts';
import { fingerprintOf } from '../ids.ts';
import { amount, type Cell, email, headcount, moment, names, oneOf, sites, text, truth } from './cells.ts';
import { type ChangeSent, offlineKind, type TouchSent } from './sent.ts';

/** A row's values by our columns; absent where the cell is empty. */
export type Values = Readonly<Record<string, unknown>>;

export interface RowContext {
  /** When what has no time of its own is taken to have become so, ISO. */
  asOf: string;
  /** Milliseconds since 1970: nothing has happened after it. */
  now: number;
}

export interface ListKind {
  /** Where it is posted, and under which name the body has it. */
  posted: 'changes' | 'touches';
  columns: Readonly<Record<string, Cell<unknown>>>;
  /** No row can do without; of several in one list any one. */
  required: readonly (readonly string[])[];
  item(values: Values, context: RowContext): Partial<ChangeSent> | Partial<TouchSent>;
}

const externalId = text(100);
const words = text(200);
const profileColumns = Object.fromEntries(profileField.options.map((field) => [field, text(500)]));

const profileOf = (values: Values): { profile?: ProfileFields } => {
  const entries = profileField.options.flatMap((field) =>
    values[field] === undefined ? [] : [[field, values[field]]],
  );
  return entries.length > 0 ? { profile: Object.fromEntries(entries) as ProfileFields } : {};
};

/** The one of our own words that it is, or theirs, which the playbook has to explain. */
const stageOf = (values: Values, ours: readonly string[], field: 'stage' | 'standing'): object => {
  const { stage } = values;
  if (stage === undefined) return {};
  return ours.includes(String(stage)) ? { [field]: stage } : { crmStage: stage };
};

const since = ({ changedAt }: Values, { asOf }: RowContext): { occurredAt: string } => ({
  occurredAt: changedAt === undefined ? asOf : String(changedAt),
});

/** Whom no CRM has numbered is known by their mailbox. */
const personId = ({ id, email }: Values): string =>
  id === undefined ? `list-${fingerprintOf(normaliseEmail(String(email)) ?? '')}` : String(id);

const picked = (values: Values, columns: Readonly<Record<string, string>>): object =>
  Object.fromEntries(
    Object.entries(columns).flatMap(([column, field]) =>
      values[column] === undefined ? [] : [[field, values[column]]],
    ),
  );

const accounts: ListKind = {
  posted: 'changes',
  required: [['id']],
  columns: {
    ...{ id: externalId, name: text(300), domain: sites(50), country: text(100), parentId: externalId },
    ...{ ownerEmail: email, ownerId: externalId, industry: text(200), employees: headcount, revenue: amount },
    ...{ technologies: names(100, 200), stage: words, changedAt: moment },
  },
  item: (values, context) => ({
    ...{ object: 'account', ...since(values, context) },
    ...picked(values, { id: 'externalId', name: 'name', domain: 'domains', country: 'country' }),
    ...picked(values, { parentId: 'parentExternalId', ownerEmail: 'ownerEmail', ownerId: 'ownerExternalId' }),
    ...picked(values, { industry: 'industry', employees: 'employees', revenue: 'revenue' }),
    ...picked(values, { technologies: 'technologies' }),
    ...stageOf(values, accountStanding.options, 'standing'),
  }),
};

const leads: ListKind = {
  posted: 'changes',
  required: [['email', 'id']],
  columns: {
    ...{ id: externalId, email, ...profileColumns, accountId: externalId, ownerEmail: email, ownerId: externalId },
    ...{ stage: words, unsubscribed: truth, changedAt: moment },
  },
  item: (values, context) => ({
    ...{ object: 'person', externalId: personId(values), ...since(values, context), ...profileOf(values) },
    ...picked(values, { email: 'email', accountId: 'accountExternalId' }),
    ...picked(values, { ownerEmail: 'ownerEmail', ownerId: 'ownerExternalId', unsubscribed: 'unsubscribed' }),
    ...stageOf(values, salesStage.options, 'stage'),
  }),
};

const opportunities: ListKind = {
  posted: 'changes',
  required: [['id']],
  columns: {
    ...{ id: externalId, accountId: externalId, primaryContactEmail: email, primaryContactId: externalId },
    ...{ state: oneOf(opportunityState.options), stage: words, type: words, renewal: truth, worked: truth },
    ...{ ownerEmail: email, ownerId: externalId, changedAt: moment },
  },
  item: (values, context) => ({
    ...{ object: 'opportunity', ...since(values, context) },
    ...picked(values, { id: 'externalId', accountId: 'accountExternalId', primaryContactEmail: 'primaryContactEmail' }),
    ...(values.primaryContactId !== undefined && {
      contacts: [{ externalId: String(values.primaryContactId), is: 'primary' as const }],
    }),
    ...picked(values, { state: 'state', stage: 'crmStage', type: 'crmType', renewal: 'renewal', worked: 'worked' }),
    ...picked(values, { ownerEmail: 'ownerEmail', ownerId: 'ownerExternalId' }),
  }),
};

const contracts: ListKind = {
  posted: 'changes',
  required: [['id'], ['accountId'], ['startsAt']],
  columns: {
    ...{ id: externalId, accountId: externalId, startsAt: moment, endsAt: moment, draft: truth, changedAt: moment },
  },
  item: (values, context) => ({
    ...{ object: 'contract', ...since(values, context) },
    ...picked(values, { id: 'externalId', accountId: 'accountExternalId', startsAt: 'startsAt', endsAt: 'endsAt' }),
    ...picked(values, { draft: 'draft' }),
  }),
};

const touches: ListKind = {
  posted: 'touches',
  required: [['email'], ['kind'], ['occurredAt']],
  columns: {
    ...{ id: words, email, kind: oneOf(offlineKind.options), occurredAt: moment, title: text(500), topic: text(100) },
    ...{ campaign: words, form: text(100), consent: truth, ...profileColumns },
  },
  item: (values) => ({
    ...picked(values, { id: 'id', email: 'email', kind: 'kind', occurredAt: 'occurredAt', title: 'title' }),
    ...picked(values, { topic: 'topic', campaign: 'campaign' }),
    ...(values.form !== undefined && { form: { id: String(values.form), answers: {} } }),
    ...(values.consent !== undefined && { consent: { marketing: values.consent === true } }),
    ...profileOf(values),
  }),
};

export const listKinds = { accounts, leads, opportunities, contracts, touches } satisfies Record<string, ListKind>;
export type ListName = keyof typeof listKinds;
