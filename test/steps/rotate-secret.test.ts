// Replacing a secret: never a moment without a valid one that somebody has, never a change that is not noted.
import { expect, it } from 'vitest';
import type { Deed } from '../../lib/domain/deeds.ts';
import type { LiveSecret } from '../../lib/ports.ts';
import { finish, rotate } from '../../lib/steps/rotate-secret.ts';

const now = '2026-11-23T00:10:00.000Z';
const later = (minutes: number) => new Date(Date.parse(now) + minutes * 60_000).toISOString();
const waitMs = 5 * 60_000;

const setUp = (values: readonly string[], rotatedAt?: string) => {
  const all = { read: { values, rotatedAt } as LiveSecret };
  const deeds: Deed[] = [];
  const state = { noteFails: false };
  const ports = {
    secrets: {
      read: async () => all.read,
      write: async (_: string, secret: LiveSecret) => {
        all.read = secret;
      },
    },
    note: async (deed: Deed) => {
      if (state.noteFails) throw new Error('the log is away');
      deeds.push(deed);
    },
  };
  const turn = (force = false, at = now) => ({ name: 'read', who: 'ada@machine', now: at, force });
  return { ports, all, deeds, state, turn };
};

it('puts the new one first and keeps the old one beside it', async () => {
  const { ports, all, deeds, turn } = setUp(['old']);
  await rotate(ports, { ...turn(), value: 'new' });
  expect(all.read).toEqual({ values: ['new', 'old'], rotatedAt: now });
  expect(deeds).toEqual([
    {
      ...{ id: `secret.rotate:${now}:read`, at: now, who: 'ada@machine' },
      ...{ via: 'command', what: 'secret.rotate', about: ['read'] },
    },
  ]);
});

it('gives the first one where there is none, which is being replaced by nothing', async () => {
  const { ports, all, turn } = setUp([]);
  await rotate(ports, { ...turn(), value: 'new' });
  expect(all.read).toEqual({ values: ['new'] });
});

it('is not begun twice unless that is meant, and then all stay', async () => {
  const { ports, all, deeds, turn } = setUp(['newer', 'old'], now);
  expect(await rotate(ports, { ...turn(), value: 'new' })).toEqual({ refused: 'underway', since: now });
  expect([all.read.values, deeds]).toEqual([['newer', 'old'], []]);
  await rotate(ports, { ...turn(true, later(1)), value: 'new' });
  expect(all.read).toEqual({ values: ['new', 'newer', 'old'], rotatedAt: later(1) });
});

it('is not begun with what is live already, meant or not', async () => {
  const { ports, deeds, turn } = setUp(['new', 'old'], now);
  expect(await rotate(ports, { ...turn(true), value: 'old' })).toEqual({ refused: 'same' });
  expect(deeds).toEqual([]);
});

it('ends with the newest alone, not before everybody can know it', async () => {
  const { ports, all, deeds, turn } = setUp(['new', 'old'], now);
  const early = { ...turn(false, later(4.99)), waitMs };
  expect(await finish(ports, early)).toEqual({ refused: 'early', until: later(5) });
  expect([all.read.values, deeds]).toEqual([['new', 'old'], []]);
  await finish(ports, { ...turn(false, later(5)), waitMs });
  expect(all.read).toEqual({ values: ['new'] });
  expect(deeds.map(({ what }) => what)).toEqual(['secret.finish']);
});

it('ends at once where that is meant, as where an old one is in wrong hands', async () => {
  const { ports, all, turn } = setUp(['new', 'older', 'oldest'], now);
  await finish(ports, { ...turn(true), waitMs });
  expect(all.read).toEqual({ values: ['new'] });
});

it('does not guess since when somebody’s own list is there', async () => {
  const { ports, turn } = setUp(['new', 'old']);
  expect(await finish(ports, { ...turn(), waitMs })).toEqual({ refused: 'early', until: undefined });
});

it('has nothing to end where there is one, meant or not', async () => {
  const { ports, deeds, turn } = setUp(['only']);
  expect(await finish(ports, { ...turn(true), waitMs })).toEqual({ refused: 'single' });
  expect(deeds).toEqual([]);
});

it('changes nothing that cannot be noted', async () => {
  const { ports, all, state, turn } = setUp(['new', 'old'], now);
  state.noteFails = true;
  await expect(finish(ports, { ...turn(true), waitMs })).rejects.toThrow('away');
  await expect(rotate(ports, { ...turn(true), value: 'another' })).rejects.toThrow('away');
  expect(all.read.values).toEqual(['new', 'old']);
});
