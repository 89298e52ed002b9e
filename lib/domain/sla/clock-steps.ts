// What happens while nobody follows up: which steps a clock has, to whom each goes, and when that somebody may be written to.
import type { Playbook } from '../playbook/playbook.ts';
import type { SlaStepRule } from '../playbook/sla.ts';
import { isWorking, millisecondsOf, nextWorkingMoment } from './business-time.ts';
import { calendarOf } from './calendar-of.ts';

/** One thing to one person; what the playbook says to several is a step for each. */
export interface ClockStep {
  /** `remind-50%`, `escalate-100%+2-hours`; told apart where several do the same. */
  name: string;
  do: 'remind' | 'escalate' | 'reassign';
  /** `rep`, `manager`, `manager of manager` or an e-mail. None of one that reassigns. */
  to?: string | undefined;
  urgent?: true | undefined;
  /** Working time (ms) before it, of the whole clock. */
  work: number;
  /** When it is due: in the hours of whom it goes to, unless it is urgent. ISO. */
  at: string;
  takenAt?: string;
  /** Whom it went to: addresses of the playbook's people. */
  recipients?: string[];
  /** A reminder that would only have come when the time was over: nobody was written to. */
  passedOver?: true;
}

const rulesOf = ({ steps, remindAt }: Playbook['sla']): readonly (SlaStepRule & { share?: number })[] =>
  steps ?? [
    { do: 'remind', share: remindAt, at: `${Math.round(remindAt * 100)}%`, urgent: false },
    { do: 'escalate', at: '100%', urgent: false },
  ];

const nameOf = ({ do: does, at, after }: SlaStepRule): string => `${does}-${at ?? `100%+${after!.replace(' ', '-')}`}`;

const usualRecipient = { remind: ['rep'], escalate: ['manager'], reassign: [undefined] } as const;

/** The steps of a clock that has `within` ms, not yet at any moment. */
export const stepsOf = (playbook: Playbook, within: number): Omit<ClockStep, 'at'>[] => {
  const names = new Map<string, number>();
  return rulesOf(playbook.sla).flatMap((rule) => {
    const share = rule.share ?? Number(rule.at?.replace('%', '') ?? 100) / 100;
    const work = Math.round(within * share) + (rule.after === undefined ? 0 : millisecondsOf(rule.after));
    return (rule.to ?? usualRecipient[rule.do]).map((to) => {
      const base = nameOf(rule);
      const count = (names.get(base) ?? 0) + 1;
      names.set(base, count);
      const name = count === 1 ? base : `${base}-${count}`;
      return { name, do: rule.do, to, work, ...(rule.urgent && { urgent: true as const }) };
    });
  });
};

/** Whoever is meant, as far as the playbook has them: in place of a manager who is none, whoever is next below. */
export const recipientOf = (to: string | undefined, owner: string, { people }: Playbook): string | undefined => {
  const known = (email: string | undefined) => people.find((one) => one.email === email);
  if (to === undefined) return undefined;
  if (to.includes('@')) return known(to)?.email;
  const rep = known(owner);
  if (to === 'rep' || rep === undefined) return rep?.email;
  const manager = known(rep.manager);
  if (to === 'manager' || manager === undefined) return (manager ?? rep).email;
  return (known(manager.manager) ?? manager).email;
};

/** The first moment (ms) from `at` on at which the step may go to them. */
export const allowedFrom = (
  at: number,
  step: Pick<ClockStep, 'to' | 'urgent'>,
  owner: string,
  playbook: Playbook,
): number => {
  const recipient = recipientOf(step.to, owner, playbook);
  if (recipient === undefined || step.urgent) return at;
  const calendar = calendarOf(recipient, playbook);
  return isWorking(at, calendar) ? at : nextWorkingMoment(at, calendar);
};
