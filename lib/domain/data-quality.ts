// How far what is known of people can be relied on: by field and source, what is missing, malformed and contradicted.
import { type ProfileField, profileField } from '../../events/touch-captured.v1.ts';
import type { AccountFacts } from './account.ts';
import type { AccountGroup } from './assessment.ts';
import type { IdentityState } from './lead.ts';
import { foldText } from './names/fold-text.ts';
import { homeOf, normalValue } from './normal-profile.ts';

export interface FieldQuality {
  field: ProfileField;
  source: string;
  /** People of whom this source said anything at all. */
  people: number;
  /** Of them those whose field it never filled. */
  missing: number;
  /** Whose field it filled with what cannot be one: a phone number nobody can dial, a country there is none of. */
  malformed: number;
  /** Of whom another source, or the company's CRM record, says otherwise. */
  contradictory: number;
}

/** What the CRM says of a company in the fields that people are asked too. Not its name: `Acme` and `Acme Ltd` are no quarrel. */
const saidOfCompany = (
  field: ProfileField,
  { country, industry, employees }: AccountFacts,
): { source: string; value: string } | undefined => {
  if (field === 'country') return country;
  if (field === 'industry') return industry;
  if (field === 'employees' && employees) return { source: employees.source, value: String(employees.value) };
  return undefined;
};

/** Case, accents and spacing are no contradiction. */
const comparable = (normal: string): string => foldText(normal).replace(/\s+/g, ' ').trim();

type Profile = IdentityState['profile'];

const saidIn = (profile: Profile, field: ProfileField): { value: string; source: string }[] => {
  const heard = profile[field];
  return heard === undefined ? [] : [heard, ...(heard.others ?? [])];
};

/** A name in one piece stands for its two, and they for it. */
const instead: Partial<Record<ProfileField, readonly ProfileField[]>> = {
  firstName: ['name'],
  lastName: ['name'],
  name: ['firstName', 'lastName'],
};

type Verdict = 'missing' | 'malformed' | 'contradictory' | undefined;

/** What is wrong with a field of one person, by source. */
const verdictsOf = (profile: Profile, field: ProfileField, account: AccountFacts | undefined) => {
  const home = homeOf(profile, account);
  const own = saidIn(profile, field).map(({ value, source }) => ({ source, normal: normalValue(field, value, home) }));
  const company = account && saidOfCompany(field, account);
  const ofCompany = company && normalValue(field, company.value, home);
  const normals = [...own.map(({ normal }) => normal), ofCompany].filter((normal) => normal !== undefined);
  const isDisputed = new Set(normals.map(comparable)).size > 1;
  return (source: string): Verdict => {
    const said = own.find((one) => one.source === source);
    if (said !== undefined) return said.normal === undefined ? 'malformed' : isDisputed ? 'contradictory' : undefined;
    const isTold = instead[field]?.some((other) => saidIn(profile, other).some((one) => one.source === source));
    return isTold ? undefined : 'missing';
  };
};

const inOrder = (counts: Iterable<FieldQuality>): FieldQuality[] => {
  const placeOf = ({ field, source }: FieldQuality): string => `${profileField.options.indexOf(field)} ${source}`;
  return [...counts].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
};

const nothing = { people: 0, missing: 0, malformed: 0, contradictory: 0 };

/** By field and source, each made when first asked for. */
const counting = () => {
  const counts = new Map<string, FieldQuality>();
  const of = (field: FieldQuality['field'], source: string): FieldQuality => {
    const key = `${field} ${source}`;
    const count = counts.get(key) ?? { field, source, ...nothing };
    counts.set(key, count);
    return count;
  };
  return { of, all: () => inOrder(counts.values()) };
};

/** Counts of different people as one. */
export const addedUp = (parts: Iterable<readonly FieldQuality[]>): FieldQuality[] => {
  const counts = counting();
  for (const part of parts) {
    for (const { field, source, people, missing, malformed, contradictory } of part) {
      const count = counts.of(field, source);
      count.people += people;
      count.missing += missing;
      count.malformed += malformed;
      count.contradictory += contradictory;
    }
  }
  return counts.all();
};

/** Adds up accounts one by one, so that they need not be held. In the order of fields, then of sources. */
export const dataQuality = (groups: Iterable<Pick<AccountGroup, 'account' | 'members'>>): FieldQuality[] => {
  const counts = counting();
  for (const { account, members } of groups) {
    for (const { anonymous, state } of members) {
      if (anonymous) continue;
      const sources = new Set(
        profileField.options.flatMap((field) => saidIn(state.profile, field).map(({ source }) => source)),
      );
      for (const field of profileField.options) {
        const verdictOn = verdictsOf(state.profile, field, account);
        for (const source of sources) {
          const count = counts.of(field, source);
          count.people += 1;
          const verdict = verdictOn(source);
          if (verdict !== undefined) count[verdict] += 1;
        }
      }
    }
  }
  return counts.all();
};
