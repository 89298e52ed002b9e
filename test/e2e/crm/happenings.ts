// What people do in the stories: on the site, and in whichever CRM it is.
import { expect } from 'vitest';
import { postForm } from '../post.ts';
import type { Scene } from './scene.ts';

export const askForDemo = async ({ edition }: Scene, email: string): Promise<void> => {
  const fields = { email, 'first-name': 'Bea', 'last-name': 'Buyer', 'job-title': 'Head of Procurement' };
  expect((await postForm(edition, 'demo-request', fields)).status).toBe(202);
};

export const enter = async ({ crm, cast }: Scene): Promise<void> => {
  cast.account = await crm.createAccount({ name: `${cast.domain.split('.')[0]}`, domain: cast.domain });
  const bea = { email: cast.email, firstName: 'Bea', lastName: 'Buyer', account: cast.account };
  cast.person = await crm.createPerson(bea);
};

/** What a CRM does not tell of by itself, the next pull brings. */
export const ends = async ({ edition, crm }: Scene, act: Promise<void>): Promise<void> => {
  await act;
  if (!crm.tellsEnds) await edition.pullCrms();
};

/** The CRM's deliveries get lost meanwhile; then it is asked. */
export const unheard = async ({ edition, crm }: Scene, act: () => Promise<void>): Promise<void> => {
  const hearAgain = edition.crms.loseDeliveries(crm);
  try {
    await act();
  } finally {
    hearAgain();
  }
  await edition.pullCrms();
};
