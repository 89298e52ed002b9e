// Segment's client for servers reports a demo request, and nobody answers it.
import { Analytics } from '@segment/analytics-node';
import { expect, it } from 'vitest';
import { type Edition, findLead, leadThat, mailAbout, mailsAbout, writeKey } from './edition.ts';
import { eventually, until } from './eventually.ts';

const reps = ['ada@demo.example', 'ben@demo.example'];
const manager = 'grace@demo.example';
const director = 'olivia@demo.example';

const report = async ({ apiUrl }: Edition, email: string): Promise<void> => {
  const { origin, pathname } = new URL(apiUrl);
  const failures: unknown[] = [];
  const client = new Analytics({ writeKey, host: origin, path: `${pathname.replace(/\/$/, '')}/v1/batch` });
  client.on('error', (error) => failures.push(error));
  const userId = 'customer-4711';
  client.identify({ userId, traits: { email, firstName: 'Nora', lastName: 'Node', company: { name: 'Node Works' } } });
  client.track({ userId, event: 'Demo Requested', properties: { plan: 'team' } });
  await client.closeAndFlush();
  expect(failures).toEqual([]);
};

export const serverClientAndEscalation = (current: () => Edition): void => {
  it('carries analytics-node to the rep, reminds, and escalates up the chain when it is due and not before', {
    timeout: 150_000,
  }, async () => {
    const edition = current();
    const email = 'nora@node-works.example';
    await report(edition, email);

    const { account, lead } = await leadThat(
      edition,
      email,
      'to have a clock',
      (found) => found.lead.sla?.toldAt != null,
    );
    const rep = lead.assignment!.email;
    const dueAt = Date.parse(lead.sla!.dueAt);
    expect(account.account).toMatchObject({ status: 'Qualified', domain: 'node-works.example', matched: true });
    expect(reps).toContain(rep);
    const first = await mailAbout(edition, email, 'New lead');
    expect(first.to).toBe(rep);
    expect(first.html).toContain('Nora Node');

    const reminder = await mailAbout(edition, email, 'Reminder');
    expect(reminder.to).toBe(rep);
    const early = await mailsAbout(edition, email, 'Overdue');
    expect(early.length === 0 || Date.now() >= dueAt).toBe(true);

    const escalation = await mailAbout(edition, email, 'Overdue');
    expect(Date.now()).toBeGreaterThanOrEqual(dueAt);
    expect(escalation.to).toBe(manager);
    await eventually({ what: 'a mail to the director', withinMs: edition.patienceMs }, async () =>
      (await mailsAbout(edition, email, 'Overdue')).find(({ to }) => to === director),
    );
    expect(Date.now()).toBeGreaterThanOrEqual(dueAt + 6_000);
    await until(Date.now() + 3_000, async () => {
      const mails = await mailsAbout(edition, email, '');
      const told = mails.map(({ to, subject }) => `${subject.split(':')[0]} ${to}`).sort();
      expect(told).toEqual([`New lead ${rep}`, `Overdue ${manager}`, `Overdue ${director}`, `Reminder ${rep}`]);
    });

    const found = (await findLead(edition, email))!;
    const { breachedAt, stoppedAt, steps } = found.lead.sla!;
    expect(Date.parse(breachedAt!)).toBeGreaterThanOrEqual(dueAt);
    expect(Date.parse(breachedAt!)).toBeLessThan(dueAt + edition.timersLateMs);
    expect(stoppedAt).toBeNull();
    for (const { name, at, takenAt } of steps) expect(takenAt! >= at, name).toBe(true);
    expect(steps.map((step) => [step.do, ...step.to.map((one) => one.email)])).toEqual([
      ['remind', rep],
      ['escalate', manager],
      ['escalate', director],
    ]);
    const notices = found.account.notices.filter(({ kind }) => kind === 'sla-breached');
    expect(notices).toMatchObject([
      { to: manager, state: 'sent' },
      { to: director, state: 'sent' },
    ]);
    expect(Date.parse(notices[0]!.at)).toBeGreaterThanOrEqual(dueAt);
  });
};
