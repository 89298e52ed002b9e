// A service that takes whatever a client of the AWS SDK sends and answers as it is told, so that what was sent can be looked at.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { vi } from 'vitest';

export interface Call {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}
export interface Answer {
  status: number;
  body: object;
}
export interface StubService {
  endpoint: string;
  /** What was sent since it was last asked. */
  taken(): Call[];
  /** What is answered from now on, in turn; the last one stays. */
  answer(...answers: Answer[]): void;
  close(): Promise<void>;
}

/** Clients made from now on, without a setting of their own, talk to it as they would in Lambda to AWS. */
export async function startStubService(): Promise<StubService> {
  const calls: Call[] = [];
  const answers: Answer[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const { method = '', url = '', headers } = request;
    calls.push({ method, path: url, headers, body: body === '' ? undefined : JSON.parse(body) });
    const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 200, body: {} };
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', 'session');
  return {
    endpoint,
    taken: () => calls.splice(0),
    answer: (...next) => void answers.splice(0, answers.length, ...next),
    close: async () => {
      vi.unstubAllEnvs();
      server.close();
      server.closeAllConnections();
    },
  };
}
