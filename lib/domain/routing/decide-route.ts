// Who gets a lead, and why. The first that has an answer decides: rules that take owned accounts too, the account's owner in the
// CRM, rules that ask the CRM for another owner, whoever works the account already, the other rules, the default pool.
import type { Playbook } from '../playbook/playbook.ts';
import type { RoutingRule } from '../playbook/routing.ts';
import type { Owner, RoutingStep, Waiting } from './assignment.ts';
import { awayUntil, ownerNamed, personOf, told } from './availability.ts';
import { meets } from './criteria.ts';
import { type Found, findTarget, nobodyExcluded, type RoutingCase } from './find-target.ts';
import { poolNamed } from './pool.ts';
import { type Books, takeTurn } from './take-turn.ts';

export type Decision = {
  reason: string;
  rule?: string | undefined;
  role?: 'sdr' | 'ae' | undefined;
  pool?: string | undefined;
  /** The pools' turns afterwards, where one was taken. */
  turns?: Books['turns'];
  explanation: RoutingStep[];
  /** By which of the orders it was decided. */
  by: 'owned-rule' | 'account-owner' | 'account-rep' | 'rule' | 'default-pool';
} & ({ owner: Owner; waiting?: undefined } | { owner?: undefined; waiting: Waiting; wakeAt: number });

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

interface Trial {
  steps: RoutingStep[];
  decision?: Decision;
}

const decided = (
  found: Found,
  about: Pick<Decision, 'rule' | 'role' | 'by'>,
  steps: readonly RoutingStep[],
  tried: string,
  held: string,
): Decision => {
  const { passedOver = [], ...rest } = found;
  const why = [held, capital(found.reason)].filter(Boolean).join(' ');
  const step = { tried, held: true, why, ...(passedOver.length > 0 && { passedOver }) };
  const reason = about.rule === undefined ? capital(found.reason) : `Rule ${about.rule}: ${found.reason}`;
  return { ...rest, ...about, reason, explanation: [...steps, step] };
};

const tryRules = (
  rules: readonly RoutingRule[],
  by: Decision['by'],
  routed: RoutingCase,
  books: Books,
  playbook: Playbook,
  before: readonly RoutingStep[],
): Trial => {
  const steps = [...before];
  for (const rule of rules) {
    const tried = `rule ${rule.name}`;
    const { held, why } = meets(rule.when, routed.traits, playbook);
    const found = held ? findTarget(rule.to, routed, books, playbook) : `${why}`;
    if (typeof found === 'string') {
      steps.push({ tried, held: false, why: `${capital(found)}.` });
      continue;
    }
    const about = { rule: rule.name, role: rule.handOver && ('sdr' as const), by };
    return { steps, decision: decided(found, about, steps, tried, `${capital(why)}.`) };
  }
  return { steps };
};

const accountOwner = (
  { owners: { account } }: RoutingCase,
  playbook: Playbook,
  before: readonly RoutingStep[],
): Trial => {
  const tried = 'account owner';
  const { email, unknownId } = account;
  if (email !== undefined) {
    const found = { owner: ownerNamed(email, playbook), reason: 'Owns the account in the CRM.' };
    return { steps: [...before], decision: decided(found, { by: 'account-owner' }, before, tried, '') };
  }
  const why =
    unknownId === undefined
      ? 'The CRM names no owner of the account.'
      : `The CRM's owner ${unknownId} is nobody in the playbook.`;
  return { steps: [...before, { tried, held: false, why }] };
};

/** Whoever works the account keeps it beyond their capacity and hours, but not while they are away, or gone for good. */
const accountRep = ({ rep }: RoutingCase, books: Books, playbook: Playbook, before: readonly RoutingStep[]): Trial => {
  const tried = 'account rep';
  const step = (why: string): Trial => ({ steps: [...before, { tried, held: false, why }] });
  if (rep === undefined) return step('Nobody works this account yet.');
  if (personOf(rep.email, playbook) === undefined) return step('Who worked it is nobody in the playbook any more.');
  const { name } = ownerNamed(rep.email, playbook);
  const back = awayUntil(rep.email, books.now, playbook);
  if (back !== undefined) return step(`${name} works it, and is away until ${told(back)}.`);
  const found = { owner: ownerNamed(rep.email, playbook), reason: 'Already works this account.' };
  return { steps: [...before], decision: decided(found, { by: 'account-rep' }, before, tried, '') };
};

/** Enough to follow any decision up; more rules than that are told by their end. */
const mostSteps = 30;
const bounded = (decision: Decision): Decision => ({
  ...decision,
  explanation: decision.explanation.slice(-mostSteps),
});

/** What takes precedence over everything but what owners and rules that ask for them say: undefined where neither has an answer. */
const byOwners = (routed: RoutingCase, books: Books, playbook: Playbook): Trial => {
  const { rules } = playbook.routing;
  const owned = rules.filter(({ evenIfOwned }) => evenIfOwned);
  const first = tryRules(owned, 'owned-rule', routed, books, playbook, []);
  return first.decision ? first : accountOwner(routed, playbook, first.steps);
};

/** Whose it is in an account it came to with an owner it had: theirs, unless a rule or the CRM says otherwise there. */
export const decideByOwners = (routed: RoutingCase, books: Books, playbook: Playbook): Decision | undefined => {
  const { decision } = byOwners(routed, books, playbook);
  return decision && bounded(decision);
};

export const decideRoute = (routed: RoutingCase, books: Books, playbook: Playbook): Decision => {
  const { rules, defaultPool } = playbook.routing;
  const asksOwner = ({ to }: RoutingRule): boolean => 'owner' in to;
  const others = rules.filter(({ evenIfOwned }) => !evenIfOwned);
  let trial = byOwners(routed, books, playbook);
  if (!trial.decision) trial = tryRules(others.filter(asksOwner), 'rule', routed, books, playbook, trial.steps);
  if (!trial.decision) trial = accountRep(routed, books, playbook, trial.steps);
  if (!trial.decision) {
    trial = tryRules(
      others.filter((rule) => !asksOwner(rule)),
      'rule',
      routed,
      books,
      playbook,
      trial.steps,
    );
  }
  if (trial.decision) return bounded(trial.decision);
  const asked = { skills: [], excluded: nobodyExcluded };
  const found = takeTurn(poolNamed(defaultPool, playbook), asked, books, playbook, routed.waitingSince);
  const { unknownId } = routed.owners.account;
  const unknown = unknownId === undefined ? '' : ` The CRM's owner ${unknownId} is nobody in the playbook.`;
  const named = { ...found, reason: `${capital(found.reason)}${unknown}` };
  return bounded(decided(named, { by: 'default-pool' }, trial.steps, 'default pool', ''));
};

/** To whom the rule has it handed over; undefined where it has nobody. From anybody but the account's owner it goes to that owner, who
 * may have become it only after the rule gave the lead away, unless the rule takes owned accounts too. */
export const decideHandOver = (
  rule: RoutingRule,
  from: string | undefined,
  routed: RoutingCase,
  books: Books,
  playbook: Playbook,
): Decision | undefined => {
  if (rule.handOver === undefined) return undefined;
  const { email: owner } = routed.owners.account;
  const isOwners = !rule.evenIfOwned && owner !== undefined && owner !== from;
  const found = findTarget(isOwners ? { owner: 'account' } : rule.handOver, routed, books, playbook);
  if (typeof found === 'string') return undefined;
  const about = { rule: rule.name, role: 'ae' as const, by: 'rule' as const };
  return decided(found, about, [], `hand-over of rule ${rule.name}`, '');
};
