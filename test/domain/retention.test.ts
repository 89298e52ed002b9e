// Until when things are kept, and that every trail is there that somebody counts on.
import { describe, expect, it } from 'vitest';
import { dayNumberOf, isoDay, momentIn } from '../../lib/domain/days.ts';
import { emptyState } from '../../lib/domain/lead.ts';
import { daysFrom, isNobodys, tooOld, trailReach, trailUntil, visitorUntil } from '../../lib/domain/retention.ts';
import { act, touch } from '../simulation/lines.ts';

const retention = { anonymousDays: 395, trailMonths: 25, noticeDays: 395, quarantineDays: 90 };
const visitor = { kind: 'visitor' as const, links: {}, own: emptyState };
const at = (moment: string): number => Date.parse(moment) / 1_000;

const decision = {
  ...{ decision: 'merge' as const, at: '2026-11-20T09:00:00.000Z', by: 'ops', why: 'One person.' },
  ...{ lineId: 'd1', first: 'lead_1' },
};

describe('a visitor', () => {
  it('is kept so many days after the day of what was seen of them last, be it another name', () => {
    const facts = { days: { '*': [[dayNumberOf('2026-11-20'), 1, 5, 9] as [number, number, number, number]] } };
    const seen = { ...visitor, own: { ...emptyState, facts } };
    expect(visitorUntil(retention, seen, [])).toBe(at('2027-12-21T00:00:00.000Z'));
    const named = { ...seen, aliases: { visitor_2: '2026-11-22T09:00:00.000Z' } };
    expect(visitorUntil(retention, named, [])).toBe(at('2027-12-23T00:00:00.000Z'));
  });

  it('of whom nothing counts is kept after the line that told of them, and no longer for those that follow', () => {
    const machine = [touch({ id: 'a', occurredAt: '2026-11-20T23:00:00.000Z', flag: 'bot' })];
    const until = visitorUntil(retention, visitor, machine);
    expect(until).toBe(at('2027-12-21T00:00:00.000Z'));
    const later = [touch({ id: 'b', occurredAt: '2026-11-25T23:00:00.000Z', flag: 'bot' })];
    expect(visitorUntil(retention, { ...visitor, ttl: until! }, later)).toBe(until);
  });

  it.each([
    ['linked', { links: { lead_1: { at: '2026-11-20T09:00:00.000Z' } } }],
    ['whom people decided on', { decisions: { lead_1: decision } }],
    ['somebody’s by another name', { heir: { leadId: 'lead_1' } }],
    ['erased', { erased: { at: '2026-11-20T09:00:00.000Z', with: [] } }],
    ['a person', { kind: 'email' as const }],
    ['a record', { kind: 'crm' as const }],
  ])('who is %s stays', (_is, about) => {
    expect(isNobodys({ ...visitor, ...about })).toBe(false);
    const lines = [touch({ id: 'a', occurredAt: '2026-11-20T09:00:00.000Z' })];
    expect(visitorUntil(retention, { ...visitor, ...about }, lines)).toBeUndefined();
    expect(visitorUntil(retention, visitor, lines)).toBeDefined();
  });

  it('stays where no time is set', () => {
    expect(visitorUntil(undefined, visitor, [touch({ id: 'a', occurredAt: '2026-11-20T09:00:00.000Z' })])).toBe(
      undefined,
    );
  });
});

describe('a trail', () => {
  const page = touch({ id: 'a', occurredAt: '2026-01-31T23:59:59.999Z' });

  it('goes with a visitor nobody knows, and of anybody else a month after touches of its day are taken', () => {
    expect(trailUntil(retention, true, '2026-01-31', [page])).toBe(at('2027-03-03T00:00:00.000Z'));
    expect(trailUntil(retention, false, '2026-01-31', [page])).toBe(at('2028-04-01T00:00:00.000Z'));
  });

  it('stays where a person decided or did something', () => {
    const call = act('b', '2026-01-31T09:00:00.000Z', { lead: 'lead_1', action: { does: 'follow-up', how: 'call' } });
    expect(trailUntil(retention, false, '2026-01-31', [page, call])).toBeUndefined();
  });

  it('is there for every touch that is taken, and from the day on that is said to be reached', () => {
    const most = { ...retention, anonymousDays: 30 };
    for (let now = dayNumberOf('2027-12-28'); now < dayNumberOf('2028-05-03'); now += 1) {
      for (const trailMonths of [1, 13, 25]) {
        const kept = { ...most, trailMonths };
        const night = now * 86_400 + 86_399;
        for (const nobodys of [true, false]) {
          const reach = trailReach(kept, nobodys, momentIn(now));
          expect(trailUntil(kept, nobodys, isoDay(reach), [])!, isoDay(now)).toBeGreaterThanOrEqual(night);
          // Not much is given away.
          expect(trailUntil(kept, nobodys, isoDay(reach - 5), [])!, isoDay(now)).toBeLessThan(night);
        }
        for (let back = trailMonths * 28; back < trailMonths * 31 + 40; back += 1) {
          const [occurredAt, receivedAt] = [momentIn(now - back, 86_399_999), momentIn(now - 20)];
          const line = touch({ id: 'a', occurredAt, receivedAt });
          if (tooOld(kept, line, momentIn(now, 86_399_999)) !== undefined) break;
          expect(trailUntil(kept, false, isoDay(now - back), [line])!, occurredAt).toBeGreaterThanOrEqual(night);
        }
      }
    }
  });

  it('is not there for touches that come too late: of others the moment they came does not matter', () => {
    const late = { occurredAt: '2024-10-20T09:00:00.000Z', receivedAt: '2026-11-20T09:00:00.001Z' };
    const now = '2026-11-20T10:00:00.000Z';
    expect(tooOld(retention, touch({ id: 'a', ...late }), now)).toBe('older than trails are kept: 25 months');
    const inTime = { ...late, receivedAt: '2026-11-20T09:00:00.000Z' };
    expect(tooOld(retention, touch({ id: 'a', ...inTime }), now)).toBeUndefined();
    expect(tooOld(retention, touch({ id: 'a', ...inTime }), '2026-12-22T10:00:00.000Z')).toBeDefined();
    const call = { ...act('b', late.occurredAt, { lead: 'l', action: { does: 'resume' } }), ...late };
    expect(tooOld(retention, call, now)).toBeUndefined();
  });
});

it('what is kept for days is kept from its moment on', () => {
  expect(daysFrom('2026-11-20T09:00:00.900Z', 90)).toBe(at('2027-02-18T09:00:00.000Z'));
});
