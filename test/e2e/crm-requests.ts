// What somebody has a CRM do by way of Muster: the CRM does it by its own call, says so itself, and only that makes one lead of two here.
import { describe, expect, it } from 'vitest';
import { enter } from './crm/happenings.ts';
import { type Scene, type Step, type Story, tell } from './crm/scene.ts';
import { type Edition, read } from './edition.ts';
import { eventually } from './eventually.ts';
import { postCrmRequest } from './post.ts';

interface Asked {
  state: string;
  by: string;
  gave?: { contact?: string; account?: string };
}

/** Waits until the CRM has done it, and has told so or been asked. */
const done = async ({ edition, crm }: Scene, wants: object): Promise<Asked> => {
  const said = { by: 'ops@seller.example', why: 'Said on the phone.' };
  const response = await postCrmRequest(edition, { ...wants, connection: crm.connection, ...said });
  expect(response.status, await response.clone().text()).toBe(202);
  const { id } = (await response.json()) as { id: string };
  let seen: Asked | undefined;
  const diagnosis = (): string => `${JSON.stringify(seen)}\n${edition.diagnosis()}`;
  const what = `${crm.connection} to do what it was asked`;
  const asked = await eventually({ what, withinMs: edition.patienceMs, diagnosis }, async () => {
    seen = await read<Asked>(edition, `/api/crm-requests/${id}`).catch(() => undefined);
    return seen?.state === 'written' ? seen : undefined;
  });
  expect(asked.by).toBe(said.by);
  await crm.settled();
  if (!crm.tellsEnds) await edition.pullCrms();
  return asked;
};

const standing = { account: 'Pre-Qualified', lead: 'Pre-Qualified' } as const;
const isOne: Step['and'] = ({ view }) => view.leads.length === 1;

const merged: Story = {
  title: 'merges two contacts when it is asked to',
  steps: [
    {
      what: 'the company, Bea and a second contact of hers are entered',
      does: async (scene) => {
        await enter(scene);
        const { crm, cast } = scene;
        const bea = { email: `buyer@${cast.domain}`, firstName: 'Bea', lastName: 'Buyer', account: cast.account };
        cast.others.second = await crm.createPerson(bea);
      },
      ...standing,
      and: ({ view }) => view.leads.length === 2,
    },
    {
      what: 'somebody asks for the second to be merged into the first, twice',
      does: async (scene) => {
        const { person: into, others } = scene.cast;
        const wants = { call: 'merge', object: 'person', into, from: others.second };
        await done(scene, wants);
        await done(scene, wants);
      },
      ...standing,
      and: isOne,
    },
  ],
};

const converted: Story = {
  title: 'converts a lead when it is asked to',
  steps: [
    {
      what: 'the company is entered, and Bea as a lead of none',
      does: async ({ crm, cast }) => {
        const company = cast.domain.split('.')[0]!;
        cast.account = await crm.createAccount({ name: company, domain: cast.domain });
        cast.person = await crm.createLead!({ email: cast.email, firstName: 'Bea', lastName: 'Buyer', company });
      },
      ...standing,
      and: isOne,
    },
    {
      what: 'somebody asks for her to be converted into a contact of it',
      does: async (scene) => {
        const { cast } = scene;
        const asked = await done(scene, { call: 'convert', lead: cast.person, account: cast.account });
        expect(asked.gave).toEqual({ contact: expect.stringMatching(/^003/), account: cast.account });
        cast.person = asked.gave!.contact!;
      },
      ...standing,
      and: isOne,
    },
  ],
};

export const crmRequests = (current: () => Edition, connections: readonly string[]): void => {
  describe.each(connections)('%s, asked by way of Muster,', (connection) => {
    const driver = () => current().crms.drivers.find((one) => one.connection === connection)!;

    it(merged.title, { timeout: 300_000 }, () => tell(current(), driver(), merged, 'asked'));
    // The others have no leads of their own.
    if (!connection.startsWith('salesforce')) return;
    it(converted.title, { timeout: 300_000 }, () => tell(current(), driver(), converted, 'converted'));
  });
};
