import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SlaClock, startClock, workedUntil } from '../../../lib/domain/sla/clock.ts';
import { nextMoment, takeDue } from '../../../lib/domain/sla/clock-due.ts';
import { answeredClock, endedClock } from '../../../lib/domain/sla/clock-endings.ts';
import { pausedClock, toldClock } from '../../../lib/domain/sla/clock-news.ts';
import type { PauseAct } from '../../../lib/domain/sla/clock-pauses.ts';
import { ada, assigned, clockOf, friday, grace, max, monday, slaPlaybook } from './clocks.ts';

const playbook = slaPlaybook();
const stepsAt = ({ steps }: SlaClock) => steps.map(({ name, at }) => `${name} ${at.slice(0, 16)}`);
const takenAt = (clock: SlaClock, now: string, by = playbook) =>
  takeDue(clock, by, now).steps.map(({ name, recipients }) => `${name} ${recipients?.join()}`);

describe('a clock that starts', () => {
  it('is due after the working time of the grade, with a reminder on the way and an escalation at its end', () => {
    expect(clockOf()).toMatchObject({
      startedAt: friday('11:00'),
      dueAt: friday('15:00'),
      conversation: 'Offer two times today.',
    });
    // Grace works from 15:00 by UTC.
    expect(stepsAt(clockOf())).toEqual(['remind-50% 2026-11-20T13:00', 'escalate-100% 2026-11-20T15:00']);
  });

  it('takes the time of all others for a grade without its own, over the weekend', () => {
    expect(clockOf(playbook, { grade: 'C3' })).toMatchObject({ dueAt: monday('11:00'), conversation: undefined });
  });

  it('runs in the hours of its owner', () => {
    expect(clockOf(playbook, { owner: grace }).dueAt).toBe(friday('19:00'));
  });

  it('runs from when the owner was told, once that is heard, and from no earlier', () => {
    const told = toldClock(clockOf(), friday('11:30'), playbook, friday('11:31'));
    expect(told).toMatchObject({ toldAt: friday('11:30'), startedAt: friday('11:30'), dueAt: friday('15:30') });
    expect(stepsAt(told)[0]).toBe('remind-50% 2026-11-20T13:30');
    expect(toldClock(told, friday('12:00'), playbook, friday('12:00'))).toBe(told);
    expect(toldClock(clockOf(), friday('10:58'), playbook, friday('11:31')).dueAt).toBe(friday('15:00'));
  });
});

describe('steps', () => {
  it('are due at their moment and not before, each once', () => {
    expect(takenAt(clockOf(), '2026-11-20T12:59:59.999Z')).toEqual([]);
    const { clock, steps } = takeDue(clockOf(), playbook, friday('13:00'));
    expect(steps.map(({ recipients }) => recipients)).toEqual([[ada]]);
    expect(takenAt(clock, friday('14:59'))).toEqual([]);
    const over = takeDue(clock, playbook, friday('15:00'));
    expect(over).toMatchObject({ breached: true, steps: [{ name: 'escalate-100%', recipients: [grace] }] });
    expect(takeDue(over.clock, playbook, monday('15:00'))).toMatchObject({ breached: false, steps: [] });
    expect(nextMoment(over.clock)).toBeUndefined();
  });

  it('pass over a reminder that would only come when the time is over', () => {
    const { clock, steps } = takeDue(clockOf(), playbook, friday('15:01'));
    expect(steps.map(({ name }) => name)).toEqual(['escalate-100%']);
    expect(clock.steps[0]).toMatchObject({ passedOver: true });
    expect(clock.steps[0]!.recipients).toBeUndefined();
  });

  it('wait for the hours of whom they go to, unless they are urgent', () => {
    const steps = [
      { do: 'remind' as const, at: '25%' },
      { do: 'escalate' as const, at: '25%' },
      { do: 'escalate' as const, at: '25%', urgent: true },
    ];
    const by = slaPlaybook({ steps });
    expect(stepsAt(clockOf(by))).toEqual([
      'remind-25% 2026-11-20T12:00',
      'escalate-25% 2026-11-20T15:00',
      'escalate-25%-2 2026-11-20T12:00',
    ]);
  });

  it('are put off where the recipient is away by the playbook as it is when they are due', () => {
    const people = playbook.people.map((one) =>
      one.email === ada ? { ...one, away: [{ from: '2026-11-20 14:00', to: '2026-11-20 15:00' }] } : one,
    );
    const { clock, steps } = takeDue(clockOf(), { ...playbook, people }, friday('13:30'));
    expect(steps).toEqual([]);
    expect(clock.steps[0]!.at).toBe(friday('14:00'));
  });

  it('go up the chain as far as there is one, to people by name, and reassign after all', () => {
    const by = slaPlaybook({
      steps: [
        { do: 'remind', at: '75%', to: ['rep', max] },
        { do: 'escalate', after: '1 hour', to: 'manager of manager' },
        { do: 'reassign', after: '2 hours' },
      ],
    });
    const clock = clockOf(by);
    expect(stepsAt(clock)).toEqual([
      'remind-75% 2026-11-20T14:00',
      'remind-75%-2 2026-11-20T14:00',
      'escalate-100%+1-hour 2026-11-20T16:00',
      'reassign-100%+2-hours 2026-11-20T17:00',
    ]);
    const { clock: later } = takeDue(clock, by, friday('14:00'));
    expect(takenAt(later, friday('16:00'), by)).toEqual([`escalate-100%+1-hour ${max}`]);
    expect(takenAt(clockOf(by, { owner: max }), friday('16:00'), by)).toEqual([`escalate-100%+1-hour ${max}`]);
  });

  it('go to nobody whom the playbook does not have any more', () => {
    const people = playbook.people.filter(({ email }) => email !== ada);
    expect(takenAt(clockOf(), friday('13:00'), { ...playbook, people })).toEqual(['remind-50% ']);
  });

  it('stay as they are in a clock that stopped', () => {
    const ended = endedClock(clockOf(), 'over', friday('12:00'));
    expect(takeDue(ended, playbook, monday('12:00'))).toEqual({ clock: ended, steps: [], breached: false });
    expect(nextMoment(ended)).toBeUndefined();
  });
});

describe('a pause', () => {
  const act = (does: PauseAct['does'], time: string, until?: string): PauseAct => ({
    ...{ id: `${does} ${time}`, at: friday(time), does, until: until && friday(until) },
  });
  const having = (...acts: PauseAct[]) =>
    acts.reduce((clock, one) => pausedClock(clock, one, playbook, friday('14:00')), clockOf());

  it('puts off everything that is still to come, until it ends', () => {
    const clock = having(act('pause', '12:00', '13:30'));
    expect(clock.dueAt).toBe(friday('16:30'));
    expect(stepsAt(clock)).toEqual(['remind-50% 2026-11-20T14:30', 'escalate-100% 2026-11-20T16:30']);
    expect(workedUntil(clock, friday('14:00'), playbook)).toBe(1.5 * 3_600_000);
  });

  it('lasts until somebody resumes it, whatever comes first and however often', () => {
    const [pause, resume] = [act('pause', '12:00'), act('resume', '12:45')];
    const clock = having(pause, resume);
    expect(clock.dueAt).toBe(friday('15:45'));
    expect(having(resume, pause, resume, pause)).toEqual(clock);
  });

  it('lasts no longer in all than the playbook has it', () => {
    const by = slaPlaybook({ pauses: { longest: '1 hour' } });
    const clock = [act('pause', '11:30', '12:00'), act('pause', '12:15')].reduce(
      (one, pause) => pausedClock(one, pause, by, friday('13:00')),
      clockOf(by),
    );
    expect(clock.dueAt).toBe(friday('16:00'));
    const never = slaPlaybook({ pauses: { allowed: false } });
    expect(pausedClock(clockOf(never), act('pause', '12:00'), never, friday('12:00')).dueAt).toBe(friday('15:00'));
  });

  it('of an earlier owner’s time is none of this clock', () => {
    expect(having(act('pause', '10:30')).dueAt).toBe(friday('15:00'));
  });
});

describe('a follow-up', () => {
  it('stops the clock at its own time, however late it was heard of', () => {
    const answered = answeredClock(clockOf(), friday('14:00'), friday('16:00'));
    expect(answered).toMatchObject({ stoppedAt: friday('14:00'), ending: 'answered', met: true });
    expect(answeredClock(clockOf(), friday('15:00'), friday('16:00')).met).toBe(true);
    expect(answeredClock(clockOf(), '2026-11-20T15:00:00.001Z', friday('16:00')).met).toBe(false);
  });

  it('heard of after the breach corrects it, and says when', () => {
    const { clock } = takeDue(clockOf(), playbook, friday('15:00'));
    const corrected = answeredClock(clock, friday('14:00'), friday('16:00'));
    expect(corrected).toMatchObject({ breachedAt: friday('15:00'), met: true, correctedAt: friday('16:00') });
    expect(answeredClock(clock, friday('15:30'), friday('16:00')).correctedAt).toBeUndefined();
  });

  it('is judged by when the owner was told, and by pauses, also where that was heard after the breach', () => {
    const { clock } = takeDue(clockOf(), playbook, friday('15:00'));
    const told = toldClock(clock, friday('11:10'), playbook, friday('15:05'));
    expect(told).toMatchObject({ dueAt: friday('15:00'), correctedDueAt: friday('15:10') });
    expect(answeredClock(told, friday('15:08'), friday('15:09'))).toMatchObject({ met: true });
    const answered = answeredClock(clock, friday('15:08'), friday('15:09'));
    expect(answered.met).toBe(false);
    expect(toldClock(answered, friday('11:10'), playbook, friday('15:10'))).toMatchObject({ met: true });
  });
});

describe('whenever somebody looks', () => {
  const minute = (n: number) => new Date(Date.parse(friday('11:00')) + n * 60_000).toISOString();
  const looks = fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 30 });
  const withSteps = slaPlaybook({
    steps: [
      { do: 'remind', at: '50%' },
      { do: 'escalate', at: '100%' },
      { do: 'escalate', after: '1 hour', to: max },
      { do: 'reassign', after: '3 hours' },
    ],
  });

  it('takes each step once, none early, and all that a look found due', () => {
    fc.assert(
      fc.property(looks, (minutes) => {
        let clock = startClock(assigned, withSteps);
        const due = new Map(clock.steps.map(({ name, at }) => [name, at]));
        const taken: string[] = [];
        let breaches = 0;
        for (const now of minutes.sort((a, b) => a - b).map(minute)) {
          const step = takeDue(clock, withSteps, now);
          for (const { name } of step.steps) {
            expect(now >= due.get(name)!).toBe(true);
            taken.push(name);
          }
          if (step.breached) breaches += 1;
          expect(step.breached && now < clock.dueAt).toBe(false);
          clock = step.clock;
          const next = nextMoment(clock);
          expect(next === undefined || next > now).toBe(true);
        }
        expect(new Set(taken).size).toBe(taken.length);
        expect(breaches).toBe(minutes.some((n) => minute(n) >= friday('15:00')) ? 1 : 0);
      }),
      { seed: 6, numRuns: 300 },
    );
  });

  it('a pause moves the due time by exactly the working time it took', () => {
    const acts = fc.array(
      fc.record({ n: fc.integer({ min: 0, max: 600 }), does: fc.constantFrom('pause' as const, 'resume' as const) }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(acts, (said) => {
        const clock = said.reduce(
          (one, { n, does }, index) => pausedClock(one, { id: `${index}`, at: minute(n), does }, playbook, minute(600)),
          clockOf(),
        );
        expect(workedUntil(clock, clock.dueAt, playbook)).toBe(4 * 3_600_000);
      }),
      { seed: 6, numRuns: 300 },
    );
  });
});
