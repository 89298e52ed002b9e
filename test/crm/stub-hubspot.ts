// A HubSpot to test against: contacts, companies and deals, by the calls and webhooks that api.hubapi.com has.
import type { HubspotOptions, StubHubspot } from './stub-crm.ts';

export declare const openStubHubspot: (options: HubspotOptions) => Promise<StubHubspot>;
