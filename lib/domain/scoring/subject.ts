// Who is scored: what is known of the person, and of their company where the CRM has it.
import type { AccountFacts } from '../account.ts';
import type { IdentityState } from '../lead.ts';
import type { EmailKind } from '../mail-domains.ts';

export interface Subject {
  state: IdentityState;
  email?: string | undefined;
  emailKind?: EmailKind | undefined;
  /** The registrable domain of business mail. */
  mailDomain?: string | undefined;
  /** The company they belong to. */
  account?: AccountFacts | undefined;
}

/** What the company is called: in the CRM, else as the person typed it. */
export const companyOf = ({ state, account }: Subject): string | undefined =>
  account?.name?.value ?? state.profile.company?.value;
