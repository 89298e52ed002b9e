// A Salesforce to test against: the calls of its REST and SOAP APIs that Muster makes, its Outbound Messages and its change events.
import type { StubCrm } from './stub-crm.ts';

export type SalesforceObject =
  | 'Lead'
  | 'Contact'
  | 'Account'
  | 'Opportunity'
  | 'OpportunityContactRole'
  | 'Contract'
  | 'Task'
  | 'Event';

/** Properties are fields by their API names. `sendTo` takes the address of Outbound Messages, `…/crm/<connection>/<secret>`:
 * whatever is not acknowledged as Salesforce wants it throws from what caused it. */
export interface StubSalesforce extends StubCrm<SalesforceObject> {
  /** The `detail` of each change event since the stub was opened, in order, as Event Relay puts it on the bus: of what somebody
   * did in Salesforce, and of what Muster did (`changeOrigin` ends in `client=Muster`). */
  changeEvents: readonly Record<string, unknown>[];
  /** Somebody converts a lead: into a new contact of that account, or of a new one. */
  convert(lead: string, account?: string): Promise<{ contact: string; account: string }>;
  undelete(kind: SalesforceObject, id: string): Promise<void>;
  /** Tokens given so far are not taken any more. */
  endSessions(): void;
}

export interface SalesforceOptions {
  clientId: string;
  clientSecret: string;
  organisationId: string;
  /** Fields of the organisation's own, which may be written and asked for besides the standard ones. */
  customFields?: Partial<Record<SalesforceObject, readonly string[]>>;
  /** Rows a page of a query has; 2,000 as in life. */
  pageSize?: number;
  now?: () => number;
}

export declare const openStubSalesforce: (options: SalesforceOptions) => Promise<StubSalesforce>;
