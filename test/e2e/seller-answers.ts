// Follow-ups heard of once time was up: those that came too late, and one that had been in time.
import { expect } from 'vitest';
import { type Edition, leadThat, mailAbout, mailsAbout, type ReceivedMail } from './edition.ts';
import { eventually, until } from './eventually.ts';
import { postCrm } from './post.ts';
import { act, ask, manager, worked } from './seller-leads.ts';

/** The mail to the manager, once time is up. */
const overdue = async (edition: Edition, email: string, rep: string): Promise<ReceivedMail> => {
  expect((await mailAbout(edition, email, 'Reminder')).to).toBe(rep);
  const escalation = await mailAbout(edition, email, 'Overdue');
  expect(escalation.to).toBe(manager);
  return escalation;
};

export const isTooLate = async (edition: Edition): Promise<void> => {
  const { email, rep, sla } = await ask(edition, 'late-works', 'decider');
  await overdue(edition, email, rep);
  await act(edition, email, rep, { does: 'follow-up', how: 'call' });
  const { lead } = await worked(edition, email);
  expect(lead).toMatchObject({ status: 'Sales Working', sla: { met: false, ending: 'answered', correctedAt: null } });
  expect(lead.sla!.stoppedAt! > sla.dueAt).toBe(true);
};

export const wasInTime = async (edition: Edition): Promise<void> => {
  const { email, rep, sla } = await ask(edition, 'logged-works', 'decider');
  const escalation = await overdue(edition, email, rep);
  const occurredAt = new Date(Date.parse(sla.dueAt) - 3_000).toISOString();
  const call = { object: 'activity', externalId: 'logged-call', personEmail: email, kind: 'call', occurredAt };
  expect((await postCrm(edition, 'logged-call', [call])).status).toBe(202);

  const put = await leadThat(edition, email, 'to have been met', (found) => found.lead.sla?.met === true);
  expect(put.lead).toMatchObject({ status: 'Sales Working', sla: { stoppedAt: occurredAt, ending: 'answered' } });
  expect(put.lead.sla!.correctedAt).not.toBeNull();
  expect(put.lead.sla!.breachedAt! >= sla.dueAt).toBe(true);

  const subject = escalation.subject.replace('Overdue', 'Put right');
  const corrections = async () => (await edition.mails()).filter((mail) => mail.subject === subject);
  const [correction] = await eventually({ what: subject, withinMs: edition.patienceMs }, async () => {
    const mails = await corrections();
    return mails.length > 0 ? mails : undefined;
  });
  expect(correction!.to).toBe(manager);
  expect(correction!.text).toContain('Somebody did follow up within the agreed time');
  await until(Date.now() + edition.quietMs, async () => {
    expect(await corrections()).toHaveLength(1);
    expect(await mailsAbout(edition, email, 'Overdue')).toHaveLength(1);
  });
};
