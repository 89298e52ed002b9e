// What the CRM's own stages mean, by the playbook: read when judged, so that another mapping counts for the past too.
//
// Of two who say what somebody's stage is, the CRM in its own words and a source that speaks in ours, the later counts. A stage
// the playbook does not know means nothing, and is reported.
import type { AccountStanding, OpportunityState, SalesStage } from '../../../events/crm-change-captured.v1.ts';
import type { AccountFacts } from '../account.ts';
import { type OpportunityFacts, type Turn, turnsOf } from '../deals.ts';
import type { IdentityState } from '../lead.ts';
import { crmMappingOf } from '../playbook/crm-mapping.ts';
import type { Playbook } from '../playbook/playbook.ts';
import type { Stage } from '../playbook/stages.ts';
import { latest, type Register } from '../register.ts';
import type { AccountStatus, LeadStatus, Status } from './statuses.ts';
import type { OwnStage } from './verdict.ts';

export type StageObject = 'person' | 'account' | 'opportunity';
type Mappings = Pick<Playbook, 'crm' | 'stages'>;

/** Which of our words a stage of the tenant's own stands for, by the status it is a part of. */
export const wordFor = {
  person: {
    'Pre-Qualified': 'open',
    Nurture: 'nurture',
    Qualified: 'open',
    'Sales Working': 'working',
    'Opportunity Open': 'working',
    Disqualified: 'disqualified',
    Partner: 'partner',
    'No Longer With Company': 'no-longer-with-company',
  } satisfies Record<LeadStatus, SalesStage>,
  account: {
    'Pre-Qualified': 'none',
    Nurture: 'none',
    Qualified: 'none',
    'Sales Working': 'none',
    'Opportunity Open': 'none',
    Customer: 'none',
    'Customer Engaged': 'none',
    'Customer Opportunity': 'none',
    Churned: 'none',
    Disqualified: 'disqualified',
    Partner: 'partner',
  } satisfies Record<AccountStatus, AccountStanding | 'none'>,
  // Won and lost are no statuses: an account's contracts say what came of it.
  opportunity: { 'Opportunity Open': 'open', 'Customer Opportunity': 'open' },
} as const satisfies Record<StageObject, Partial<Record<Status, string>>>;

/** The words a stage can mean: of a person, an account, an opportunity. */
interface Words {
  person: SalesStage;
  account: AccountStanding | 'none';
  opportunity: OpportunityState;
}

interface Meaning<Word> {
  word: Word;
  own?: OwnStage & Pick<Stage, 'is'>;
}

const own = <Value>(among: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(among, name) ? among[name] : undefined;

/** Undefined where the playbook does not know the stage. */
const meaningOf = <Kind extends StageObject>(
  kind: Kind,
  { source, value }: Register<string>,
  playbook: Mappings,
): Meaning<Words[Kind]> | undefined => {
  const name = own(crmMappingOf(playbook, source).stages[kind], value);
  if (name === undefined) return undefined;
  const stage = own(playbook.stages, name);
  // The playbook's checks see to it that what is no stage is a word of that kind, and that a stage stands for one.
  if (stage === undefined) return { word: name as Words[Kind] };
  const words: Partial<Record<Status, string>> = wordFor[kind];
  return { word: words[stage.is] as Words[Kind], own: { name, ...stage } };
};

/** What one of our words and a stage of the CRM's come to, the later of both. */
interface Said<Word> {
  register?: Register<Word>;
  /** The tenant's stage, if it is by one that the word is known. */
  own?: Meaning<Word>['own'];
}

const laterOf = <Kind extends StageObject>(
  kind: Kind,
  word: Register<Words[Kind]> | undefined,
  crmStage: Register<string> | undefined,
  playbook: Mappings,
): Said<Words[Kind]> => {
  const meaning = crmStage && meaningOf(kind, crmStage, playbook);
  if (meaning === undefined) return { ...(word && { register: word }) };
  const meant = { ...crmStage!, value: meaning.word };
  const register = latest(word, meant)!;
  const isMeant = register.at === meant.at && register.source === meant.source && register.value === meant.value;
  return { register, ...(isMeant && meaning.own && { own: meaning.own }) };
};

export const personStage = ({ stage, crmStage }: IdentityState, playbook: Mappings): Said<SalesStage> =>
  laterOf('person', stage, crmStage, playbook);

/** How it stood at each turn. In a stage that means nothing here it is there, and so it is open. */
const standingsOf = (facts: OpportunityFacts, playbook: Mappings): (Turn & { is: OpportunityState })[] =>
  turnsOf(facts).map((turn) => {
    const { register } = laterOf('opportunity', turn.state, turn.crmStage, playbook);
    return { ...turn, is: register?.value ?? 'open' };
  });

/** Since when it is what it is, whatever it was called meanwhile: from one kind of lost to another it was not lost anew. */
export const opportunityStage = (facts: OpportunityFacts, playbook: Mappings): Said<OpportunityState> => {
  const stage = laterOf('opportunity', facts.state, facts.crmStage, playbook);
  const { register } = stage;
  const turns = standingsOf(facts, playbook);
  const since = register && turns[turns.findLastIndex(({ is }) => is !== register.value) + 1];
  return since === undefined ? stage : { ...stage, register: { ...register!, at: since.at } };
};

/** Its stage has moved, and not merely to its end: to one in which it was open. */
export const hasMoved = (facts: OpportunityFacts, playbook: Mappings): boolean => {
  const { firstCrmStage: first, movedTo } = facts;
  if (first === undefined || movedTo === undefined) return false;
  const turns = standingsOf(facts, playbook);
  if (turns.some(({ is, isOfStage, crmStage }) => isOfStage && is === 'open' && crmStage?.value !== first.value)) {
    return true;
  }
  // Of many turns the first are not kept.
  const isKept = turns.some(({ at }) => at <= movedTo.at);
  return !isKept && (laterOf('opportunity', undefined, movedTo, playbook).register?.value ?? 'open') === 'open';
};

export const accountStage = (
  { standing, crmStage }: AccountFacts,
  playbook: Mappings,
): Said<AccountStanding | 'none'> =>
  laterOf('account', standing && { ...standing, value: standing.value ?? 'none' }, crmStage, playbook);

/** The person with the stage the playbook reads in the CRM's words. Read twice it is the same. */
export const withStage = (state: IdentityState, playbook: Mappings): IdentityState => {
  if (state.crmStage === undefined) return state;
  const { register } = personStage(state, playbook);
  return register === undefined ? state : { ...state, stage: register };
};

/** The account with the standing the playbook reads in the CRM's words. */
export const withStanding = (account: AccountFacts, playbook: Mappings): AccountFacts => {
  if (account.crmStage === undefined) return account;
  const { register } = accountStage(account, playbook);
  if (register === undefined) return account;
  return { ...account, standing: { ...register, value: register.value === 'none' ? null : register.value } };
};

/** Whether the stage is the last that was said and the playbook does not know it. */
export const isUnknown = (
  kind: StageObject,
  word: Register<unknown> | undefined,
  crmStage: Register<string> | undefined,
  playbook: Mappings,
): crmStage is Register<string> =>
  crmStage !== undefined && (word === undefined || word.at < crmStage.at) && !meaningOf(kind, crmStage, playbook);
