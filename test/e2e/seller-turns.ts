// A lead goes to somebody else, or its clock rests: whoever is concerned is told, and nobody else.
import { expect } from 'vitest';
import { muster } from '../cli/run.ts';
import { type Edition, leadThat, mailsAbout } from './edition.ts';
import { eventually, until } from './eventually.ts';
import { act, ask, leadNow, manager, team, worked } from './seller-leads.ts';

export const goesToSomebodyElse = async (edition: Edition): Promise<void> => {
  const { email, rep: first, lead, sla } = await ask(edition, 'reassign-works', 'builder');
  const second = team.find((one) => one !== first)!;
  const why = 'They know each other.';
  const where = ['--url', edition.apiUrl, '--token', edition.decisionToken];
  const said = ['lead', 'reassign', email, '--to', second, '--by', manager, '--why', why];
  const told = await muster(...said, ...where);
  expect(told, told.stderr).toMatchObject({ code: 0 });

  const turned = await leadThat(
    edition,
    email,
    'to be with the second',
    // The clock may still be that of the first.
    ({ lead: { assignment, sla } }) => assignment?.email === second && (sla?.toldAt ?? '') >= assignment.assignedAt,
  );
  const { assignment, sla: next } = turned.lead;
  expect(assignment).toMatchObject({ turn: 2, history: [{ email: first, by: manager }] });
  expect(assignment!.history[0]!.assignmentId).toBe(lead.assignment!.assignmentId);
  // The playbook says nothing else: the second has all the time there is.
  expect(next).toMatchObject({ carriedMs: 0, workMs: sla.workMs, stoppedAt: null });
  const mail = await eventually({ what: 'the mail of the second', withinMs: edition.patienceMs }, async () =>
    (await mailsAbout(edition, email, 'New lead')).find(({ to }) => to === second),
  );
  expect(mail.text).toContain('this lead is yours');

  await act(edition, email, second, { does: 'follow-up', how: 'call' });
  const answered = await worked(edition, email);
  expect(answered.lead).toMatchObject({ status: 'Sales Working', sla: { met: true } });
  expect(answered.lead.actions.map(({ does, by }) => [does, by?.email])).toEqual([
    ['follow-up', second],
    ['reassign', manager],
  ]);
  expect(answered.lead.actions[1]).toMatchObject({ why, to: { email: second } });
  await until(Date.parse(sla.dueAt) + edition.timersLateMs, async () => {
    const mails = await mailsAbout(edition, email, '');
    expect(mails.map(({ to, subject }) => [to, subject.split(':')[0]]).sort()).toEqual(
      [first, second].map((to) => [to, 'New lead']).sort(),
    );
  });
};

export const rests = async (edition: Edition): Promise<void> => {
  const { email, rep, sla } = await ask(edition, 'pause-works', 'builder');
  await act(edition, email, rep, { does: 'pause' });
  const paused = await leadThat(edition, email, 'to rest', (found) => found.lead.sla!.rests.length === 1);
  expect(paused.lead.sla!.dueAt > sla.dueAt).toBe(true);
  await until(Date.parse(sla.remindAt!) + edition.timersLateMs, async () =>
    expect(await mailsAbout(edition, email, 'Reminder')).toEqual([]),
  );
  expect(await leadNow(edition, email)).toMatchObject({ status: 'Qualified', sla: { remindedAt: null } });

  await act(edition, email, rep, { does: 'resume' });
  const { lead } = await leadThat(
    edition,
    email,
    'to go on',
    (found) => found.lead.sla!.dueAt < paused.lead.sla!.dueAt,
  );
  const { rests, dueAt, remindAt } = lead.sla!;
  const rested = Date.parse(rests[0]!.to) - Date.parse(rests[0]!.from);
  expect(Date.parse(dueAt)).toBe(Date.parse(sla.dueAt) + rested);
  expect(Date.parse(remindAt!)).toBe(Date.parse(sla.remindAt!) + rested);

  await act(edition, email, rep, { does: 'follow-up', how: 'email' });
  const answered = await worked(edition, email);
  expect(answered.lead.sla).toMatchObject({ met: true, dueAt });
  const [followUp, resume, pause] = answered.lead.actions;
  for (const [said, does] of [
    [followUp, 'follow-up'],
    [resume, 'resume'],
    [pause, 'pause'],
  ] as const)
    expect(said).toMatchObject({ does, by: { email: rep } });
  expect(rests).toEqual([{ from: pause!.occurredAt, to: resume!.occurredAt }]);
};
