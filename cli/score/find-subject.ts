// Whom an id on the command line means: a lead by any id or e-mail they ever had, an account by id or domain.
import { normaliseEmail } from '../../lib/domain/email.ts';
import { isPerson } from '../../lib/domain/ids.ts';
import type { JournalPlace } from '../../lib/domain/journal/journal-accounts.ts';
import { subjectNamed } from '../../lib/domain/journal/subjects.ts';
import { registrableDomain } from '../../lib/domain/mail-domains.ts';
import { nearest } from '../../lib/domain/nearest.ts';
import { CommandError } from '../command-error.ts';
import type { ScoredAccount, ScoredLead, Scoring } from './score-journal.ts';
import { plural } from './text.ts';

export interface Found {
  account: ScoredAccount;
  lead?: ScoredLead;
  /** What asking for another id than the lead's own has to do with them. */
  because?: 'was merged into this lead' | 'turned out to be this lead' | undefined;
}

/** A lead's own id or address first, then the account they belong to. */
const isMeant = (id: string): ((place: JournalPlace) => boolean) => {
  const email = normaliseEmail(id);
  const domain = registrableDomain(id);
  return ({ accountId, account, people }) =>
    accountId === id ||
    account?.domains?.value.includes(domain) === true ||
    people.some(
      (person) =>
        person.leadId === id || person.mailDomain === domain || (email !== undefined && person.email === email),
    );
};

const findLead = ({ leads }: ScoredAccount, id: string): ScoredLead | undefined => {
  const email = normaliseEmail(id);
  return leads.find(({ member }) => member.leadId === id || (email !== undefined && member.email === email));
};

/** The lead who has an address or id that is not their own. */
const elsewhere = (scoring: Scoring, id: string): Pick<Found, 'because'> & { leadId?: string } => {
  const named = subjectNamed(id.trim())?.leadId;
  const holder = named === undefined ? undefined : scoring.holderOf(named);
  if (named === undefined || holder === undefined || holder === named) return {};
  return { leadId: holder, because: isPerson(named) ? 'was merged into this lead' : 'turned out to be this lead' };
};

/** Throws CommandError with the nearest there is, where nobody has this id; else with how many there are, whose names are nobody's
 * to read who mistyped one. */
export const findSubject = (scoring: Scoring, id: string): Found => {
  const { leadId = id, because } = elsewhere(scoring, id);
  const names = new Set<string>();
  let [leads, accounts] = [0, 0];
  const meant = isMeant(leadId);
  const found = [
    ...scoring.accounts((place) => {
      accounts += 1;
      names.add(place.accountId);
      for (const domain of place.account?.domains?.value ?? []) names.add(domain);
      for (const { leadId, email, mailDomain } of place.people) {
        if (email !== undefined) leads += 1;
        for (const name of [email, mailDomain, leadId]) if (name !== undefined) names.add(name);
      }
      return meant(place);
    }),
  ];
  for (const account of found) {
    const lead = findLead(account, leadId);
    if (lead !== undefined) return { account, lead, because };
  }
  // Of several accounts with a domain (regional offices, a claim that lost) the one most people belong to.
  const [account] = found.toSorted((a, b) => b.leads.length - a.leads.length);
  if (account !== undefined && !id.includes('@')) return { account };
  const near = nearest(id, [...names]);
  const there = `there are ${plural(leads, 'lead')} and ${plural(accounts, 'account')}`;
  throw new CommandError(
    `${id}: no lead and no account has this id, address or domain; ${near === undefined ? there : `did you mean ${near}?`}`,
  );
};
