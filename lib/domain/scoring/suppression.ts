// Who is not to be sold to, whatever they do: competitors, own staff, students, job seekers, partners, machines.
import { dayOf, isoDay } from '../days.ts';
import { activeDays, anyTouch, type Facts, touchesIn } from '../facts/facts.ts';
import { phraseFinder } from '../phrases.ts';
import type { Suppression } from '../playbook/models.ts';
import type { Playbook } from '../playbook/playbook.ts';
import { rounded } from './behaviour.ts';
import { companyOf, type Subject } from './subject.ts';

/** What was taken from a score, and why. */
export interface Suppressed {
  /** The score without it. */
  before: number;
  /** What it takes: `before + points` is the score. Never above zero. */
  points: number;
  factor: number;
  /** Every rule that holds; the one that leaves least decides. */
  rules: { rule: string; label: string; why: string }[];
}

/** Answers why a rule holds; undefined when it does not. */
type Condition = (subject: Subject, facts: Facts) => string | undefined;

const byDomain = (domains: readonly string[]): Condition => {
  const wanted = new Set(domains.map((domain) => domain.toLowerCase()));
  return ({ mailDomain, account }) => {
    const own = [...(mailDomain === undefined ? [] : [mailDomain]), ...(account?.domains?.value ?? [])];
    const found = own.find((domain) => wanted.has(domain));
    return found === undefined ? undefined : `the domain is ${found}`;
  };
};

const byPhrase = (
  phrases: readonly string[],
  what: string,
  textOf: (subject: Subject) => string | undefined,
): Condition => {
  const has = phraseFinder(phrases);
  return (subject) => {
    const text = textOf(subject);
    return text !== undefined && has(text) ? `the ${what} is ${text}` : undefined;
  };
};

const byShare =
  ({ signal, atLeast, touches }: NonNullable<Suppression['share']>, label: string): Condition =>
  (_, facts) => {
    const all = touchesIn(facts, anyTouch);
    // What feeds the signal without being a deed, as leaving a page, is no more than all they did.
    const of = Math.min(touchesIn(facts, signal), all);
    return of >= touches && of >= all * atLeast ? `${of} of ${all} touches are: ${label}` : undefined;
  };

const byTouchesPerDay =
  (most: number): Condition =>
  (_, facts) => {
    const busy = activeDays(facts, 0, Number.POSITIVE_INFINITY).findLast(([, touches]) => touches >= most);
    return busy && `${busy[1]} touches on ${isoDay(busy[0])}`;
  };

const byPartnership: Condition = ({ state, account }) => {
  const partner = [state.stage, account?.standing].find((register) => register?.value === 'partner');
  return partner && `a partner in the CRM since ${dayOf(partner.at)}`;
};

const conditionsOf = (rule: Suppression, playbook: Playbook): Condition[] => {
  const { domains, titles, companies, emailKinds, share, touchesPerDay, partners } = rule;
  return [
    domains && byDomain(domains),
    titles && byPhrase(titles, 'job title', ({ state }) => state.profile.jobTitle?.value),
    companies && byPhrase(companies, 'company', companyOf),
    emailKinds &&
      (({ emailKind }: Subject) =>
        emailKind !== undefined && emailKinds.includes(emailKind) ? `the mail is ${emailKind}` : undefined),
    share && byShare(share, playbook.signals[share.signal]!.label),
    touchesPerDay && byTouchesPerDay(touchesPerDay),
    partners && byPartnership,
  ].filter((condition) => typeof condition === 'function');
};

interface Rule {
  rule: string;
  label: string;
  factor: number;
  conditions: Condition[];
}

/** Made once per playbook object; playbooks are replaced, never changed in place. */
const known = new WeakMap<Playbook, readonly Rule[]>();

const rulesOf = (playbook: Playbook): readonly Rule[] => {
  let rules = known.get(playbook);
  if (rules === undefined) {
    rules = Object.entries(playbook.suppression).map(([rule, definition]) => {
      const { label, factor } = definition;
      return { rule, label, factor, conditions: conditionsOf(definition, playbook) };
    });
    known.set(playbook, rules);
  }
  return rules;
};

export interface Hold {
  rule: string;
  label: string;
  why: string;
  factor: number;
}

/** The suppressions that hold for somebody of whom `facts` are known. */
export const suppressionsOf = (subject: Subject, facts: Facts, playbook: Playbook): Hold[] =>
  rulesOf(playbook).flatMap(({ rule, label, factor, conditions }): Hold[] => {
    for (const condition of conditions) {
      const why = condition(subject, facts);
      if (why !== undefined) return [{ rule, label, why, factor }];
    }
    return [];
  });

/** What they leave of a score: a share of what is above zero, rounded; a penalty stays whole. */
export const suppressed = (before: number, holds: readonly Hold[]): Suppressed | undefined => {
  if (holds.length === 0) return undefined;
  const factor = Math.min(...holds.map((hold) => hold.factor));
  const points = before > 0 ? rounded(before * factor) - before : 0;
  return { before, points, factor, rules: holds.map(({ rule, label, why }) => ({ rule, label, why })) };
};
