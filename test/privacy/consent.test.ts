// What people said of mail they did not ask for: kept with the wording and when, and the last word counts by when it was said.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import { noMapping } from '../../lib/domain/playbook/crm-mapping.ts';
import type { Playbook } from '../../lib/domain/playbook/playbook.ts';
import { hubspot, hubspotRecords } from '../../lib/sources/hubspot.ts';
import { pipedriveRecords } from '../../lib/sources/pipedrive.ts';
import { salesforceRecords } from '../../lib/sources/salesforce-records.ts';
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

/** Lines as the CRMs' own sources make them of what these send and list. */
const unsubscribedAt = (time: string, now = at('12:00')): Readonly<Record<string, Captured[]>> => {
  const moment = Date.parse(at(time));
  const optOut = {
    subscriptionType: 'contact.propertyChange',
    portalId: 1,
    objectId: 5,
    occurredAt: moment,
    eventId: 9,
  };
  const change = { propertyName: 'hs_email_optout', propertyValue: 'true' };
  const delivery = { method: 'POST', url: '', headers: {}, body: Buffer.alloc(0), now: Date.parse(now) };
  const webhook = hubspot.read(
    { ...delivery, source: 'hubspot', connection: { kind: 'hubspot', portalId: 1 } },
    [{ ...optOut, ...change }],
    noMapping,
  );
  const rows = [{ Id: '003000000000001AAA', Email: email, HasOptedOutOfEmail: true, SystemModstamp: at(time) }];
  const persons = [{ id: 5, emails: [{ value: email }], marketing_status: 'unsubscribed', update_time: at(time) }];
  const contacts = [{ id: '5', properties: { email, hs_email_optout: 'true' }, updatedAt: at(time) }];
  return {
    'HubSpot’s webhook': 'lines' in webhook ? [...webhook.lines] : [],
    'HubSpot’s list': hubspotRecords('contact', contacts, 'hubspot', Date.parse(now), noMapping).lines,
    Salesforce: salesforceRecords('Contact', rows, 'salesforce', Date.parse(now), noMapping).lines,
    Pipedrive: pipedriveRecords('person', persons, 'pipedrive', Date.parse(now), noMapping).lines,
    'a webhook of one’s own': [crm('u', at(time), { object: 'person', externalId: '1', email, unsubscribed: true })],
  };
};
/** Who they are: HubSpot’s webhook tells a change by the record’s number alone. */
const known = crm('k', at('08:30'), { object: 'person', externalId: '5', email }, 'hubspot');

it.each(Object.keys(unsubscribedAt('10:00')))('is withdrawn by who unsubscribed, as told by %s', async (way) => {
  await world.deliver([known, ...unsubscribedAt('10:00')[way]!]);
  await world.deliver([asked('f', '09:00', agreed)]);

  expect(consentOf()).toMatchObject({ value: false, at: at('10:00') });
  expect(consentOf()?.source).not.toBe('form');
  expect(mailsToThem()).toBe(0);
});

it.each(Object.keys(unsubscribedAt('10:00')))('given again by a form outlasts what %s says again', async (way) => {
  await world.deliver([known, ...unsubscribedAt('08:45')[way]!, ...unsubscribedAt('11:00')[way]!]);
  await world.deliver([asked('f', '09:00', agreed)]);

  expect(consentOf()).toMatchObject({ value: true, source: 'form' });
  expect(mailsToThem()).toBe(1);
});
