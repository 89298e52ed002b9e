// How a story is told to a CRM and to Muster: step by step, each with what must stand afterwards in both.
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { accountIdOfCrm, leadIdOfEmail } from '../../../lib/domain/ids.ts';
import type { AccountStatus, LeadStatus } from '../../../lib/domain/status/statuses.ts';
import type { AccountView } from '../../../lib/steps/read-accounts.ts';
import type { readLead } from '../../../lib/steps/read-lead.ts';
import { type Edition, type Lead, read } from '../edition.ts';
import { eventually } from '../eventually.ts';
import type { CrmDriver, Told } from './driver.ts';

/** Whom a story is about: the CRM's ids, by the names the story has for them. */
export interface Cast {
  domain: string;
  email: string;
  account: string;
  person: string;
  others: Record<string, string>;
}
export interface Scene {
  edition: Edition;
  crm: CrmDriver;
  cast: Cast;
}
/** What the API shows of the account and of Bea. */
export interface Shown {
  view: AccountView;
  lead: Lead;
}
export interface Step {
  what: string;
  does: (scene: Scene) => Promise<unknown>;
  account: AccountStatus;
  lead: LeadStatus;
  /** What else is so then. */
  and?: (shown: Shown, scene: Scene) => boolean;
}
export interface Story {
  title: string;
  steps: readonly Step[];
  /** Throws if something is not as it should be when all is over and calm. */
  atLast?: (scene: Scene) => void;
}

type OneLead = NonNullable<Awaited<ReturnType<typeof readLead>>>;

/** Undefined as long as there is nothing to be shown. */
const shown = async ({ edition, crm, cast }: Scene): Promise<Shown | undefined> => {
  if (cast.account === '') return undefined;
  const accountPath = `/api/accounts/${accountIdOfCrm(crm.connection, cast.account)}`;
  const view = await read<AccountView>(edition, accountPath).catch(() => undefined);
  const one = await read<OneLead>(edition, `/api/leads/${leadIdOfEmail(cast.email)}`).catch(() => undefined);
  const lead = view?.leads.find(({ leadId }) => leadId === one?.leadId);
  return view && lead && { view, lead };
};

const asTold = ({ view, lead }: Shown): { account: Told; person: Told } => {
  const { accountId, companyFit, status, reason, score } = view.account;
  return {
    account: { status, reason, grade: companyFit ?? '', score: String(score), id: accountId },
    person: {
      ...{ status: lead.status, reason: lead.reason, grade: lead.grade },
      ...{ score: String(lead.score), id: lead.leadId },
    },
  };
};

/** The CRM is told when status or grade change; then it has score and reason too, which alone are not worth a call. */
const upToDate = (told: Told | undefined, shown: Told, isNews: boolean): boolean => {
  const names = isNews ? (['status', 'grade', 'id', 'score', 'reason'] as const) : (['status', 'grade', 'id'] as const);
  return names.every((name) => told?.[name] === shown[name]);
};

/** Waits for the step's statuses, then for the CRM to have what the API shows. */
const stands = async (scene: Scene, step: Step, before: Step | undefined): Promise<void> => {
  const { edition, crm, cast } = scene;
  let seen: unknown;
  const look = (wanted: string, isSo: (found: Shown) => boolean) => {
    const diagnosis = (): string => `${JSON.stringify(seen)}\n${edition.diagnosis()}`;
    const what = `${crm.connection}: ${step.what}: ${wanted}`;
    return eventually({ what, withinMs: edition.patienceMs, diagnosis }, async () => {
      const found = await shown(scene);
      return found && isSo(found) ? true : undefined;
    });
  };
  await look(`${step.account} and ${step.lead}`, (found) => {
    const { view, lead } = found;
    seen = { account: view.account.status, lead: lead.status, people: view.leads.length };
    const isSo = view.account.status === step.account && lead.status === step.lead;
    return isSo && (step.and?.(found, scene) ?? true);
  });
  await look('the CRM to have been told', (found) => {
    const wanted = asTold(found);
    const told = { account: crm.told('account', cast.account), person: crm.told('person', cast.person) };
    seen = { wanted, told };
    return (
      upToDate(told.account, wanted.account, step.account !== before?.account) &&
      upToDate(told.person, wanted.person, step.lead !== before?.lead)
    );
  });
};

/** What Muster wrote comes back to it as webhooks, and starts nothing: all comes to rest, as the last step left it. A line of that step
 * may still be on its way when its statuses stand, so that it is looked for a time in which nothing happens, and not at once. */
const staysQuiet = async (scene: Scene, last: Step): Promise<void> => {
  const { edition, crm } = scene;
  await crm.settled();
  // A rep's clock runs on meanwhile, as it should.
  const state = async () => ({
    written: crm.written().length,
    events: (await shown(scene))?.view.events.map(({ id }) => id).filter((id) => !id.startsWith('sla-')),
  });
  let seen = '';
  const diagnosis = (): string => `${seen}\n${edition.diagnosis()}`;
  const what = `${crm.connection}: nothing to happen for ${edition.quietMs} ms`;
  await eventually({ what, withinMs: edition.patienceMs, diagnosis }, async () => {
    const before = await state();
    await wait(edition.quietMs);
    const after = await state();
    seen = JSON.stringify({ before, after });
    return isDeepStrictEqual(after, before) ? true : undefined;
  });
  await stands(scene, last, last);
  expect(crm.refused()).toEqual([]);
};

const nothingTwice = (crm: CrmDriver): void => {
  const latest = new Map<string, string>();
  for (const { record, values } of crm.written()) {
    expect(latest.get(record), `${record} is told what it was told`).not.toBe(values);
    latest.set(record, values);
  }
};

export const tell = async (edition: Edition, crm: CrmDriver, { steps, atLast }: Story, name: string): Promise<void> => {
  const domain = `${name}-${crm.connection}-works.example`;
  const scene: Scene = {
    ...{ edition, crm },
    cast: { domain, email: `bea@${domain}`, account: '', person: '', others: {} },
  };
  for (const [index, step] of steps.entries()) {
    await step.does(scene);
    await stands(scene, step, steps[index - 1]);
  }
  await staysQuiet(scene, steps.at(-1)!);
  nothingTwice(crm);
  atLast?.(scene);
};
