// Lines about persons that the CRM merges, converts, deletes and gives back, and who is whom by then.
import type { Captured } from '../../events/catalogue.ts';
import type { CrmChange } from '../../events/crm-change-captured.v1.ts';
import { anyTouch, noFacts, touchesIn } from '../../lib/domain/facts/facts.ts';
import { leadIdOfCrmPerson } from '../../lib/domain/ids.ts';
import { readLead } from '../../lib/steps/read-lead.ts';
import { membersOf } from '../../lib/table/items.ts';
import { crm, demoRequest } from '../simulation/lines.ts';
import type { World } from '../simulation/world.ts';
import { at } from './matching-lines.ts';

type PersonChange = Partial<Extract<CrmChange, { object: 'person' }>>;
export const record = (time: string, externalId: string, given: PersonChange): Captured =>
  crm(`${externalId}-${time}`, at(time), { object: 'person', externalId, ...given });
export const call = (time: string, personExternalId: string): Captured =>
  crm(`call-${time}`, at(time), { object: 'activity', externalId: `call-${time}`, personExternalId, kind: 'call' });
export const asksWith = (time: string, email: string, consent?: boolean): Captured =>
  demoRequest(`form-${time}`, at(time), email, consent === undefined ? {} : { consent: { marketing: consent } });
/** Each lead with how many touches it has and how many of the CRM’s records. */
export const leadsIn = (world: World) =>
  membersOf(world.items())
    .map(({ email = '', state: { facts = noFacts }, records = [] }): [string, number, number] => {
      return [email, touchesIn(facts, anyTouch), records.length];
    })
    .sort();
export const stateOfLead = (world: World, email: string) =>
  membersOf(world.items()).find((member) => member.email === email)?.state;
export const answersFor = async (world: World, ...ids: string[]) =>
  Promise.all(ids.map(async (id) => (await readLead(world.embedded.table, id))?.email));
export const recordId = (externalId: string): string => leadIdOfCrmPerson('crm', externalId);
