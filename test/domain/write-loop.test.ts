// How often a CRM's record may be written before somebody must be answering the writing.
import { expect, it } from 'vitest';
import { askToWrite, mostWrites, type WriteLog } from '../../lib/domain/write-loop.ts';

const at = (minutes: number): string => new Date(Date.UTC(2026, 10, 20, 9, minutes)).toISOString();
/** The log after writes were asked for at these minutes, and what became of each. */
const askedAt = (minutes: readonly number[], known: WriteLog = { writes: [] }) => {
  let log = known;
  const verdicts = minutes.map((minute) => {
    const asked = askToWrite(log, at(minute));
    log = asked.log;
    return asked.verdict;
  });
  return { log, verdicts };
};
const everyMinute = Array.from({ length: mostWrites }, (_, minute) => minute);

it('lets through as many writes in an hour as people can bring about', () => {
  expect(new Set(askedAt(everyMinute).verdicts)).toEqual(new Set(['write']));
});

it('stops the next, and tells the one that began it from those after', () => {
  expect(askedAt([...everyMinute, 20, 21, 22]).verdicts.slice(mostWrites)).toEqual(['loop', 'held', 'held']);
});

it('lets any number through that are further apart', () => {
  const apart = Array.from({ length: 100 }, (_, n) => n * 6);

  expect(new Set(askedAt(apart).verdicts)).toEqual(new Set(['write']));
});

it('goes on holding while it is asked, and lets go after an hour of calm', () => {
  const { log } = askedAt([...everyMinute, 20, 75]);

  expect(log.heldUntil).toBe(at(135));
  expect(askToWrite(log, at(134)).verdict).toBe('held');
  expect(askToWrite(log, at(135))).toEqual({ verdict: 'write', log: { writes: [at(135)] } });
});

it('keeps no more moments than an hour has writes', () => {
  const apart = Array.from({ length: 1_000 }, (_, n) => n * 6);

  expect(askedAt(apart).log.writes).toHaveLength(10);
});
