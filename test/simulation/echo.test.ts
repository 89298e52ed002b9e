// What Muster writes comes back as the CRM's own webhook, at once and every time: it starts nothing. And where a workflow
// there copies what is written to what is read, what goes in circles comes to an end.
import { afterEach, expect, it } from 'vitest';
import { isVirtual } from '../../lib/adapters/embedded/clock.ts';
import type { CrmUpdate } from '../../lib/crm.ts';
import { type Connection, connections as ofTenant } from '../../lib/domain/connection.ts';
import { crmMappingOf } from '../../lib/domain/playbook/crm-mapping.ts';
import { mostWrites } from '../../lib/domain/write-loop.ts';
import type { Item, Log } from '../../lib/ports.ts';
import { readChangeEvent } from '../../lib/sources/salesforce-cdc.ts';
import { webhookSources } from '../../lib/sources/webhook-sources.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { detailOf } from '../sources/salesforce-events.ts';
import { createMemoryCrm } from '../steps/crm-in-memory.ts';
import { demoRequest, crm as line } from './lines.ts';
import { openWorld, type World } from './world.ts';

const start = '2026-11-20T09:00:00.000Z';
const key = '9dc80c50d78a15643bfc4ca79d76156a73a1ca0e';
const lead = '00Q000000000001EAA';
const kinds = {
  hubspot: { connection: { kind: 'hubspot', portalId: 1 }, property: 'muster_status', person: '501' },
  pipedrive: { connection: { kind: 'pipedrive', companyId: 1 }, property: key, person: '7' },
  salesforce: {
    connection: { kind: 'salesforce', organisationId: '00D000000000062EAA', apiUrl: 'https://acme.my.salesforce.com' },
    ...{ property: 'Muster_Status__c', person: lead },
  },
} as const;
type Kind = keyof typeof kinds;

let world: World;
afterEach(() => world.close());

/** What the CRM sends once a record of its own was written, as the vendor has it. */
const echoOf = (kind: Kind, { externalId, values }: CrmUpdate, property: string, now: number): unknown => {
  const status = String(values.status);
  if (kind === 'hubspot') {
    const event = {
      portalId: 1,
      subscriptionType: 'contact.propertyChange',
      occurredAt: now,
      objectId: Number(externalId),
    };
    return [
      { ...event, eventId: now, propertyName: property, propertyValue: status },
      { ...event, eventId: now + 1, propertyName: 'lastmodifieddate', propertyValue: String(now) },
    ];
  }
  if (kind === 'pipedrive') {
    const meta = { action: 'change', entity: 'person', entity_id: externalId, company_id: '1', version: '2.0' };
    const record = { id: 7, name: 'Bea Old', emails: [{ value: 'bea@acme.example', primary: true }], org_id: null };
    return {
      meta: { ...meta, id: `e${now}`, timestamp: new Date(now).toISOString() },
      data: { ...record, job_title: 'Old title', custom_fields: { [property]: { type: 'varchar', value: status } } },
      previous: { custom_fields: { [property]: null }, update_time: '2026-11-20T08:00:00Z' },
    };
  }
  const stamp = new Date(now).toISOString();
  const change = { entityName: 'Lead', changeType: 'UPDATE', recordIds: [externalId], commitTimestamp: now };
  const detail = detailOf(
    { ...change, changedFields: [property, 'LastModifiedDate', 'SystemModstamp'] },
    { [property]: status, LastModifiedDate: stamp, SystemModstamp: stamp },
  );
  detail.payload.ChangeEventHeader.transactionKey = `t${now}`;
  return detail;
};

/** A world whose CRM answers every writing with its webhook, a second later: of the property that was written, or of the one that
 * somebody's workflow copies it to. */
const openEchoing = async (
  kind: Kind,
  playbookChanges: Parameters<typeof testPlaybook>[0] = {},
  copiedTo: string = kinds[kind].property,
) => {
  const { connection, property } = kinds[kind];
  const writing = { ...connection, writeBack: { person: { status: property } } };
  const connections: Record<string, Connection> = ofTenant.parse({ theirs: writing });
  const playbook = testPlaybook(playbookChanges);
  const mapping = crmMappingOf(playbook, 'theirs');
  const crm = createMemoryCrm();
  const warned: string[] = [];
  let echoed = 0;
  const read = (document: unknown, now: number) => {
    if (kind === 'salesforce') return readChangeEvent(document, { source: 'theirs', now, mapping });
    const delivery = { source: 'theirs', connection: connections.theirs!, method: 'POST', url: '', headers: {}, now };
    return webhookSources[kind].read({ ...delivery, body: Buffer.alloc(0) }, document, mapping);
  };
  crm.before = async (updates) => {
    const { clock } = world.embedded;
    if (isVirtual(clock)) clock.advanceTo(clock.now() + 1_000);
    for (const update of updates) {
      echoed += 1;
      const reading = read(echoOf(kind, update, copiedTo, clock.now()), clock.now());
      if (!('lines' in reading)) throw new Error(JSON.stringify(reading));
      if (reading.lines.length > 0) await world.send([[...reading.lines]]);
    }
  };
  const log: Log = { info: () => undefined, warn: (what) => warned.push(what), error: (what) => warned.push(what) };
  world = await openWorld(start, { playbook, log, crms: { connections, crmOf: async () => crm } });
  return { crm, warned, echoed: () => echoed };
};

const known = (kind: Kind) => {
  const change = { object: 'person', externalId: kinds[kind].person, email: 'bea@acme.example' } as const;
  return line('known', '2026-11-20T08:00:00.000Z', change, 'theirs');
};
const asks = demoRequest('f', start, 'bea@acme.example', { profile: { jobTitle: 'Head of IT' } });
const without = (items: readonly Item[], ...types: string[]) => items.filter(({ type }) => !types.includes(type));

it.each(
  Object.keys(kinds) as Kind[],
)('%s: our own writing changes no fact and no judgement, and is not answered', async (kind) => {
  const { crm, echoed } = await openEchoing(kind);
  await world.deliver([known(kind)]);
  expect(crm.values.get(kinds[kind].person)).toEqual({ status: 'Pre-Qualified' });
  await world.deliver([asks]);
  expect(crm.values.get(kinds[kind].person)).toEqual({ status: 'Qualified' });
  expect(echoed()).toBe(2);
  expect(crm.calls).toHaveLength(2);

  // The same without any echo.
  const heard = without(world.items(), 'sync');
  await world.close();
  const quiet = await openEchoing(kind);
  quiet.crm.before = () => {
    const { clock } = world.embedded;
    if (isVirtual(clock)) clock.advanceTo(clock.now() + 1_000);
  };
  await world.deliver([known(kind)]);
  await world.deliver([asks]);
  expect(without(world.items(), 'sync')).toEqual(heard);
});

it('comes to an end where something in the CRM copies what is written to a property that is read', async () => {
  const stages = {
    person: { Qualified: 'nurture', Nurture: 'working', 'Sales Working': 'open', 'Pre-Qualified': 'open' },
  } as const;
  const { crm, warned } = await openEchoing(
    'hubspot',
    {
      crm: { theirs: { fields: { person: { stage: 'relationship' } }, stages } },
      flapping: { changes: 40, within: '1 minute' },
    },
    'relationship',
  );
  await world.deliver([known('hubspot')]);
  await world.deliver([asks]);
  await world.advanceTo('2026-11-20T09:30:00.000Z');

  expect(crm.calls).toHaveLength(mostWrites);
  expect(warned.filter((one) => one === 'sync-stopped')).toHaveLength(1);
});
