// Whose an id is while merges are on their way: what is stored may go round in circles for a moment.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { emptyState } from '../../lib/domain/lead.ts';
import { readLead } from '../../lib/steps/read-lead.ts';
import { linesOfPerson, touchesIn } from '../../lib/steps/views/touches.ts';
import { type NewItem, replacing } from '../../lib/table/items.ts';
import { leadKey } from '../../lib/table/keys.ts';
import { trailItem } from '../../lib/table/trail.ts';
import { pageView } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';

const at = '2026-11-20T09:00:00.000Z';
let world: World;
beforeEach(async () => {
  world = await openWorld(at);
});
afterEach(() => world.close());

const idOf = (name: string): string => `lead_${name}`;
/** People as they stand in the table, each with a page read; `holds` are the parts whose state they have. */
const people = async (given: Record<string, { mergedInto?: string; holds?: string[] }>): Promise<void> => {
  for (const [name, { mergedInto, holds = [] }] of Object.entries(given)) {
    const leadId = idOf(name);
    const parts = Object.fromEntries(holds.map((id) => [idOf(id), { version: 1, state: emptyState }]));
    const into = mergedInto === undefined ? {} : { mergedInto: idOf(mergedInto) };
    const about = { leadId, kind: 'email' as const, own: emptyState, links: {}, movedFrom: {}, parts, ...into };
    const item: NewItem<'lead'> = { ...leadKey(leadId), type: 'lead', ...about };
    await world.embedded.table.write(replacing(undefined, item));
    const key = { pk: leadKey(leadId).pk, sk: 'TRAIL#2026-11-20' };
    const trail = trailItem(key, leadId, '2026-11-20', [pageView(`page-${name}`, at, 'anon:1')]);
    await world.embedded.table.write(replacing(undefined, trail));
  }
};
const survivors = async (...names: string[]) =>
  Promise.all(names.map(async (name) => (await readLead(world.embedded.table, idOf(name)))?.leadId));

it('is the end of a chain', async () => {
  await people({ c: { mergedInto: 'b' }, b: { mergedInto: 'a' }, a: { holds: ['b', 'c'] } });
  expect(await survivors('a', 'b', 'c')).toEqual(Array(3).fill(idOf('a')));
});

it.each<[string, Record<string, { mergedInto: string; holds: string[] }>]>([
  ['themselves', { a: { mergedInto: 'a', holds: ['a'] } }],
  ['each other', { b: { mergedInto: 'a', holds: ['a'] }, a: { mergedInto: 'b', holds: ['b'] } }],
  [
    'one another in a circle that somebody leads into',
    {
      d: { mergedInto: 'c', holds: [] },
      c: { mergedInto: 'b', holds: ['a', 'd'] },
      b: { mergedInto: 'a', holds: ['c'] },
      a: { mergedInto: 'c', holds: ['b'] },
    },
  ],
])('is one person for all of those merged into %s, with each of their pages once', async (_, given) => {
  await people(given);
  const names = Object.keys(given);
  expect(await survivors(...names)).toEqual(names.map(() => idOf('a')));

  const { identities } = (await readLead(world.embedded.table, idOf(names[0]!)))!;
  expect(identities.toSorted()).toEqual(names.map(idOf).toSorted());
  const touches = touchesIn(await linesOfPerson(world.embedded.table, idOf('a')), await world.playbook());
  expect(touches.map(({ id }) => id).toSorted()).toEqual(names.map((name) => `page-${name}`).toSorted());
});

it('is the last who is stored while the next is not', async () => {
  await people({ b: { mergedInto: 'a' } });
  expect(await survivors('b', 'a')).toEqual([idOf('b'), undefined]);
});
