// Sentences that say what happens at a company, as a revenue-operations person would write them, and what comes of each: the
// facts as the system keeps them, built by the very functions that hear of them.
import type { CrmChange, CrmChangeCaptured } from '../../../events/crm-change-captured.v1.ts';
import { type AccountFacts, hearAccount } from '../../../lib/domain/account.ts';
import type { AccountGroup, Member } from '../../../lib/domain/assessment.ts';
import { type ContractFacts, hearContract, hearOpportunity, type OpportunityFacts } from '../../../lib/domain/deals.ts';
import { anyTouch, unionOfFacts } from '../../../lib/domain/facts/facts.ts';
import { leadIdOfCrmPerson } from '../../../lib/domain/ids.ts';
import { emptyState, hearLine } from '../../../lib/domain/lead.ts';
import type { Playbook } from '../../../lib/domain/playbook/playbook.ts';
import { factsOf } from '../facts-of.ts';
import { testPlaybook } from '../playbooks.ts';

/** Hubspot has contracts; deals of Pipedrive are contracts of a year once they are won. */
export const scenarioPlaybook: Playbook = testPlaybook({
  stages: {
    evaluation: { label: 'In evaluation', is: 'Sales Working' },
    negotiation: { label: 'In negotiation', is: 'Opportunity Open' },
    strategic: { label: 'Strategic customer', is: 'Customer' },
  },
  crm: {
    hubspot: {
      stages: {
        person: {
          New: 'open',
          Working: 'working',
          Evaluating: 'evaluation',
          Recycled: 'nurture',
          'Bad fit': 'disqualified',
          Reseller: 'partner',
          Left: 'no-longer-with-company',
        },
        account: { Prospect: 'none', Competitor: 'disqualified', Reseller: 'partner', Strategic: 'strategic' },
        opportunity: {
          Discovery: 'open',
          Proposal: 'open',
          Negotiation: 'negotiation',
          Won: 'won',
          Lost: 'lost',
          Outpriced: 'lost',
        },
      },
      renewals: ['Renewal'],
    },
    pipedrive: { stages: { opportunity: { Won: 'won' } }, contractMonths: 12 },
  },
});

/** What is known of one company. */
export interface Company {
  account?: AccountFacts;
  members: ReadonlyMap<string, Member>;
  opportunities: ReadonlyMap<string, OpportunityFacts>;
  contracts: ReadonlyMap<string, ContractFacts>;
}

export const nobody: Company = { members: new Map(), opportunities: new Map(), contracts: new Map() };

type Change = (company: Company, at: string, words: readonly string[]) => Company;

const heard = (at: string, change: CrmChange, source = 'hubspot'): CrmChangeCaptured => ({
  ...{ type: 'crm-change-captured.v1', id: 'line', source, occurredAt: at, receivedAt: at, change },
});

const with_ = <Value>(map: ReadonlyMap<string, Value>, key: string, value: Value): ReadonlyMap<string, Value> =>
  new Map([...map, [key, value]]);

const memberOf = ({ members }: Company, name: string): Member =>
  members.get(name) ?? {
    leadId: `lead_${name.toLowerCase()}`,
    email: `${name.toLowerCase()}@acme.example`,
    emailKind: 'business',
    mailDomain: 'acme.example',
    records: [leadIdOfCrmPerson('hubspot', name), leadIdOfCrmPerson('pipedrive', name)],
    state: { ...emptyState, profile: { firstName: { value: name, at: '2026-01-01T00:00:00.000Z', source: 'crm' } } },
  };

const person =
  (change: (name: string, more: string) => Omit<CrmChange & { object: 'person' }, 'object' | 'externalId'>): Change =>
  (company, at, [name = '', more = '']) => {
    const member = memberOf(company, name);
    const line = heard(at, { object: 'person', externalId: name, ...change(name, more) });
    return { ...company, members: with_(company.members, name, { ...member, state: hearLine(member.state, line) }) };
  };

const touch =
  (signal: string): Change =>
  (company, at, [name = '', address]) => {
    const millisecond = Date.parse(at) % 86_400_000;
    const counts = { [signal]: [1, millisecond, millisecond] as [number, number, number] };
    const facts = factsOf({ [at.slice(0, 10)]: { ...counts, [anyTouch]: counts[signal]! } });
    const { state, ...member } = memberOf(company, name);
    const mail = address === undefined ? {} : { emailKind: 'freemail' as const };
    const next = { ...member, ...mail, state: { ...state, facts: unionOfFacts([state.facts, facts]) } };
    return { ...company, members: with_(company.members, name, next) };
  };

const visitor: Change = (company, at) => {
  const after = touch('any-page')(company, at, ['visitor']);
  const member: Member = { ...after.members.get('visitor')!, leadId: 'visitor_1', anonymous: true };
  const { email: _, records: __, ...unknown } = member;
  return {
    ...after,
    members: with_(after.members, 'visitor', { ...unknown, state: { ...member.state, profile: {} } }),
  };
};

const call: Change = (company, at, [name = '']) => {
  const member = memberOf(company, name);
  const line = heard(at, { object: 'activity', externalId: at, kind: 'call', personEmail: `${name}@acme.example` });
  return { ...company, members: with_(company.members, name, { ...member, state: hearLine(member.state, line) }) };
};

type OpportunityChange = Omit<CrmChange & { object: 'opportunity' }, 'object' | 'externalId'>;
const opportunity =
  (change: (words: readonly string[]) => OpportunityChange, source = 'hubspot', nameAt = 0): Change =>
  (company, at, words) => {
    const id = words[nameAt]!;
    const line = heard(at, { object: 'opportunity', externalId: id, ...change(words) }, source);
    if (line.change.object !== 'opportunity') return company;
    const next = hearOpportunity(company.opportunities.get(id) ?? {}, line, line.change);
    return { ...company, opportunities: with_(company.opportunities, id, next) };
  };
const contact = (name: string | undefined, is: 'primary' | 'other' | 'none' = 'primary') =>
  name === undefined ? {} : { contacts: [{ externalId: name, is }] };

const contract =
  (change: (words: readonly string[]) => Omit<CrmChange & { object: 'contract' }, 'object' | 'externalId'>): Change =>
  (company, at, words) => {
    const id = words[0]!;
    const line = heard(at, { object: 'contract', externalId: id, ...change(words) });
    if (line.change.object !== 'contract') return company;
    const next = hearContract(company.contracts.get(id) ?? {}, line, line.change);
    return { ...company, contracts: with_(company.contracts, id, next) };
  };
const midnight = (day: string | undefined): string => `${day}T00:00:00.000Z`;

const account: Change = (company, at, [crmStage]) => {
  const line = heard(at, { object: 'account', externalId: 'acme', crmStage: crmStage! });
  if (line.change.object !== 'account') return company;
  return { ...company, account: hearAccount(company.account ?? {}, line, line.change, undefined) };
};

const day = String.raw`(\d{4}-\d\d-\d\d)`;
const sentences: readonly [pattern: string, change: Change][] = [
  ['(\\w+) is imported', person(() => ({}))],
  ['(\\w+) is moved to (.+)', person((_, crmStage) => ({ crmStage }))],
  ['(\\w+)(, with a private address,)? asks for a demo', touch('demo-request')],
  ['(\\w+) reads the pricing page', touch('pricing')],
  ['(\\w+) subscribes to the newsletter', touch('newsletter')],
  ['An unknown visitor reads the site', visitor],
  ['Sales calls (\\w+)', call],
  [
    'Opportunity (\\w+) is opened in (\\w+)(?: with (\\w+))?',
    opportunity(([, crmStage = '', name]) => ({ crmStage, ...contact(name) })),
  ],
  ['Opportunity (\\w+) moves to (.+)', opportunity(([, crmStage = '']) => ({ crmStage }))],
  ['Opportunity (\\w+) is deleted', opportunity(() => ({ deleted: true }))],
  ['(\\w+) becomes a contact of opportunity (\\w+)', opportunity(([name]) => contact(name, 'other'), 'hubspot', 1)],
  ['(\\w+) becomes the primary contact of opportunity (\\w+)', opportunity(([name]) => contact(name), 'hubspot', 1)],
  [
    'Renewal (\\w+) is made(?: with (\\w+))?',
    opportunity(([, name]) => ({ crmStage: 'Discovery', crmType: 'Renewal', ...contact(name) })),
  ],
  ['Renewal (\\w+) moves to (.+)', opportunity(([, crmStage = '']) => ({ crmStage }))],
  ['Renewal (\\w+) is worked', opportunity(() => ({ worked: true }))],
  [
    'Deal (\\w+) is opened(?: with (\\w+))?',
    opportunity(([, name]) => ({ state: 'open', ...contact(name) }), 'pipedrive'),
  ],
  ['Deal (\\w+) is won', opportunity(() => ({ crmStage: 'Won' }), 'pipedrive')],
  [
    `Contract (\\w+) runs from ${day} to ${day}`,
    contract(([, from, to]) => ({ startsAt: midnight(from), endsAt: midnight(to) })),
  ],
  [
    `Contract (\\w+) runs from ${day} until further notice`,
    contract(([, from]) => ({ startsAt: midnight(from), endsAt: null })),
  ],
  ['Contract (\\w+) is a draft', contract(() => ({ draft: true }))],
  ['Contract (\\w+) is signed', contract(() => ({ draft: false }))],
  ['Contract (\\w+) is deleted', contract(() => ({ deleted: true }))],
  ['The account is moved to (.+)', account],
  ['Nothing happens', (company) => company],
];
const known = sentences.map(([pattern, change]) => [new RegExp(`^${pattern}$`, 'u'), change] as const);

/** The company after what the sentence says, at that moment (ISO). Throws where nobody has said what the sentence means. */
export const happen = (company: Company, at: string, sentence: string): Company => {
  for (const [pattern, change] of known) {
    const match = pattern.exec(sentence);
    if (match !== null) return change(company, at, match.slice(1));
  }
  throw new Error(`no sentence of happenings.ts is like "${sentence}"`);
};

export const groupOf = ({ account, members, opportunities, contracts }: Company): AccountGroup => ({
  ...(account && { account }),
  members: [...members.values()],
  opportunities: [...opportunities].map(([id, facts]) => ({ ...facts, id })),
  contracts: [...contracts].map(([id, facts]) => ({ ...facts, id })),
});
