// What the stubs of CRM servers have in common: each behaves as its vendor's API does for the calls Muster makes, keeps what it is told,
// and sends its webhooks as the vendor does, also of what Muster itself wrote. Tests drive the real clients against them.

export interface StubRequest {
  method: string;
  /** With its query. */
  path: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: unknown;
}

export interface StubDelivery {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** What Muster answered; 0: nothing. */
  status: number;
}

export interface StubRecord {
  id: string;
  properties: Record<string, unknown>;
  createdAt: number;
  updatedAt: number;
  /** When it was deleted. */
  archivedAt?: number;
  /** The record that took this one in. */
  mergedInto?: string;
  /** What became so when, the oldest first. */
  history: { at: number; properties: Readonly<Record<string, unknown>> }[];
  /** Ids of other records, by their kind. */
  associations: Record<string, Set<string>>;
}

/** `timeout`: it never answers; `reset`: the connection breaks off. An answer has the vendor's usual body if none is given. */
export type StubFailure =
  | 'timeout'
  | 'reset'
  | { status: number; headers?: Record<string, string>; body?: unknown | string };

export interface StubCrm<Kind extends string> {
  /** For `apiUrl` of the connection. */
  url: string;
  requests: readonly StubRequest[];
  record(kind: Kind, id: string): StubRecord | undefined;
  /** These are what somebody does in the CRM. They end when Muster has answered the webhook, if it is sent anywhere. */
  create(kind: Kind, properties: Record<string, unknown>, id?: string): Promise<string>;
  change(kind: Kind, id: string, properties: Record<string, unknown>): Promise<void>;
  remove(kind: Kind, id: string): Promise<void>;
  merge(kind: Kind, into: string, from: string): Promise<void>;
  /** The next call (whose `METHOD /path` has `where` in it) fails so, or the next several. */
  failNext(failure: StubFailure, options?: { times?: number; where?: string }): void;
  /** Where webhooks go from now on: the whole address `…/crm/<connection>`; undefined: nowhere, as when they get lost. */
  sendTo(url: string | undefined): void;
  deliveries: readonly StubDelivery[];
  /** Until all webhooks are answered that calls of the API caused: those go out after the call is answered, as in life. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export type HubspotObject = 'contacts' | 'companies' | 'deals';

/** Property names are HubSpot's; values texts, as HubSpot keeps them. Webhooks are signed v3 by `clientSecret`. */
export interface StubHubspot extends StubCrm<HubspotObject> {
  associate(deal: string, to: { contacts?: string[]; companies?: string[] }): Promise<void>;
}
export interface HubspotOptions {
  clientSecret: string;
  portalId: number;
  accessToken: string;
  /** Those that calls may write, each with its choices if it has such; without this, any. */
  properties?: Readonly<Record<string, readonly string[]>>;
  now?: () => number;
}

export type PipedriveEntity = 'person' | 'organization' | 'deal' | 'lead' | 'activity';

/** Properties as API v2 has them (`name`, `emails`, `org_id`, …), the tenant's own under `custom_fields`. Webhooks carry Basic auth. */
export type StubPipedrive = StubCrm<PipedriveEntity>;
export interface PipedriveOptions {
  /** `user:password`. */
  basicAuth: string;
  companyId: number;
  apiToken: string;
  /** Those that calls may write; without this, any. */
  properties?: readonly string[];
  /** Whether the company has Pipedrive's marketing app; without this, it has. */
  marketing?: boolean;
  now?: () => number;
}
