// Leads of the team of New Zealand, which has no others: who they are, whose they are, and what is done about them.
import { expect } from 'vitest';
import { type Edition, type Found, findLead, leadThat, mailAbout, type ReceivedMail } from './edition.ts';
import { buyer, postAction, postForm } from './post.ts';

export const team = ['kiri@demo.example', 'noa@demo.example'];
export const manager = 'manu@demo.example';

/** By their titles: the clock of the first is due after 32 seconds, that of the second after 12. */
const titles = { builder: 'Software Engineer', decider: 'Head of Procurement' } as const;

export interface Given extends Found {
  email: string;
  /** An e-mail address. */
  rep: string;
  /** By which the rep was told. */
  mail: ReceivedMail;
  sla: NonNullable<Found['lead']['sla']>;
}

/** Somebody of a company of their own asks for a demo, and a rep is told, from when on their clock runs. */
export const ask = async (
  edition: Edition,
  company: string,
  title: keyof typeof titles,
  more: object = {},
): Promise<Given> => {
  const fields = { ...buyer(company), 'job-title': titles[title], country: 'New Zealand', ...more };
  const { email } = fields;
  const response = await postForm(edition, 'demo-request', fields);
  expect(response.status, await response.clone().text()).toBe(202);
  const found = await leadThat(edition, email, 'to have a rep who was told', ({ lead }) => lead.sla?.toldAt != null);
  const rep = found.lead.assignment!.email;
  expect(team).toContain(rep);
  const mail = await mailAbout(edition, email, 'New lead');
  expect(mail.to).toBe(rep);
  return { ...found, email, rep, mail, sla: found.lead.sla! };
};

/** By the API. */
export const act = async (edition: Edition, lead: string, by: string, action: object): Promise<void> => {
  const response = await postAction(edition, { lead, by, action });
  expect(response.status, await response.clone().text()).toBe(202);
};

export const leadNow = async (edition: Edition, email: string): Promise<Found['lead']> =>
  (await findLead(edition, email))!.lead;

export const worked = (edition: Edition, email: string): Promise<Found> =>
  leadThat(edition, email, 'to be worked', ({ lead }) => lead.sla?.stoppedAt != null);
