// What somebody is given who asks what is held of them: every value they ever left, and none of whoever else is of their account.
import { expect, it } from 'vitest';
import { leadIdOfEmail } from '../../lib/domain/ids.ts';
import { exportPerson } from '../../lib/steps/export-person.ts';
import { crm } from '../simulation/lines.ts';
import { openWorld } from '../simulation/world.ts';
import { emailOf, linesOf, live } from './person.ts';

it('has every value of theirs, and nothing of another person of the account', async () => {
  const world = await openWorld('2026-11-20T12:00:00.000Z');
  const prompt = world.embedded.queues.queue('prompt');
  await live(world, [...linesOf('anna'), ...linesOf('bert')]);
  await prompt.send([`not json: ${emailOf('anna')}`]);
  await world.runtime.advanceTo(world.embedded.clock.now() + 2 * 3_600_000);

  const page = await exportPerson(world.embedded, leadIdOfEmail(emailOf('anna')), undefined);

  const text = JSON.stringify(page);
  const given = new Set(JSON.stringify(linesOf('anna')).match(/annazz\w+/g));
  expect([...given].filter((value) => !text.includes(value))).toEqual([]);
  expect(given.size).toBeGreaterThan(30);
  expect(text.match(/bert(?:other)?zz\w+/g)).toBeNull();
  expect(page.next).toBeNull();
  const ofBert = await exportPerson(world.embedded, leadIdOfEmail(emailOf('bert')), undefined);
  expect(JSON.stringify(ofBert).match(/anna(?:other)?zz\w+/g)).toBeNull();
  expect(page.found.map(({ kind }) => kind).sort()).toEqual(
    expect.arrayContaining([
      'assignment',
      'dead-letter',
      'lead',
      'lead-assessment',
      'member',
      'notice',
      'quarantine',
      'sla',
      'trail',
    ]),
  );
  await world.close();
});

it('has that they withdrew by unsubscribing at the CRM, and by which', async () => {
  const world = await openWorld('2026-11-20T12:00:00.000Z');
  const record = { object: 'person', externalId: '1', email: emailOf('anna'), unsubscribed: true } as const;
  await live(world, [crm('u', '2026-11-20T10:00:00.000Z', record, 'hubspot'), ...linesOf('anna')]);

  const { found } = await exportPerson(world.embedded, leadIdOfEmail(emailOf('anna')), undefined);

  const member = found.find(({ kind }) => kind === 'member')?.items;
  const withdrawn = { value: false, at: '2026-11-20T10:00:00.000Z', source: 'hubspot' };
  expect(member).toMatchObject([{ state: { consent: withdrawn } }]);
  await world.close();
});
