// Erasing and exporting somebody whom other people's lines name: those lines stay theirs, without the words, and none of it is told.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import { leadIdOfEmail } from '../../lib/domain/ids.ts';
import { exportPerson } from '../../lib/steps/export-person.ts';
import { allOf } from '../../lib/table/items.ts';
import { act, crm, demoRequest, pageView, touch } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';
import { emailOf, everyRow, linesOf, live, rowsWith } from './person.ts';

const [anna, bert] = [emailOf('anna'), emailOf('bert')];
const lead = leadIdOfEmail(anna);

let world: World;
beforeEach(async () => {
  world = await openWorld('2026-11-20T12:00:00.000Z');
});
afterEach(() => world.close());

const operate = async (asked: object, operationId: string): Promise<void> => {
  const at = new Date(world.embedded.clock.now()).toISOString();
  const request = {
    type: 'operation-requested.v1',
    operationId,
    at,
    asked,
    by: 'ops@seller.example',
    why: 'Asked to.',
  };
  await world.embedded.queues.queue('operate').send([JSON.stringify(request)]);
  await world.runtime.advanceTo(world.embedded.clock.now() + 30 * 60_000);
};
/** What is kept of somebody and of the account, as those who assess it read it. */
const kept = () =>
  world
    .items()
    .filter(({ type }) => ['lead', 'account', 'member', 'trail'].includes(type))
    .filter((item) => !('erased' in item))
    .map(({ version: _, outbox: __, match: ___, ...item }) => JSON.stringify(item))
    .filter((item) => item.includes('bertzz') || item.includes('"record"'));

const words: Captured[] = [
  demoRequest('told', '2026-11-20T10:00:00.000Z', bert, {
    profile: { jobTitle: 'Head of IT' },
    form: { id: 'demo-request', answers: { email: bert, message: `Anna Annazzsaid (${anna}) sent me` } },
    page: { url: `https://seller.example/pricing?from=${encodeURIComponent(anna)}` },
  }),
  pageView('seen', '2026-11-20T10:01:00.000Z', 'anon:nobody', `/a-long-way-to/the-pricing-page?utm=1&email=${anna}`),
];

it('takes the words about them out of what others sent, and leaves the rest of it', async () => {
  await live(world, [...linesOf('bert'), ...words]);
  const facts = () => allOf('member', world.items()).map(({ leadId, state }) => [leadId, state.facts]);
  const before = facts();
  expect(JSON.stringify(before)).toContain('demo-request');
  expect(rowsWith(world, 'anna').length).toBeGreaterThan(1);

  await operate({ operation: 'erase-person', lead }, 'op_1');
  await operate({ operation: 'rebuild' }, 'op_2');

  expect(rowsWith(world, 'anna')).toEqual([]);
  expect(everyRow(world).join('')).toContain('/pricing?from=erased');
  expect(facts()).toEqual(before);
});

it('leaves what colleagues did and own, where one of them is erased who once filled in a form', async () => {
  await live(world, [
    crm('owned', '2026-11-20T08:00:00.000Z', {
      ...{ object: 'account', externalId: 'A', name: 'Acme', domains: ['acme.example'], ownerEmail: anna },
    }),
    ...linesOf('bert'),
    crm('hers', '2026-11-20T10:10:00.000Z', { object: 'person', externalId: 'bertzzrecord', ownerEmail: anna }),
    act('done', '2026-11-20T10:20:00.000Z', { lead: bert, by: anna, action: { does: 'follow-up', how: 'call' } }),
    demoRequest('tried', '2026-11-20T10:30:00.000Z', anna, { profile: { name: 'annazzname' } }),
  ]);
  const before = kept();

  await operate({ operation: 'erase-person', lead }, 'op_1');

  expect(kept().sort()).toEqual(before.sort());
  expect(everyRow(world).join('')).not.toContain('annazzname');
  await operate({ operation: 'rebuild' }, 'op_2');
  expect(kept().sort()).toEqual(before.sort());
});

it('keeps of dead letters and of what is refused whatever is of others', async () => {
  const dead = [...words, touch({ id: 'hers', occurredAt: '2026-11-20T10:00:00.000Z', person: { email: anna } })];
  const { database } = world.embedded;
  await database.write(() =>
    database
      .prepare('INSERT INTO dead_letters (queue, died_at, body) VALUES (?, ?, ?)')
      .run('prompt', world.embedded.clock.now(), JSON.stringify(dead)),
  );
  const refused = touch({ id: 'refused', occurredAt: '2026-11-20T10:00:00.000Z', event: `of ${anna}`, campaign: 'x' });
  await live(world, [refused]);

  await operate({ operation: 'erase-person', lead }, 'op_1');

  expect(rowsWith(world, 'anna')).toEqual([]);
  const rows = everyRow(world);
  expect(rows.filter((row) => row.startsWith('dead_letters')).join('')).toMatch(/bertzzmail.*anon:nobody/);
  expect(rows.filter((row) => row.includes('QUARANTINE')).join('')).toContain('refused');
});

it('tells whoever asks only the words of others about them', async () => {
  await live(world, [...linesOf('anna'), ...linesOf('bert'), ...words]);

  const { found } = await exportPerson(world.embedded, lead, undefined);

  const text = JSON.stringify(found);
  expect(text).toContain('Anna Annazzsaid');
  expect(text).toContain(`/the-pricing-page?utm=1&email=${anna}`);
  expect(text.match(/bert(?:other)?zz\w+/g)).toBeNull();
  expect(text).not.toContain('anon:nobody');
  const deals = found.flatMap(({ items }) => items).filter((item) => JSON.stringify(item).includes('"opportunity"'));
  expect(JSON.stringify(deals)).toContain('annazzrecord');
});
