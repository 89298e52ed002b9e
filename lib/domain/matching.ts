// Which account a lead belongs to, by which rule, on what evidence.
import { accountIdOfCrm, accountIdOfDomain, soloAccountId } from './ids.ts';
import type { IdentityState } from './lead.ts';
import type { EmailKind } from './mail-domains.ts';

export interface Match {
  accountId: string;
  rule: 'crm-id' | 'account-domain' | 'mail-domain' | 'network' | 'unmatched';
  evidence: string;
}

export interface MatchCase {
  leadId: string;
  state: IdentityState;
  /** Personal and disposable mail has no domain: it never matches. */
  mail?: { kind: EmailKind; domain?: string };
  /** The account that holds the mail's domain, if the CRM names one. */
  claimant?: string;
}

export const matchLead = ({ leadId, state, mail, claimant }: MatchCase): Match => {
  const crmAccount = state.crmAccount?.value;
  if (crmAccount !== undefined) {
    const split = crmAccount.indexOf(':');
    const accountId = accountIdOfCrm(crmAccount.slice(0, split), crmAccount.slice(split + 1));
    return { accountId, rule: 'crm-id', evidence: `The CRM puts the person in account ${crmAccount}.` };
  }
  const domain = mail?.domain;
  if (domain === undefined) {
    const evidence = mail === undefined ? 'No e-mail.' : `The mail is ${mail.kind}.`;
    return { accountId: soloAccountId(leadId), rule: 'unmatched', evidence };
  }
  return claimant === undefined
    ? { accountId: accountIdOfDomain(domain), rule: 'mail-domain', evidence: `Nobody in the CRM has ${domain}.` }
    : { accountId: claimant, rule: 'account-domain', evidence: `The account has the domain ${domain}.` };
};

/** A visitor nobody knows counts for the account whose network they came from; `claimant` holds that network's domain. */
export const matchVisitor = (domain: string, claimant: string | undefined): Match => ({
  accountId: claimant ?? accountIdOfDomain(domain),
  rule: 'network',
  evidence: `The last visit came from the network of ${domain}.`,
});
