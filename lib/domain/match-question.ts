// What is asked of a lead when its account is looked for: all that the answer follows from, besides the accounts there are.
import { fingerprintOf } from './ids.ts';
import type { IdentityState } from './lead.ts';
import { type EmailKind, mailDomainOf } from './mail-domains.ts';
import type { MatchDecision } from './match-decisions.ts';
import { knownNetwork } from './networks.ts';
import type { Playbook } from './playbook/playbook.ts';
import type { Register } from './register.ts';
import { type StatedCompany, statedCompany } from './stated-company.ts';

export interface MatchQuestion extends StatedCompany {
  leadId: string;
  decision?: Register<MatchDecision> | undefined;
  /** Where the CRM puts the person: `<connection>:<external id>`. */
  crmAccount?: string | undefined;
  mail?: { kind: EmailKind; domain?: string; host: string } | undefined;
  /** The company whose network they came from last, as a registrable domain. */
  network?: string | undefined;
}

const mailOf = (email: string): MatchQuestion['mail'] => ({
  ...mailDomainOf(email),
  host: email.slice(email.lastIndexOf('@') + 1),
});

export const questionOf = (
  { leadId, email }: { leadId: string; email?: string | undefined },
  { matchDecision, crmAccount, profile, network }: IdentityState,
  playbook: Playbook,
): MatchQuestion => ({
  leadId,
  decision: matchDecision,
  crmAccount: crmAccount?.value ?? undefined,
  mail: email === undefined ? undefined : mailOf(email),
  ...statedCompany({ profile }, playbook),
  network: knownNetwork(network, playbook),
});

/** The same while the answer can only change with the accounts there are. */
export const fingerprintOfQuestion = (question: MatchQuestion, { matching }: Pick<Playbook, 'matching'>): string =>
  fingerprintOf(JSON.stringify([question, matching]));
