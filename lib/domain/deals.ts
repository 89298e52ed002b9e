// Opportunities and contracts as facts. Each is of the account its latest change names.
import type { CrmChangeCaptured, OpportunityState } from '../../events/crm-change-captured.v1.ts';
import { type ChangeOf, hearer } from './crm-change.ts';
import { normaliseEmail, writtenEmail } from './email.ts';
import { accountIdOfCrm, leadIdOfCrmPerson } from './ids.ts';
import { latest, type Register } from './register.ts';
import { alsoSaid, latestSaid, type Said } from './said.ts';

export type ContactRole = 'primary' | 'other' | 'none';

export interface OpportunityFacts {
  /** The account it is with; null: with none any more. */
  account?: Register<string | null>;
  /** Since when it is won, lost or open. */
  state?: Register<OpportunityState>;
  /** The stage in the CRM's own words, and the first it was ever in. */
  crmStage?: Register<string>;
  /** All that was ever said of both, `state|stage`, from which they follow. */
  said?: Said;
  firstCrmStage?: Register<string>;
  /** The first it was in that is not that one: it has moved, wherever it stands by now. */
  movedTo?: Register<string>;
  crmType?: Register<string>;
  primaryContactEmail?: Register<string>;
  /** By the ids of CRM persons. */
  contacts?: Record<string, Register<ContactRole>>;
  renewal?: Register<boolean>;
  worked?: Register<boolean>;
  ownerEmail?: Register<string>;
  /** Whom the CRM has as owner, by its own id; null: nobody. */
  ownerId?: Register<string | null>;
  deleted?: Register<boolean>;
  /** When it was first heard to be open, in our words; what its stages say of it is the playbook's. */
  openedAt?: string;
}

export interface ContractFacts {
  account?: Register<string | null>;
  startsAt?: Register<string>;
  /** null: until further notice. */
  endsAt?: Register<string | null>;
  draft?: Register<boolean>;
  deleted?: Register<boolean>;
}

const emailIn = (typed: string | undefined): string | undefined =>
  typed === undefined ? undefined : normaliseEmail(typed);

/** The earliest of its kind, as `latest` is the last. */
const earliest = (known: Register<string> | undefined, heard: Register<string> | undefined) =>
  known === undefined || heard === undefined || latest(known, heard) === known ? (heard ?? known) : known;

/** The first of its stages, and the first that is another: the same whatever order they are heard in. */
const movesHeard = (
  { firstCrmStage: first, movedTo }: OpportunityFacts,
  heard: Register<string> | undefined,
): Pick<OpportunityFacts, 'firstCrmStage' | 'movedTo'> => {
  const firstOfAll = earliest(first, heard);
  const others = [first, movedTo, heard].filter((stage) => stage !== undefined && stage.value !== firstOfAll?.value);
  return {
    firstCrmStage: firstOfAll,
    movedTo: others.reduce<Register<string> | undefined>((before, stage) => earliest(before, stage), undefined),
  };
};

/** Of an opportunity with more contacts those are known that were said last; beyond is a script gone wrong. */
const mostContacts = 200;

const contactsHeard = (
  known: OpportunityFacts['contacts'],
  { source, occurredAt: at }: CrmChangeCaptured,
  { contacts = [] }: ChangeOf<'opportunity'>,
): OpportunityFacts['contacts'] => {
  if (contacts.length === 0) return known;
  const heard = { ...known };
  for (const { externalId, is } of contacts) {
    const id = leadIdOfCrmPerson(source, externalId);
    heard[id] = latest(heard[id], { value: is, at, source })!;
  }
  const kept = Object.entries(heard)
    .sort(([a, x], [b, y]) => (x.at === y.at ? (a < b ? -1 : 1) : x.at > y.at ? -1 : 1))
    .slice(0, mostContacts);
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
};

const stateIn = (word: string): OpportunityState | '' => word.slice(0, word.indexOf('|')) as OpportunityState | '';
const stageIn = (word: string): string => word.slice(word.indexOf('|') + 1);

/** A state that is said along with a stage is said again with it: that is no news, unless another was said of either in between. */
const saidOf = (
  { state, crmStage, said: known }: OpportunityFacts,
  { occurredAt: at, source }: CrmChangeCaptured,
  change: ChangeOf<'opportunity'>,
): Pick<OpportunityFacts, 'state' | 'crmStage' | 'said'> => {
  if (change.state === undefined && change.crmStage === undefined)
    return { ...(known && { said: known }), state, crmStage };
  const said = alsoSaid(known ?? [], { value: `${change.state ?? ''}|${change.crmStage ?? ''}`, at, source });
  const ofState = latestSaid(said, (word) => stateIn(word) !== '');
  const ofStage = latestSaid(said, (word) => stageIn(word) !== '');
  return {
    said,
    state: ofState && { ...ofState, value: stateIn(ofState.value) as OpportunityState },
    crmStage: ofStage && { ...ofStage, value: stageIn(ofStage.value) },
  };
};

/** How it stood after something was said of it, in words not read yet. */
export interface Turn {
  at: string;
  state?: Register<OpportunityState>;
  crmStage?: Register<string>;
  /** It was its stage that was said, or that too. */
  isOfStage: boolean;
}

/** One after the other, all that was said of how it stands. */
export const turnsOf = ({ said = [] }: OpportunityFacts): Turn[] => {
  let before: Pick<Turn, 'state' | 'crmStage'> = {};
  return said.map(({ value, at, source }) => {
    const [state, crmStage] = [stateIn(value), stageIn(value)];
    before = {
      ...before,
      ...(state !== '' && { state: { value: state, at, source } }),
      ...(crmStage !== '' && { crmStage: { value: crmStage, at, source } }),
    };
    return { at, ...before, isOfStage: crmStage !== '' };
  });
};

const accountHeard = ({ source }: CrmChangeCaptured, { accountExternalId }: ChangeOf<'opportunity' | 'contract'>) =>
  accountExternalId && accountIdOfCrm(source, accountExternalId);

export const hearOpportunity = (
  facts: OpportunityFacts,
  line: CrmChangeCaptured,
  change: ChangeOf<'opportunity'>,
): OpportunityFacts => {
  const { occurredAt: at, source } = line;
  const hear = hearer(line);
  const { crmStage } = change;
  const stage = crmStage === undefined ? undefined : { value: crmStage, at, source };
  const opened = change.state === 'open' ? at : undefined;
  return {
    account: hear(facts.account, accountHeard(line, change)),
    ...saidOf(facts, line, change),
    ...movesHeard(facts, stage),
    crmType: hear(facts.crmType, change.crmType),
    primaryContactEmail: hear(facts.primaryContactEmail, emailIn(change.primaryContactEmail)),
    contacts: contactsHeard(facts.contacts, line, change),
    renewal: hear(facts.renewal, change.renewal),
    worked: hear(facts.worked, change.worked),
    ownerEmail: hear(facts.ownerEmail, change.ownerEmail === undefined ? undefined : writtenEmail(change.ownerEmail)),
    ownerId: hear(facts.ownerId, change.ownerExternalId),
    deleted: hear(facts.deleted, change.deleted),
    openedAt: facts.openedAt === undefined || (opened && opened < facts.openedAt) ? opened : facts.openedAt,
  };
};

export const hearContract = (
  facts: ContractFacts,
  line: CrmChangeCaptured,
  change: ChangeOf<'contract'>,
): ContractFacts => {
  const hear = hearer(line);
  return {
    account: hear(facts.account, accountHeard(line, change)),
    startsAt: hear(facts.startsAt, change.startsAt),
    endsAt: hear(facts.endsAt, change.endsAt),
    draft: hear(facts.draft, change.draft),
    deleted: hear(facts.deleted, change.deleted),
  };
};

/** An opportunity or a contract. */
export type Deal = { is: 'opportunity'; facts: OpportunityFacts } | { is: 'contract'; facts: ContractFacts };

/** After another line; what is about neither says nothing. */
export const hearDeal = (known: Deal | undefined, line: CrmChangeCaptured): Deal | undefined => {
  const { change } = line;
  const facts = known?.facts ?? {};
  if (change.object === 'opportunity') return { is: change.object, facts: hearOpportunity(facts, line, change) };
  if (change.object === 'contract') return { is: change.object, facts: hearContract(facts, line, change) };
  return known;
};
