// Which account a lead belongs to, by which rule, on what evidence.
import {
  accountIdOfCrm,
  accountIdOfDomain,
  domainOfEmail,
  emailKind,
  registrableDomain,
  soloAccountId,
} from './identity.ts';
import type { IdentityState } from './lead.ts';

export interface Match {
  accountId: string;
  rule: 'crm-id' | 'account-domain' | 'mail-domain' | 'unmatched';
  evidence: string;
}

/** The registrable domain a lead could match by; undefined for personal and disposable mail, which never match. */
export const matchableDomain = (email: string | undefined): string | undefined =>
  email !== undefined && emailKind(email) === 'business' ? registrableDomain(domainOfEmail(email)) : undefined;

/** `claimant` is the account that holds the lead's domain, if the CRM names one. */
export const matchLead = (
  lead: { leadId: string; email?: string; state: IdentityState },
  claimant: string | undefined,
): Match => {
  const crmAccount = lead.state.crmAccount?.value;
  if (crmAccount !== undefined) {
    const split = crmAccount.indexOf(':');
    const accountId = accountIdOfCrm(crmAccount.slice(0, split), crmAccount.slice(split + 1));
    return { accountId, rule: 'crm-id', evidence: `The CRM puts the person in account ${crmAccount}.` };
  }
  const domain = matchableDomain(lead.email);
  if (domain === undefined) {
    const evidence = lead.email === undefined ? 'No e-mail.' : `The mail is ${emailKind(lead.email)}.`;
    return { accountId: soloAccountId(lead.leadId), rule: 'unmatched', evidence };
  }
  return claimant === undefined
    ? { accountId: accountIdOfDomain(domain), rule: 'mail-domain', evidence: `Nobody in the CRM has ${domain}.` }
    : { accountId: claimant, rule: 'account-domain', evidence: `The account has the domain ${domain}.` };
};
