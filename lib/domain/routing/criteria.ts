// Whether a routing rule is about a lead, and why not: in words, since somebody will ask why the lead is not theirs.
import type { AccountFacts } from '../account.ts';
import type { LeadAssessment } from '../assessment.ts';
import { countryCode } from '../country.ts';
import { anyTouch } from '../facts/facts.ts';
import type { IdentityState } from '../lead.ts';
import type { Playbook } from '../playbook/playbook.ts';
import type { When } from '../playbook/routing.ts';
import { typedNumber } from '../typed-number.ts';

/** What rules ask of a lead. */
export interface Traits {
  grade: string;
  level?: string | undefined;
  leadStatus: string;
  accountStatus?: string | undefined;
  /** However it is written. */
  country?: string | undefined;
  industry?: string | undefined;
  employees?: number | undefined;
  productLines: readonly string[];
  personas: readonly string[];
  sources: readonly string[];
  signals: readonly string[];
}

const sourcesIn = ({ profile, consent, stage, ownerEmail, ownerId, crmAccount }: IdentityState): string[] => {
  const fields = Object.values(profile).flatMap(({ source, others = [] }) => [
    source,
    ...others.map((one) => one.source),
  ]);
  const others = [consent, stage, ownerEmail, ownerId, crmAccount].flatMap((said) => said?.source ?? []);
  return [...new Set([...fields, ...others])].sort();
};

const signalsIn = ({ days, months = {}, years = {} }: IdentityState['facts']): string[] =>
  [...new Set([days, months, years].flatMap((counts) => Object.keys(counts)))].filter((id) => id !== anyTouch).sort();

/** What the CRM says of a company comes before what somebody typed into a form, as everywhere. */
export const traitsOf = (
  lead: Pick<LeadAssessment, 'grade' | 'level' | 'status' | 'productLines' | 'personas'>,
  state: IdentityState,
  account: AccountFacts | undefined,
  accountStatus: string | undefined,
): Traits => ({
  grade: lead.grade,
  level: lead.level,
  leadStatus: lead.status,
  accountStatus,
  country: account?.country?.value ?? state.profile.country?.value,
  industry: account?.industry?.value ?? state.profile.industry?.value,
  employees: account?.employees?.value ?? typedNumber(state.profile.employees?.value ?? ''),
  productLines: lead.productLines ?? [],
  personas: lead.personas ?? [],
  sources: sourcesIn(state),
  signals: signalsIn(state.facts),
});

type Answer = { held: boolean; why: string };

const same = (text: string): string => text.trim().toLowerCase();
const asCountry = (text: string): string => countryCode(text) ?? same(text);

/** Whether one of the values is one of those wanted. */
const isOneOf = (
  what: string,
  values: readonly string[],
  wanted: readonly string[],
  spelt: (text: string) => string = (text) => text,
): Answer => {
  const wantedSpelt = new Set(wanted.map(spelt));
  const found = values.filter((value) => wantedSpelt.has(spelt(value)));
  if (found.length > 0) return { held: true, why: `${what} ${found.join(' and ')}` };
  const or = wanted.join(' or ');
  if (values.length === 0) return { held: false, why: `${what} is not known, it asks for ${or}` };
  return { held: false, why: `${what} is ${values.join(', ')}, not ${or}` };
};

const known = (value: string | undefined): string[] => (value === undefined ? [] : [value]);

const sizeAnswer = ({ employees }: Traits, { atLeast, below }: NonNullable<When['employees']>): Answer => {
  const wanted = [
    ...(atLeast === undefined ? [] : [`${atLeast} or more`]),
    ...(below === undefined ? [] : [`fewer than ${below}`]),
  ].join(' and ');
  if (employees === undefined) return { held: false, why: `how many employees is not known, it asks for ${wanted}` };
  const held = employees >= (atLeast ?? 0) && employees < (below ?? Number.POSITIVE_INFINITY);
  return { held, why: held ? `${employees} employees` : `${employees} employees, not ${wanted}` };
};

const answers = {
  grade: (wanted, traits) => isOneOf('grade', [traits.grade], wanted),
  level: (wanted, traits) => isOneOf('level', known(traits.level), wanted),
  leadStatus: (wanted, traits) => isOneOf('status', [traits.leadStatus], wanted),
  accountStatus: (wanted, traits) => isOneOf('account status', known(traits.accountStatus), wanted),
  country: (wanted, traits) => isOneOf('country', known(traits.country), wanted, asCountry),
  territory: (wanted, traits, { routing: { territories } }) => {
    const countries = wanted.flatMap((name) => territories[name] ?? []);
    const { held } = isOneOf('country', known(traits.country), countries, asCountry);
    if (held) return { held, why: `country ${traits.country}, in ${wanted.join(' or ')}` };
    const why = traits.country === undefined ? 'country is not known' : `country is ${traits.country}`;
    return { held, why: `${why}, it asks for ${wanted.join(' or ')}` };
  },
  industry: (wanted, traits) => isOneOf('industry', known(traits.industry), wanted, same),
  employees: (wanted, traits) => sizeAnswer(traits, wanted),
  productLine: (wanted, traits) => isOneOf('product line', traits.productLines, wanted),
  persona: (wanted, traits) => isOneOf('persona', traits.personas, wanted),
  source: (wanted, traits) => isOneOf('source', traits.sources, wanted),
  signal: (wanted, traits) => isOneOf('signal', traits.signals, wanted),
} as const satisfies {
  [Key in keyof When]-?: (wanted: NonNullable<When[Key]>, traits: Traits, playbook: Playbook) => Answer;
};

const criteria = Object.keys(answers) as (keyof When)[];

/** All that is named must hold; of what does not, the first is told. */
export const meets = (when: When, traits: Traits, playbook: Playbook): Answer => {
  const held: string[] = [];
  for (const key of criteria) {
    const wanted = when[key];
    if (wanted === undefined) continue;
    const answer = (answers[key] as (wanted: unknown, traits: Traits, playbook: Playbook) => Answer)(
      wanted,
      traits,
      playbook,
    );
    if (!answer.held) return answer;
    held.push(answer.why);
  }
  return { held: true, why: held.length === 0 ? 'holds for everybody' : held.join('; ') };
};
