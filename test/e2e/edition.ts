// What the end-to-end suite needs of an edition, and no more: its address, its keys, and a look at what came of it.
import { join } from 'node:path';
import type { QueueName, Table } from '../../lib/ports.ts';
import type { AccountView } from '../../lib/steps/read-accounts.ts';
import type { ConnectedCrms } from './crm/connected.ts';
import { eventually } from './eventually.ts';
import type { Receivers } from './receivers.ts';

export const playbookFile = join(import.meta.dirname, '..', 'fixtures', 'playbooks', 'e2e.playbook.yaml');
export const writeKey = 'demo-write-key';

export interface ReceivedMail {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Where the edition's outbox keeps headers. */
  traceIds?: readonly string[] | undefined;
}

export interface Edition {
  /** Base of the API, without a slash at its end. */
  apiUrl: string;
  /** The demo site. */
  webUrl: string;
  readToken: string;
  decisionToken: string;
  operatorToken: string;
  crmSecret: string;
  /** Lets somebody sign in as one of a group, and answers what they are known by then. */
  signIn(email: string, group: string): Promise<string>;
  crms: ConnectedCrms;
  receivers: Receivers;
  /** Asks the CRMs now what the schedule would have them asked within the hour. */
  pullCrms(): Promise<void>;
  /** Straight at what is stored, past the read API. */
  table: Table;
  /** All mails handed over so far. */
  mails(): Promise<ReceivedMail[]>;
  /** Makes fold fail from now on, until what it answers is called. */
  breakFold(): Promise<() => Promise<void>>;
  /** How often it failed so far. */
  foldFailures(): number;
  /** Bodies of the messages given up. */
  deadLetters(queue: QueueName): Promise<string[]>;
  /** Puts bodies there, as if they had been given up. */
  bury(queue: QueueName, bodies: readonly string[]): Promise<void>;
  send(queue: QueueName, body: string): Promise<void>;
  /** Restores a backup beside what runs, and reads from that until it is stopped. */
  restore(backup: string): Promise<Pick<Edition, 'apiUrl' | 'readToken' | 'stop'>>;
  /** The steps that have a line of that trace in their log. */
  stepsThatSay(traceId: string): Promise<string[]>;
  /** How long one step to the next may take at most. */
  patienceMs: number;
  /** From a form being sent to the rep's mail being handed over, idle. */
  promptness: { forms: number; p95Ms: number };
  /** How late a timer may be. */
  timersLateMs: number;
  /** How long at least something would take that it does at once. */
  quietMs: number;
  /** Posts at a time that it stands. */
  postsInFlight: number;
  /** What failed so far, for a test that waits in vain. */
  diagnosis(): string;
  stop(): Promise<void>;
}

/** What the read API answers; throws unless it is 2xx. */
export const read = async <Answer>({ apiUrl, readToken }: Edition, path: string): Promise<Answer> => {
  const response = await fetch(`${apiUrl}${path}`, { headers: { authorization: `Bearer ${readToken}` } });
  if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`);
  // Our own API; that its answers have this shape is what the tests show.
  return (await response.json()) as Answer;
};

export type Lead = AccountView['leads'][number];
export interface Found {
  account: AccountView;
  lead: Lead;
}

/** The lead of that address by way of the read API, as the console finds it. */
export const findLead = async (edition: Edition, email: string): Promise<Found | undefined> => {
  const domain = email.split('@')[1];
  const { accounts } = await read<{ accounts: { accountId: string; domain: string | null }[] }>(
    edition,
    '/api/accounts',
  );
  const listed = accounts.find((account) => account.domain === domain);
  if (listed === undefined) return undefined;
  const account = await read<AccountView>(edition, `/api/accounts/${listed.accountId}`);
  const lead = account.leads.find((one) => one.email === email);
  return lead && { account, lead };
};

/** Waits for the lead to be as `isSo` says. */
export const leadThat = (
  edition: Edition,
  email: string,
  what: string,
  isSo: (found: Found) => boolean,
): Promise<Found> =>
  eventually({ what: `${email} ${what}`, withinMs: edition.patienceMs, diagnosis: edition.diagnosis }, async () => {
    const found = await findLead(edition, email);
    return found && isSo(found) ? found : undefined;
  });

/** Mails about a lead with a subject that begins so. A notice names the lead's address in its text. */
export const mailsAbout = async (edition: Edition, email: string, subject: string): Promise<ReceivedMail[]> =>
  (await edition.mails()).filter((mail) => mail.text.includes(`(${email})`) && mail.subject.startsWith(subject));

export const mailAbout = (
  edition: Edition,
  email: string,
  subject: string,
  lookEveryMs?: number,
): Promise<ReceivedMail> => {
  const { patienceMs: withinMs, diagnosis } = edition;
  return eventually(
    { what: `a mail "${subject}…" about ${email}`, withinMs, lookEveryMs, diagnosis },
    async () => (await mailsAbout(edition, email, subject))[0],
  );
};
