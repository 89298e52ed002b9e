// Stories told to a Salesforce: contracts are records of their own, and so is who an opportunity is with.
import * as z from 'zod';
import { openStubSalesforce } from '../../crm/stub-salesforce.ts';
import { type CrmDriver, failed, type Parties, stubClock, toldIn } from './driver.ts';

const names = {
  ...{ status: 'Muster_Status__c', reason: 'Muster_Reason__c', grade: 'Muster_Grade__c', score: 'Muster_Score__c' },
  id: 'Muster_Id__c',
};
const collection = z.object({ records: z.array(z.looseObject({ id: z.string() })) });
const kinds = { person: 'Contact', account: 'Account' } as const;
const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Change events instead of Outbound Messages: on the bus of that event source. */
export interface Relay {
  eventSource: string;
  put: (detail: Readonly<Record<string, unknown>>) => Promise<void>;
}

export const openSalesforce = async (connection: string, relay?: Relay) => {
  const [clientId, clientSecret] = ['salesforce-client', 'salesforce-client-secret'];
  const organisationId = '00D5e0000000001EAA';
  const secret = 'salesforce0path0secret';
  const own = Object.values(names);
  const clock = stubClock();
  const stub = await openStubSalesforce({
    ...{ clientId, clientSecret, organisationId, now: clock.now },
    customFields: { Contact: own, Lead: own, Account: own },
  });
  let [relayed, lost] = [0, false];
  /** As Event Relay does, of what somebody did and of what Muster wrote. */
  const settled = async (): Promise<void> => {
    await stub.settled();
    for (; relayed < stub.changeEvents.length; relayed += 1) if (!lost) await relay?.put(stub.changeEvents[relayed]!);
  };
  const done = async <Result>(doing: Promise<Result>): Promise<Result> => {
    const result = await doing;
    await settled();
    return result;
  };

  const open = async (Type: string, { account, person }: Parties): Promise<string> => {
    const fields = { AccountId: account, Name: 'Licences', StageName: 'Prospecting', Type };
    const opportunity = await stub.create('Opportunity', fields);
    const role = { OpportunityId: opportunity, ContactId: person, IsPrimary: true };
    await done(stub.create('OpportunityContactRole', role));
    return opportunity;
  };
  const contract = (AccountId: string, StartDate: string, EndDate: string): Promise<string> =>
    done(stub.create('Contract', { AccountId, StartDate, EndDate, Status: 'Activated' }));
  const stage = (opportunity: string, StageName: string) =>
    done(stub.change('Opportunity', opportunity, { StageName }));

  const driver: CrmDriver = {
    connection,
    // Outbound Messages tell neither, and of merges change events say only that one was deleted.
    tellsEnds: false,
    createAccount: ({ name, domain }) => done(stub.create('Account', { Name: name, Website: `https://${domain}` })),
    createPerson: ({ email, firstName, lastName, account }) =>
      done(stub.create('Contact', { FirstName: firstName, LastName: lastName, Email: email, AccountId: account })),
    createLead: ({ email, firstName, lastName, company }) =>
      done(stub.create('Lead', { FirstName: firstName, LastName: lastName, Email: email, Company: company })),
    followUp: async (person) => {
      await done(stub.create('Task', { WhoId: person, Subject: 'Call', Status: 'Completed', TaskSubtype: 'Call' }));
    },
    openOpportunity: (parties) => open('New Business', parties),
    openRenewal: (parties) => open('Renewal', parties),
    work: (opportunity) => stage(opportunity, 'Negotiation/Review'),
    win: async (opportunity, account) => {
      await stage(opportunity, 'Closed Won');
      return contract(account, day(-1), day(364));
    },
    lose: (opportunity) => stage(opportunity, 'Closed Lost'),
    endContract: (one) => done(stub.change('Contract', one, { EndDate: day(-1) })),
    sellLongAgo: async (account) => {
      await contract(account, day(-500), day(-135));
    },
    setPartner: (account, isPartner) =>
      done(stub.change('Account', account, { Type: isPartner ? 'Partner' : 'Prospect' })),
    mergePeople: (into, from) => done(stub.merge('Contact', into, from)),
    removePerson: (person) => done(stub.remove('Contact', person)),
    told: (object, id) => toldIn(stub.record(id.startsWith('00Q') ? 'Lead' : kinds[object], id)?.properties, names),
    written: () =>
      stub.requests
        .filter(({ method, path }) => method === 'PATCH' && path.includes('/composite/sobjects'))
        .flatMap(({ body }) =>
          collection.parse(body).records.map((record) => ({
            record: record.id,
            values: JSON.stringify([record[names.status], record[names.grade], record[names.id]]),
          })),
        ),
    past: clock.past,
    refused: () => failed(stub.deliveries),
    sendTo: (url) => {
      lost = url === undefined;
      stub.sendTo(relay === undefined ? url : undefined);
    },
    ...{ settled, close: stub.close },
  };
  return {
    driver,
    url: (apiUrl: string) => `${apiUrl}/crm/${connection}/${secret}`,
    tenant: {
      ...{ kind: 'salesforce', organisationId, apiUrl: stub.url, writeBack: { person: names, account: names } },
      ...(relay && { eventSource: relay.eventSource }),
    },
    ...{ webhookSecret: secret, credentials: { clientId, clientSecret } },
  };
};
