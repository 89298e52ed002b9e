import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueStep, nextStep, type SlaClock, startClock, stepTaken, stopClock } from '../../../lib/domain/sla/clock.ts';
import { testPlaybook } from '../playbooks.ts';

const fridayNoon = Date.parse('2026-11-20T11:00:00.000Z');
const clock = startClock('evt_1', 'A1', testPlaybook(), fridayNoon);
const remindAt = '2026-11-20T13:00:00.000Z';
const dueAt = '2026-11-20T15:00:00.000Z';

describe('a clock that starts', () => {
  it('is due after the time of the grade, with a reminder on the way', () => {
    expect(clock).toEqual({
      generation: 'evt_1',
      startedAt: '2026-11-20T11:00:00.000Z',
      remindAt,
      dueAt,
      conversation: 'Offer two times today.',
    });
  });

  it('takes the time of all others for a grade without its own, over the weekend', () => {
    expect(startClock('evt_1', 'C3', testPlaybook(), fridayNoon)).toMatchObject({
      remindAt: '2026-11-20T15:00:00.000Z',
      dueAt: '2026-11-23T11:00:00.000Z',
      conversation: undefined,
    });
  });
});

describe('a step', () => {
  it('is due at its moment, not before', () => {
    expect(dueStep(clock, '2026-11-20T12:59:59.999Z')).toBeUndefined();
    expect(dueStep(clock, remindAt)).toBe('remind');
    const reminded = stepTaken(clock, 'remind', remindAt);
    expect(dueStep(reminded, '2026-11-20T14:59:59.999Z')).toBeUndefined();
    expect(dueStep(reminded, dueAt)).toBe('breach');
  });

  it('is taken once', () => {
    const reminded = stepTaken(clock, 'remind', remindAt);
    expect(dueStep(reminded, remindAt)).toBeUndefined();
    const breached = stepTaken(reminded, 'breach', dueAt);
    expect(dueStep(breached, '2027-01-01T00:00:00.000Z')).toBeUndefined();
    expect(nextStep(breached)).toBeUndefined();
  });

  it('passes the reminder over when the breach is due already', () => {
    expect(dueStep(clock, dueAt)).toBe('breach');
    expect(nextStep(stepTaken(clock, 'breach', dueAt))).toBeUndefined();
  });

  it('says what comes next', () => {
    expect(nextStep(clock)).toEqual({ step: 'remind', at: remindAt });
    expect(nextStep(stepTaken(clock, 'remind', remindAt))).toEqual({ step: 'breach', at: dueAt });
  });
});

describe('a clock that stops', () => {
  const now = '2026-11-20T16:00:00.000Z';

  it('stops at the follow-up’s own time, however late it was heard of', () => {
    expect(stopClock(clock, '2026-11-20T14:00:00.000Z', now)).toMatchObject({
      stoppedAt: '2026-11-20T14:00:00.000Z',
      met: true,
    });
    expect(stopClock(clock, dueAt, now).met).toBe(true);
    expect(stopClock(clock, '2026-11-20T15:00:00.001Z', now).met).toBe(false);
  });

  it('is put right by a follow-up heard of after the breach', () => {
    const breached = stepTaken(clock, 'breach', dueAt);
    expect(stopClock(breached, '2026-11-20T14:00:00.000Z', now)).toMatchObject({ breachedAt: dueAt, met: true });
  });

  it('says nothing of having been met when there was no follow-up', () => {
    const stopped = stopClock(clock, undefined, now);
    expect(stopped.stoppedAt).toBe(now);
    expect(stopped.met).toBeUndefined();
  });

  it('stops once, and has no step after that', () => {
    const stopped = stopClock(clock, '2026-11-20T14:00:00.000Z', now);
    expect(stopClock(stopped, undefined, '2026-11-21T00:00:00.000Z')).toBe(stopped);
    expect(dueStep(stopped, '2027-01-01T00:00:00.000Z')).toBeUndefined();
  });
});

it('breaches at most once and never early, whenever somebody looks', () => {
  const moment = fc.integer({ min: 0, max: 600 }).map((m) => new Date(fridayNoon + m * 60_000).toISOString());
  fc.assert(
    fc.property(fc.array(moment, { maxLength: 20 }), (looks) => {
      const taken: string[] = [];
      looks.sort().reduce((state: SlaClock, now) => {
        const step = dueStep(state, now);
        if (step === undefined) return state;
        expect(now >= (step === 'remind' ? remindAt : dueAt)).toBe(true);
        taken.push(step);
        return stepTaken(state, step, now);
      }, clock);
      expect(taken.filter((step) => step === 'breach').length).toBe(looks.some((at) => at >= dueAt) ? 1 : 0);
      expect(taken.filter((step) => step === 'remind').length).toBeLessThanOrEqual(1);
    }),
  );
});
