// What people said of mail they did not ask for: kept with the wording and when, and the last word counts by when it was said.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Playbook } from '../../lib/domain/playbook/playbook.ts';
import { allOf, membersOf } from '../../lib/table/items.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { crm, demoRequest } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';

const at = (time: string): string => `2026-11-20T${time}:00.000Z`;
const email = 'bea@acme.example';
/** Its form is answered only to who consented. */
const playbook = ((): Playbook => {
  const base = testPlaybook();
  const form = base.forms['demo-request']!;
  const autoResponse = { ...form.autoResponse!, consent: 'required' as const };
  return { ...base, forms: { ...base.forms, 'demo-request': { ...form, autoResponse } } };
})();
let world: World;
beforeEach(async () => {
  world = await openWorld(at('12:00'), { playbook });
});
afterEach(() => world.close());

const agreed = { marketing: true, textVersion: '2026-11' };
const asked = (id: string, time: string, consent?: typeof agreed) =>
  demoRequest(id, at(time), email, consent === undefined ? {} : { consent });
const withdrawn = (time: string) =>
  crm('w', at(time), { object: 'person', externalId: '1', email, consent: { marketing: false } });
const mailsToThem = () => allOf('notice', world.items()).filter(({ notice }) => notice.to === email).length;
const consentOf = () => membersOf(world.items())[0]?.state.consent;

it('is kept with its wording, when it was given and by what', async () => {
  await world.deliver([asked('f', '09:00', agreed)]);

  expect(consentOf()).toEqual({ value: true, at: at('09:00'), source: 'form', textVersion: '2026-11' });
  expect(mailsToThem()).toBe(1);
});

it('is not there where nothing was said', async () => {
  await world.deliver([asked('f', '09:00')]);

  expect(consentOf()).toBeUndefined();
  expect(mailsToThem()).toBe(0);
});

it.each([
  ['after the form', '10:00', 0],
  ['before it', '08:00', 1],
])('withdrawn in the CRM %s, whichever is heard first', async (_when, time, mails) => {
  await world.deliver([withdrawn(time)]);
  await world.deliver([asked('f', '09:00', agreed)]);

  expect(consentOf()?.value).toBe(mails === 1);
  expect(mailsToThem()).toBe(mails);
});
