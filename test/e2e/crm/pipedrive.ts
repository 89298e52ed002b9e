// Stories told to a Pipedrive: contracts are deals that were won, and what a rep did is an activity.
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { openStubPipedrive } from '../../crm/stub-pipedrive.ts';
import { type CrmDriver, daysInMinutes, failed, stubClock, toldIn } from './driver.ts';

/** As Pipedrive names fields of the tenant's own. */
const key = (name: string): string => createHash('sha1').update(name).digest('hex');
const names = {
  ...{ status: key('status'), reason: key('reason'), grade: key('grade'), score: key('score') },
  id: key('id'),
};
/** Where the playbook of these tests has the account's stage. */
const stageKey = '9dc80c50d78a15643bfc4ca79d76156a73a1ca0e';
const update = z.object({ custom_fields: z.record(z.string(), z.unknown()) });
const kinds = { person: 'person', account: 'organization' } as const;
const customFields = z.object({ custom_fields: z.record(z.string(), z.unknown()).optional() });

export const openPipedrive = async (connection: string) => {
  const [basicAuth, apiToken, companyId] = ['muster:pipedrive-password', 'pipedrive-token', 8_087_566];
  const clock = stubClock();
  const stub = await openStubPipedrive({ basicAuth, apiToken, companyId, now: clock.now });

  const open = (pipeline_id: number, { account, person }: { account: string; person?: string }) => {
    const of = { org_id: Number(account), person_id: person === undefined ? null : Number(person) };
    return stub.create('deal', { title: 'Licences', ...of, status: 'open', stage_id: pipeline_id * 10, pipeline_id });
  };
  const driver: CrmDriver = {
    connection,
    tellsEnds: true,
    createAccount: ({ name, domain }) => stub.create('organization', { name, website: `https://www.${domain}` }),
    createPerson: ({ email, firstName, lastName, account }) =>
      stub.create('person', {
        ...{ name: `${firstName} ${lastName}`, first_name: firstName, last_name: lastName, org_id: Number(account) },
        emails: [{ label: 'work', primary: true, value: email }],
      }),
    followUp: async (person) => {
      await stub.create('activity', { type: 'call', subject: 'Call', done: true, person_id: Number(person) });
    },
    openOpportunity: (parties) => open(1, parties),
    openRenewal: (parties) => open(3, parties),
    work: (deal) => stub.change('deal', deal, { stage_id: 99 }),
    win: async (deal) => {
      await stub.change('deal', deal, { status: 'won' });
      return deal;
    },
    lose: (deal) => stub.change('deal', deal, { status: 'lost' }),
    endContract: (deal) => stub.remove('deal', deal),
    sellLongAgo: (account) =>
      clock.past(daysInMinutes(500), async () => stub.change('deal', await open(1, { account }), { status: 'won' })),
    setPartner: (account, isPartner) =>
      stub.change('organization', account, { custom_fields: { [stageKey]: isPartner ? 17 : 18 } }),
    mergePeople: (into, from) => stub.merge('person', into, from),
    removePerson: (person) => stub.remove('person', person),
    told: (object, id) => {
      const record = stub.record(kinds[object], id);
      return toldIn(record && customFields.parse(record.properties).custom_fields, names);
    },
    written: () =>
      stub.requests
        .filter(({ method }) => method === 'PATCH')
        .map(({ path, body }) => {
          const { custom_fields: own } = update.parse(body);
          return { record: path, values: JSON.stringify([own[names.status], own[names.grade], own[names.id]]) };
        }),
    past: clock.past,
    refused: () => failed(stub.deliveries),
    ...{ sendTo: stub.sendTo, settled: stub.settled, close: stub.close },
  };
  return {
    driver,
    url: (apiUrl: string) => `${apiUrl}/crm/${connection}`,
    tenant: { kind: 'pipedrive', companyId, apiUrl: stub.url, writeBack: { person: names, account: names } },
    ...{ webhookSecret: basicAuth, credentials: { apiToken } },
  };
};
