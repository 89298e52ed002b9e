// A Pipedrive to test against: persons, organizations, deals, leads and activities, by the calls and webhooks that its API has.
import type { PipedriveOptions, StubPipedrive } from './stub-crm.ts';

export declare const openStubPipedrive: (options: PipedriveOptions) => Promise<StubPipedrive>;
