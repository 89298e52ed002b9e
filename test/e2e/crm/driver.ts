// What a story told to a CRM does in it, whichever CRM it is, and what can be seen there of what Muster wrote.
import type { Judgement } from '../../../lib/crm.ts';

export type Told = Record<keyof Judgement, string>;

export interface Company {
  name: string;
  domain: string;
}
export interface Person {
  email: string;
  firstName: string;
  lastName: string;
  account: string;
}
export interface Parties {
  account: string;
  person: string;
}

/** Ids are the CRM's. What somebody does there is done when Muster has answered all that was sent of it. */
export interface CrmDriver {
  /** The connection's name in the tenant's file. */
  connection: string;
  /** Whether it is told at once what was merged and deleted; otherwise the next pull brings it. */
  tellsEnds: boolean;
  createAccount(company: Company): Promise<string>;
  createPerson(person: Person): Promise<string>;
  /** A lead as Salesforce has them, who is of no account there yet. */
  createLead?(lead: Omit<Person, 'account'> & { company: string }): Promise<string>;
  /** A rep calls them, and the CRM knows. */
  followUp(person: string): Promise<void>;
  openOpportunity(parties: Parties): Promise<string>;
  /** Made automatically, to renew what was sold. */
  openRenewal(parties: Parties): Promise<string>;
  /** On to its next stage. */
  work(opportunity: string): Promise<void>;
  /** Answers what holds as the contract: a contract or, where the CRM has none, what was won. */
  win(opportunity: string, account: string): Promise<string>;
  lose(opportunity: string): Promise<void>;
  /** The contract is over, or is none any more. */
  endContract(contract: string): Promise<void>;
  /** Sold so long ago that the contract is over. */
  sellLongAgo(account: string): Promise<void>;
  /** Somebody says that the whole company is a partner, or is none any more. */
  setPartner(account: string, isPartner: boolean): Promise<void>;
  mergePeople(into: string, from: string): Promise<void>;
  removePerson(person: string): Promise<void>;
  /** As it stands with the record, as texts; undefined where nothing was written. */
  told(object: 'person' | 'account', id: string): Told | undefined;
  /** Everything that was written so far: which record, and what of it. */
  written(): { record: string; values: string }[];
  /** Statuses of what it sent so far that were none of success. */
  refused(): number[];
  /** As if it had been done so many minutes ago. */
  past<Result>(minutes: number, act: () => Promise<Result>): Promise<Result>;
  /** Where webhooks go; undefined: they get lost. */
  sendTo(url: string | undefined): void;
  /** Until Muster has answered what its own writes made the CRM send. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export const daysInMinutes = (days: number): number => days * 24 * 60;

/** A moment of a stub's past is a moment of the wall's clock so many milliseconds ago. */
export const stubClock = () => {
  let ago = 0;
  return {
    now: (): number => Date.now() - ago,
    past: async <Result>(minutes: number, act: () => Promise<Result>): Promise<Result> => {
      ago = minutes * 60_000;
      try {
        return await act();
      } finally {
        ago = 0;
      }
    },
  };
};

export const toldIn = (
  properties: Readonly<Record<string, unknown>> | undefined,
  names: Readonly<Record<keyof Judgement, string>>,
): Told | undefined => {
  if (properties?.[names.id] === undefined) return undefined;
  const text = (name: keyof Judgement): string => String(properties[names[name]] ?? '');
  return { status: text('status'), reason: text('reason'), grade: text('grade'), score: text('score'), id: text('id') };
};

export const failed = (deliveries: readonly { status: number }[]): number[] =>
  deliveries.map(({ status }) => status).filter((status) => status < 200 || status > 299);
