// A Salesforce to test against: the calls of its REST and SOAP APIs that Muster makes, its Outbound Messages and its change events.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { byPeople } from './salesforce/change-events.ts';
import type { SalesforceObject } from './salesforce/objects.ts';
import { createOrganisation } from './salesforce/organisation.ts';
import { createMessages } from './salesforce/outbound-messages.ts';
import { type Answer, createRest, errors, type RecordFailure } from './salesforce/rest.ts';
import { createSoap } from './salesforce/soap.ts';
import type { StubCrm, StubFailure, StubRequest } from './stub-crm.ts';

export type { SalesforceObject } from './salesforce/objects.ts';

/** Properties are fields by their API names. `sendTo` takes the address of Outbound Messages, `…/crm/<connection>/<secret>`:
 * whatever is not acknowledged as Salesforce wants it throws from what caused it, or from `settled`. */
export interface StubSalesforce extends StubCrm<SalesforceObject> {
  /** The `detail` of each change event since the stub was opened, in order, as Event Relay puts it on the bus: of what somebody
   * did in Salesforce, and of what Muster did (`changeOrigin` ends in `client=Muster`). */
  changeEvents: readonly Record<string, unknown>[];
  /** Somebody converts a lead: into a new contact of that account, or of a new one. */
  convert(lead: string, account?: string): Promise<{ contact: string; account: string }>;
  undelete(kind: SalesforceObject, id: string): Promise<void>;
  /** The next update of this record by a collection fails so, or the next several; other records' do not. */
  failRecord(id: string, failure: RecordFailure, times?: number): void;
  /** Tokens given so far are not taken any more. */
  endSessions(): void;
  /** Pages of queries asked before cannot be turned any more. */
  forgetQueries(): void;
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

const convertedStatus = 'Closed - Converted';

const isJson = (request: IncomingMessage): boolean =>
  (request.headers['content-type'] ?? '').includes('application/json');

export async function openStubSalesforce(options: SalesforceOptions): Promise<StubSalesforce> {
  const { clientId, clientSecret, organisationId, customFields = {}, pageSize = 2_000, now = Date.now } = options;
  const messages = createMessages(organisationId);
  const organisation = createOrganisation({ now, saved: messages.saved });
  const failures = new Map<string, RecordFailure[]>();
  const queries = { organisation, customFields, convertedStatus };
  const rest = createRest({ ...queries, clientId, clientSecret, pageSize, failures });
  const soap = createSoap({ organisation, convertedStatus, isSignedIn: rest.isSignedIn });
  const requests: StubRequest[] = [];
  const planned: { failure: StubFailure; where: string; times: number }[] = [];

  const answerTo = (request: IncomingMessage, body: string): Answer => {
    const { method = '', headers } = request;
    const url = new URL(request.url ?? '', 'http://stub');
    if (method === 'POST' && url.pathname === '/services/oauth2/token') return rest.token(body);
    if (method === 'POST' && url.pathname === '/services/Soap/u/66.0') return soap(body);
    if (!rest.isSignedIn(headers.authorization?.replace(/^Bearer /, ''))) {
      return errors(401, { errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' });
    }
    const header = headers['sforce-call-options'];
    return rest.call(method, url, isJson(request) ? JSON.parse(body) : undefined, header?.toString());
  };

  const failureOf = (what: string): StubFailure | undefined => {
    const next = planned.find(({ where, times }) => times > 0 && what.includes(where));
    if (next !== undefined) next.times -= 1;
    return next?.failure;
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    const { method = '', url: path = '', headers } = request;
    requests.push({ method, path, headers, body: isJson(request) ? JSON.parse(body) : body });
    const failure = failureOf(`${method} ${path}`);
    if (failure === 'timeout') return;
    if (failure === 'reset') {
      request.socket.destroy();
      return;
    }
    const { status, ...answer } = failure ?? answerTo(request, body);
    const content = answer.body ?? [{ errorCode: 'SERVER_UNAVAILABLE', message: 'as told' }];
    response.writeHead(status, { 'content-type': 'application/json;charset=UTF-8', ...answer.headers });
    response.end(typeof content === 'string' ? content : JSON.stringify(content));
  };

  const server = createServer((request, response) => void serve(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const people = <Result>(act: (transaction: ReturnType<typeof organisation.begin>) => Result): Promise<Result> => {
    const result = act(organisation.begin(byPeople));
    return messages.settled().then(() => result);
  };

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ requests, deliveries: messages.deliveries, changeEvents: organisation.changeEvents },
    record: (kind, id) => organisation.ofObject(kind).find((one) => one.id === id),
    create: (kind, properties, id) => people((by) => by.create(kind, properties, id)),
    change: (_kind, id, properties) => people((by) => by.change(id, properties)),
    remove: (_kind, id) => people((by) => by.remove(id)),
    undelete: (_kind, id) => people((by) => by.undelete(id)),
    merge: (_kind, into, from) => people((by) => by.merge(into, from)),
    convert: (lead, account) => people((by) => by.convert(lead, account, convertedStatus)),
    failNext: (failure, { times = 1, where = '' } = {}) => void planned.push({ failure, where, times }),
    failRecord: (id, failure, times = 1) =>
      void failures.set(id, [...(failures.get(id) ?? []), ...Array.from({ length: times }, () => failure)]),
    ...{ endSessions: rest.endSessions, forgetQueries: rest.forgetQueries },
    ...{ sendTo: messages.sendTo, settled: messages.settled },
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
