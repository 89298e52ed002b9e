// The server under a stub of a CRM: keeps what it was asked, fails as it is told, and sends webhooks one after the other.
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { StubDelivery, StubFailure, StubRequest } from './stub-crm.ts';

export interface StubAnswer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}
export interface Webhook {
  headers: Record<string, string>;
  body: string;
}

export interface StubServer {
  url: string;
  requests: StubRequest[];
  deliveries: StubDelivery[];
  failNext(failure: StubFailure, options?: { times?: number; where?: string }): void;
  sendTo(url: string | undefined): void;
  /** Built only when it is sent: a signature is over the address. Without an address nothing is sent. */
  send(webhook: (url: string) => Webhook): Promise<void>;
  settled(): Promise<void>;
  close(): Promise<void>;
}

const parsed = (body: string): unknown => {
  if (body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
};

/** `failureBody`: what the vendor says with a status, if a test does not. */
export const openStubServer = async (
  answer: (request: StubRequest) => StubAnswer,
  failureBody: (status: number) => unknown,
): Promise<StubServer> => {
  const requests: StubRequest[] = [];
  const deliveries: StubDelivery[] = [];
  const failures: { failure: StubFailure; where: string }[] = [];
  let target: string | undefined;
  let sending = Promise.resolve();

  const fail = (failure: StubFailure, response: ServerResponse): void => {
    if (failure === 'timeout') return;
    if (failure === 'reset') return void response.socket?.resetAndDestroy();
    const body = failure.body ?? failureBody(failure.status);
    response.writeHead(failure.status, { 'content-type': 'application/json', ...failure.headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

  const server = createServer(async (incoming, response) => {
    const { method = '', url: path = '', headers } = incoming;
    const request = { method, path, headers, body: parsed(await text(incoming)) };
    requests.push(request);
    const at = failures.findIndex(({ where }) => `${method} ${path}`.includes(where));
    const [failing] = at < 0 ? [] : failures.splice(at, 1);
    if (failing) return fail(failing.failure, response);
    const { status, body, headers: more } = answer(request);
    response.writeHead(status, { 'content-type': 'application/json', ...more }).end(JSON.stringify(body ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    deliveries,
    failNext: (failure, { times = 1, where = '' } = {}) => {
      for (let each = 0; each < times; each += 1) failures.push({ failure, where });
    },
    sendTo: (url) => {
      target = url;
    },
    send: (webhook) => {
      const url = target;
      if (url === undefined) return sending;
      const { headers, body } = webhook(url);
      sending = sending.then(async () => {
        const status = await fetch(url, { method: 'POST', headers, body }).then(
          async (response) => {
            await response.arrayBuffer();
            return response.status;
          },
          () => 0,
        );
        deliveries.push({ url, headers, body, status });
      });
      return sending;
    },
    settled: () => sending,
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
