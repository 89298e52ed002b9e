// A merge that is cut short half-way, and taken back or gone on with by whoever comes next.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Item } from '../../lib/ports.ts';
import { openWorld, type World } from '../simulation/world.ts';
import { at } from './matching-lines.ts';
import { foldAll, foldOn, meanwhile } from './meanwhile.ts';
import { a, acme, allIn, b, bigco, everybody, merged, where } from './merge-lines.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld(at('12:00'));
  await foldAll(world, [acme, bigco, ...everybody]);
});
afterEach(() => world.close());

const merge = merged('11:00', 'A', 'B');
const cutShort = async (of: (item: Item) => boolean): Promise<void> => {
  const died = meanwhile(world, { when: 'after', of }, () => Promise.reject(new Error('the process died')));
  expect((await foldOn(world, died, merge)).failed).toEqual([merge.id]);
};
const steps: [string, (item: Item) => boolean][] = [
  ['a lead', ({ type }) => type === 'member'],
  ['an opportunity', ({ type }) => type === 'opportunity'],
  ['a visitor', ({ type, anonymous }) => type === 'member' && anonymous === true],
];

it.each(steps)('after %s moved, and taken back, leaves everybody where they were', async (_, of) => {
  await cutShort(of);
  expect(where(world)).not.toEqual(allIn(a));
  await foldAll(world, [merged('11:01', 'A', null), merge]);

  expect(where(world)).toEqual(allIn(a));
});

it.each(steps)('after %s moved goes on once it comes again', async (_, of) => {
  await cutShort(of);
  await foldAll(world, [merge]);

  expect(where(world)).toEqual(allIn(b));
});
