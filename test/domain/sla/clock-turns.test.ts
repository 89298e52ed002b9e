import { describe, expect, it } from 'vitest';
import { attainmentOf } from '../../../lib/domain/sla/attainment.ts';
import { type SlaClock, workedUntil } from '../../../lib/domain/sla/clock.ts';
import { nextMoment, takeDue } from '../../../lib/domain/sla/clock-due.ts';
import { answeredClock, endedClock, followedUp } from '../../../lib/domain/sla/clock-endings.ts';
import { pausedClock, toldClock } from '../../../lib/domain/sla/clock-news.ts';
import { movedClock, replacingClock } from '../../../lib/domain/sla/clock-turns.ts';
import { ada, assigned, ben, clockOf, friday, monday, slaPlaybook } from './clocks.ts';

const hour = 3_600_000;
const playbook = slaPlaybook();
const carrying = slaPlaybook({ onReassign: 'carry' });
const told = (by = playbook): SlaClock => toldClock(clockOf(by), friday('11:00'), by, friday('11:00'));
const toBen = (time: string) => ({ ...assigned, assignmentId: 'evt_1.2', owner: ben, routedAt: friday(time) });

describe('another owner', () => {
  it('has the whole time, and the clock before is kept as what it was', () => {
    const next = replacingClock(told(), toBen('13:00'), playbook, friday('13:01'));
    expect(next).toMatchObject({ owner: ben, used: 0, dueAt: friday('17:00') });
    expect(next.past).toMatchObject([{ owner: ada, ending: 'replaced', stoppedAt: friday('13:01') }]);
  });

  it('has the rest go on that is under way, also with the whole time', () => {
    const act = { id: 'p', at: friday('11:30'), does: 'pause', until: friday('14:00') } as const;
    const paused = pausedClock(told(), act, playbook, friday('11:30'));
    const next = replacingClock(paused, toBen('13:00'), playbook, friday('13:00'));
    expect(next).toMatchObject({ used: 0, dueAt: monday('10:00') });
  });

  it('has what the one before left of it where it is carried: both together used what the grade has', () => {
    const paused = pausedClock(
      told(carrying),
      { id: 'p', at: friday('11:30'), does: 'pause', until: friday('12:00') },
      carrying,
      friday('11:30'),
    );
    const next = replacingClock(paused, toBen('13:00'), carrying, friday('13:00'));
    expect(next).toMatchObject({ used: 1.5 * hour, dueAt: friday('15:30') });
    expect(next.used + workedUntil(next, next.dueAt, carrying)).toBe(4 * hour);
    const third = replacingClock(
      toldClock(next, friday('14:00'), carrying, friday('14:00')),
      { ...toBen('15:00'), assignmentId: 'evt_1.3', owner: ada },
      carrying,
      friday('15:00'),
    );
    expect(third).toMatchObject({ used: 2.5 * hour, dueAt: friday('16:30') });
  });

  it('is held to nothing that somebody used who was never told', () => {
    const next = replacingClock(clockOf(carrying), toBen('13:00'), carrying, friday('13:00'));
    expect(next).toMatchObject({ used: 0, dueAt: friday('17:00') });
  });

  it('takes no step again that was taken where it is carried, and is not called late for the one before', () => {
    const { clock } = takeDue(told(carrying), carrying, friday('15:00'));
    const next = replacingClock(clock, toBen('15:30'), carrying, friday('15:30'));
    expect(next).toMatchObject({ overBefore: true });
    expect(nextMoment(next)).toBeUndefined();
    expect(takeDue(next, carrying, monday('12:00'))).toMatchObject({ steps: [], breached: false });
    const answered = answeredClock(next, friday('16:00'), friday('16:00'));
    expect(answered.met).toBeUndefined();
    expect(attainmentOf(answered, carrying)).toMatchObject({ rep: ben, firstResponseAt: friday('16:00') });
  });

  it('leaves a pause under way to go on where it is carried', () => {
    const paused = pausedClock(
      told(carrying),
      { id: 'p', at: friday('12:00'), does: 'pause', until: friday('14:00') },
      carrying,
      friday('12:00'),
    );
    const next = replacingClock(paused, toBen('13:00'), carrying, friday('13:00'));
    expect(next).toMatchObject({ used: hour, dueAt: friday('17:00') });
  });
});

describe('a follow-up in an earlier owner’s turn', () => {
  const breached = takeDue(told(), playbook, friday('15:00')).clock;
  const next = replacingClock(breached, toBen('15:30'), playbook, friday('15:30'));

  it('is theirs: their breach is corrected, and the clock of now ends without a result', () => {
    const { clock, past } = followedUp(next, friday('14:00'), friday('16:00'));
    expect(past).toMatchObject({ owner: ada, met: true, correctedAt: friday('16:00') });
    expect(clock).toMatchObject({ ending: 'over', stoppedAt: friday('16:00') });
    expect(clock.met).toBeUndefined();
    expect(attainmentOf(clock, playbook)).toBeUndefined();
    expect(followedUp(clock, friday('14:00'), friday('17:00'))).toEqual({ clock });
  });

  it('takes away what was said of the owner of now', () => {
    const first = followedUp(next, friday('16:00'), friday('16:00')).clock;
    expect(first).toMatchObject({ ending: 'answered', met: true });
    const { clock } = followedUp(first, friday('14:00'), friday('17:00'));
    expect(clock).toMatchObject({ ending: 'over' });
    expect(clock.met).toBeUndefined();
  });

  it('of nobody’s turn is the owner’s of now: they were quicker than the system', () => {
    const { clock } = followedUp(told(), friday('10:00'), friday('11:30'));
    expect(clock).toMatchObject({ ending: 'answered', met: true });
    expect(attainmentOf(clock, playbook)).toMatchObject({ repMs: 0, met: true });
  });
});

describe('another account', () => {
  it('has the very same clock go on, and one that ended stay as it ended', () => {
    const left = endedClock(told(), 'moved', friday('12:00'));
    expect(movedClock(left, 'evt_2')).toEqual({ ...told(), generation: 'evt_2' });
    const answered = answeredClock(told(), friday('12:00'), friday('12:00'));
    expect(movedClock(answered, 'evt_2')).toMatchObject({ ending: 'answered', met: true });
  });
});
