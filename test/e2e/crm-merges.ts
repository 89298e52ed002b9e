// What the CRM merges after forms came, over HTTP alone: two contacts are one lead, two accounts are one account, and the old ids answer.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { accountIdOfCrm, leadIdOfCrmPerson, leadIdOfEmail } from '../../lib/domain/ids.ts';
import type { AccountView } from '../../lib/steps/read-accounts.ts';
import type { readLead } from '../../lib/steps/read-lead.ts';
import { type Edition, read } from './edition.ts';
import { eventually } from './eventually.ts';
import { buyer, postCrm, postForm } from './post.ts';

type Lead = NonNullable<Awaited<ReturnType<typeof readLead>>>;

const mergedInTheCrm = async (edition: Edition): Promise<void> => {
  const mark = randomUUID().slice(0, 8);
  const [small, large] = [`small-${mark}`, `large-${mark}`];
  const [first, second] = [`buyer@${small}.example`, `buyer@${large}.example`];
  const [from, into] = [small, large].map((id) => accountIdOfCrm('crm', id)) as [string, string];
  let deliveries = 0;
  const report = async (...changes: object[]): Promise<void> => {
    const occurredAt = new Date().toISOString();
    deliveries += 1;
    const delivery = `merge-${mark}-${deliveries}`;
    const response = await postCrm(
      edition,
      delivery,
      changes.map((change) => ({ occurredAt, ...change })),
    );
    expect(response.status, await response.clone().text()).toBe(202);
  };
  const account = (externalId: string, name: string) => {
    return { object: 'account', externalId, name, domains: [`${externalId}.example`] };
  };
  const contact = (externalId: string, email: string, at: string) => {
    return { object: 'person', externalId: `p-${externalId}`, email, accountExternalId: at };
  };
  /** Leads of an account, by their addresses, and how many forms each has sent. */
  const leadsIn = async (accountId: string): Promise<Record<string, number>> => {
    const { leads } = await read<AccountView>(edition, `/api/accounts/${accountId}`);
    return Object.fromEntries(
      leads.map(({ email, touches }) => [email ?? '', touches.filter(({ kind }) => kind === 'form').length]),
    );
  };
  const eventuallyIn = (accountId: string, expected: Record<string, number>): Promise<true> =>
    eventually(
      {
        what: `${accountId} to have ${JSON.stringify(expected)}`,
        withinMs: edition.patienceMs,
        diagnosis: edition.diagnosis,
      },
      async () => {
        const found = await leadsIn(accountId).catch(() => undefined);
        const inOrder = (leads: object | undefined) => JSON.stringify(Object.entries(leads ?? {}).sort());
        return found && inOrder(found) === inOrder(expected) ? true : undefined;
      },
    );

  await report(account(small, `Smallco ${mark}`), account(large, `Largeco ${mark}`));
  for (const company of [small, large])
    expect((await postForm(edition, 'demo-request', buyer(company))).status).toBe(202);
  await report(contact(small, first, small), contact(large, second, large));
  await eventuallyIn(from, { [first]: 1 });
  await eventuallyIn(into, { [second]: 1 });

  await report({ object: 'account', externalId: small, mergedInto: large });
  await eventuallyIn(into, { [first]: 1, [second]: 1 });
  expect((await read<AccountView>(edition, `/api/accounts/${from}`)).account.accountId).toBe(into);
  const { accounts } = await read<{ accounts: { accountId: string }[] }>(edition, '/api/accounts');
  expect(accounts.map(({ accountId }) => accountId)).toContain(into);
  expect(accounts.map(({ accountId }) => accountId)).not.toContain(from);

  await report({ object: 'person', externalId: `p-${small}`, mergedInto: `p-${large}` });
  await eventuallyIn(into, { [second]: 2 });
  for (const id of [leadIdOfEmail(first), ...[small, large].map((one) => leadIdOfCrmPerson('crm', `p-${one}`))]) {
    const lead = await read<Lead>(edition, `/api/leads/${id}`);
    expect(lead).toMatchObject({ email: second, accountId: into, askedFor: id });
    expect(lead.merges).toMatchObject([
      { decision: 'merge', by: 'crm', a: leadIdOfEmail(second), b: leadIdOfEmail(first) },
    ]);
  }

  await report(
    { object: 'person', externalId: `p-${small}`, mergedInto: null },
    { object: 'account', externalId: small, mergedInto: null },
  );
  await eventuallyIn(from, { [first]: 1 });
  await eventuallyIn(into, { [second]: 1 });
};

export const crmMerges = (current: () => Edition): void => {
  describe('what the CRM merges', { timeout: 120_000 }, () => {
    it('is one lead and one account, and is two of each once it takes that back', () => mergedInTheCrm(current()));
  });
};
