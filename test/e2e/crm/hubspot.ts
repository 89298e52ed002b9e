// Stories told to a HubSpot: contracts are deals that were won, and what a rep did shows in the contact's properties.
import * as z from 'zod';
import { openStubHubspot } from '../../crm/stub-hubspot.ts';
import { type CrmDriver, daysInMinutes, failed, stubClock, toldIn } from './driver.ts';

const names = {
  ...{ status: 'muster_status', reason: 'muster_reason', grade: 'muster_grade', score: 'muster_score' },
  id: 'muster_id',
};
const batch = z.object({ inputs: z.array(z.object({ id: z.string(), properties: z.record(z.string(), z.string()) })) });
const kinds = { person: 'contacts', account: 'companies' } as const;

export const openHubspot = async (connection: string, publicUrl: string) => {
  const [clientSecret, accessToken, portalId] = ['hubspot-app-secret', 'hubspot-access-token', 62_515];
  const clock = stubClock();
  const stub = await openStubHubspot({ clientSecret, accessToken, portalId, now: clock.now });

  const open = async (pipeline: string, { account, person }: { account: string; person?: string }) => {
    const deal = await stub.create('deals', { dealname: 'Licences', dealstage: 'appointmentscheduled', pipeline });
    await stub.associate(deal, { companies: [account], contacts: person === undefined ? [] : [person] });
    return deal;
  };
  const driver: CrmDriver = {
    connection,
    tellsEnds: true,
    createAccount: ({ name, domain }) => stub.create('companies', { name, domain }),
    createPerson: ({ email, firstName: firstname, lastName: lastname, account: associatedcompanyid }) =>
      stub.create('contacts', { email, firstname, lastname, associatedcompanyid }),
    followUp: (person) => stub.change('contacts', person, { notes_last_contacted: String(Date.now()) }),
    openOpportunity: (parties) => open('default', parties),
    openRenewal: (parties) => open('renewals', parties),
    work: (deal) => stub.change('deals', deal, { dealstage: 'presentationscheduled' }),
    win: async (deal) => {
      await stub.change('deals', deal, { dealstage: 'closedwon' });
      return deal;
    },
    lose: (deal) => stub.change('deals', deal, { dealstage: 'closedlost' }),
    endContract: (deal) => stub.remove('deals', deal),
    sellLongAgo: (account) =>
      clock.past(daysInMinutes(500), async () => {
        await stub.change('deals', await open('default', { account }), { dealstage: 'closedwon' });
      }),
    setPartner: (account, isPartner) => stub.change('companies', account, { type: isPartner ? 'PARTNER' : 'PROSPECT' }),
    mergePeople: (into, from) => stub.merge('contacts', into, from),
    removePerson: (person) => stub.remove('contacts', person),
    told: (object, id) => toldIn(stub.record(kinds[object], id)?.properties, names),
    written: () =>
      stub.requests
        .filter(({ path }) => path.endsWith('/batch/update'))
        .flatMap(({ path, body }) =>
          batch.parse(body).inputs.map(({ id, properties }) => ({
            record: `${path} ${id}`,
            values: JSON.stringify([properties[names.status], properties[names.grade], properties[names.id]]),
          })),
        ),
    past: clock.past,
    refused: () => failed(stub.deliveries),
    ...{ sendTo: stub.sendTo, settled: stub.settled, close: stub.close },
  };
  return {
    driver,
    url: (apiUrl: string) => `${apiUrl}/crm/${connection}`,
    tenant: { kind: 'hubspot', portalId, publicUrl, apiUrl: stub.url, writeBack: { person: names, account: names } },
    ...{ webhookSecret: clientSecret, credentials: { accessToken } },
  };
};
