// Stories told to three CRMs through their own clients and webhooks, the same to each: what happens there and on the site, and what must
// stand after each step, in Muster as its API shows it and in the CRM as Muster wrote it.
import { describe, expect, it } from 'vitest';
import type { CrmDriver } from './crm/driver.ts';
import { askForDemo, ends, enter, unheard } from './crm/happenings.ts';
import { type Step, type Story, tell } from './crm/scene.ts';
import type { Edition } from './edition.ts';
import { eventually } from './eventually.ts';

const entered: Step = {
  what: 'the company and Bea are entered in the CRM',
  does: enter,
  ...{ account: 'Pre-Qualified', lead: 'Pre-Qualified' },
};
const asks: Step = {
  what: 'Bea asks for a demo',
  does: (scene) => askForDemo(scene, scene.cast.email),
  ...{ account: 'Qualified', lead: 'Qualified' },
};

const isOf =
  (person: string) =>
  ({ record }: { record: string }): boolean =>
    record.split(/[ /]/).at(-1) === person;

const stories: Readonly<Record<string, Story>> = {
  sold: {
    title: 'is told what becomes of who asked for a demo, from the first call to the end of the contract',
    steps: [
      entered,
      asks,
      {
        what: 'a rep calls Bea',
        does: ({ crm, cast }) => crm.followUp(cast.person),
        ...{ account: 'Sales Working', lead: 'Sales Working' },
      },
      {
        what: 'an opportunity is opened with Bea as its contact',
        does: async ({ crm, cast }) => {
          cast.others.sale = await crm.openOpportunity(cast);
        },
        ...{ account: 'Opportunity Open', lead: 'Opportunity Open' },
      },
      {
        what: 'it goes on',
        does: ({ crm, cast }) => crm.work(cast.others.sale!),
        ...{ account: 'Opportunity Open', lead: 'Opportunity Open' },
      },
      {
        what: 'it is won, and a contract holds',
        does: async ({ crm, cast }) => {
          cast.others.contract = await crm.win(cast.others.sale!, cast.account);
        },
        ...{ account: 'Customer', lead: 'Nurture' },
      },
      { ...asks, what: 'Bea asks for another demo', account: 'Customer Engaged' },
      {
        what: 'a renewal is made automatically, and a rep calls Bea',
        does: async ({ crm, cast }) => {
          cast.others.renewal = await crm.openRenewal(cast);
          await crm.followUp(cast.person);
        },
        // Nobody works on the renewal: if it counted, these were Customer Opportunity and Opportunity Open.
        ...{ account: 'Customer Engaged', lead: 'Sales Working' },
      },
      {
        what: 'the renewal is worked on',
        does: ({ crm, cast }) => crm.work(cast.others.renewal!),
        ...{ account: 'Customer Opportunity', lead: 'Opportunity Open' },
      },
      {
        what: 'the renewal is lost',
        does: ({ crm, cast }) => crm.lose(cast.others.renewal!),
        ...{ account: 'Customer', lead: 'Nurture' },
      },
      {
        what: 'the contract is over',
        does: ({ crm, cast }) => crm.endContract(cast.others.contract!),
        // Not Churned: Bea did something today.
        ...{ account: 'Nurture', lead: 'Nurture' },
      },
    ],
  },
  churned: {
    title: 'is told who churned, who comes back, and what somebody there decided of the whole company',
    steps: [
      {
        what: 'the contract of a company that is entered ended long ago',
        does: async (scene) => {
          await enter(scene);
          await scene.crm.sellLongAgo(scene.cast.account);
        },
        ...{ account: 'Churned', lead: 'Pre-Qualified' },
      },
      asks,
      {
        what: 'somebody sets the company to be a partner',
        does: ({ crm, cast }) => crm.setPartner(cast.account, true),
        ...{ account: 'Partner', lead: 'Partner' },
      },
      {
        what: 'and takes that back',
        does: ({ crm, cast }) => crm.setPartner(cast.account, false),
        ...{ account: 'Qualified', lead: 'Qualified' },
      },
    ],
  },
  merged: {
    title: 'makes two contacts one by merging them, and hears no more of one that it deletes',
    steps: [
      entered,
      {
        what: 'a second contact of Bea’s is entered, with another address',
        does: async ({ crm, cast }) => {
          const { domain, account } = cast;
          const bea = { email: `buyer@${domain}`, firstName: 'Bea', lastName: 'Buyer', account };
          cast.others.second = await crm.createPerson(bea);
        },
        ...{ account: 'Pre-Qualified', lead: 'Pre-Qualified' },
        and: ({ view }) => view.leads.length === 2,
      },
      {
        what: 'the second is merged into the first',
        does: (scene) => {
          const { crm, cast } = scene;
          return ends(scene, crm.mergePeople(cast.person, cast.others.second!));
        },
        ...{ account: 'Pre-Qualified', lead: 'Pre-Qualified' },
        and: ({ view }) => view.leads.length === 1,
      },
      {
        what: 'Bea asks for a demo from her second address',
        does: (scene) => askForDemo(scene, `buyer@${scene.cast.domain}`),
        ...{ account: 'Qualified', lead: 'Qualified' },
        and: ({ view }) => view.leads.length === 1,
      },
      {
        what: 'Cyd is entered, deleted, and asks for a demo',
        does: async (scene) => {
          const { crm, cast, edition } = scene;
          const cyd = { email: `cyd@${cast.domain}`, firstName: 'Cyd', lastName: 'Buyer', account: cast.account };
          const person = await crm.createPerson(cyd);
          await eventually({ what: 'Cyd to be told of', withinMs: edition.patienceMs }, () =>
            crm.told('person', person),
          );
          await ends(scene, crm.removePerson(person));
          await askForDemo(scene, cyd.email);
          cast.others.cyd = person;
        },
        ...{ account: 'Qualified', lead: 'Qualified' },
        and: ({ view }, { cast: { domain } }) =>
          view.leads.some(({ email, status }) => email === `cyd@${domain}` && status === 'Qualified'),
      },
    ],
    // The CRM has no such record any more, and is not asked to take what became of Cyd.
    atLast: ({ crm, cast }) => expect(crm.written().filter(isOf(cast.others.cyd!))).toHaveLength(1),
  },
  lost: {
    title: 'is asked what changed, and says it, where its deliveries got lost',
    steps: [
      {
        what: 'all of an opportunity is lost on the way',
        does: (scene) =>
          unheard(scene, () =>
            // Some CRMs' lists tell times by the second: not in the same one as what comes next.
            scene.crm.past(5, async () => {
              await enter(scene);
              scene.cast.others.sale = await scene.crm.openOpportunity(scene.cast);
            }),
          ),
        ...{ account: 'Opportunity Open', lead: 'Opportunity Open' },
      },
      {
        what: 'that it was lost is lost',
        does: (scene) => unheard(scene, () => scene.crm.lose(scene.cast.others.sale!)),
        ...{ account: 'Nurture', lead: 'Nurture' },
      },
    ],
  },
};

export const crmConnections = ['hubspot', 'salesforce', 'pipedrive'] as const;

export const crmStories = (current: () => Edition, connections: readonly string[]): void => {
  describe.each(connections)('%s', (connection) => {
    const driver = (): CrmDriver => current().crms.drivers.find((one) => one.connection === connection)!;

    for (const [name, story] of Object.entries(stories)) {
      it(story.title, { timeout: 300_000 }, () => tell(current(), driver(), story, name));
    }
  });
};
