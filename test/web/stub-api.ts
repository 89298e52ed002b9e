// The API as the web pages see it: the read API from a given state, and an ear for hits and forms that can be made to fail.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AccountView } from '../../lib/steps/read-accounts.ts';

export const token = 'read-me';

export interface Hit {
  type: string;
  messageId: string;
  anonymousId: string;
  timestamp: string;
  event?: string;
  userId?: string;
  name?: string;
  traits?: Record<string, unknown>;
  properties: { url: string; dwell_seconds?: number };
  context: { campaign?: Record<string, string> };
}

export interface Beacon {
  contentType: string | undefined;
  userAgent: string | undefined;
  status: number;
  body: { batch: Hit[]; writeKey: string; sentAt: string };
}

export interface StubApi {
  url: string;
  /** What the read API says; a test swaps it. */
  accounts: AccountView[];
  /** The server's clock, in milliseconds since 1970. */
  now(): number;
  /** Answers to all but the forms; 200 unless a test says otherwise. */
  status: number;
  beacons: Beacon[];
  forms: { path: string; fields: Record<string, string>; referer: string | undefined }[];
  close(): Promise<void>;
}

export const openStubApi = async (redirectTo = () => '/thanks.html'): Promise<StubApi> => {
  const stub: Omit<StubApi, 'url' | 'close'> = {
    accounts: [],
    now: () => Date.now(),
    status: 200,
    beacons: [],
    forms: [],
  };

  const answerJson = (response: ServerResponse, status: number, body: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(request.url!, 'http://stub');
    response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
    response.setHeader('access-control-allow-headers', 'authorization, content-type');
    if (request.method === 'OPTIONS') return answerJson(response, 204, null);
    const body = await text(request);

    if (pathname.startsWith('/forms/')) {
      const fields = Object.fromEntries(new URLSearchParams(body));
      stub.forms.push({ path: pathname, fields, referer: request.headers.referer });
      response.writeHead(303, { location: redirectTo() });
      return response.end();
    }
    if (pathname === '/v1/batch') {
      stub.beacons.push({
        contentType: request.headers['content-type'],
        userAgent: request.headers['user-agent'],
        status: stub.status,
        body: JSON.parse(body) as Beacon['body'],
      });
      return answerJson(response, stub.status, {});
    }
    if (stub.status !== 200) return answerJson(response, stub.status, {});
    if (request.headers.authorization !== `Bearer ${token}`) return answerJson(response, 401, {});
    const serverTime = new Date(stub.now()).toISOString();
    if (pathname === '/api/accounts') {
      const accounts = stub.accounts.map(({ account: { accountId, name, domain, status, statusSince, score } }) => {
        return { accountId, name, domain, status, score, updatedAt: statusSince };
      });
      return answerJson(response, 200, { accounts, serverTime });
    }
    const view = stub.accounts.find(({ account }) => pathname === `/api/accounts/${account.accountId}`);
    return view ? answerJson(response, 200, { ...view, serverTime }) : answerJson(response, 404, {});
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(stub, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
};

const text = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};
