// Builds the events API Gateway would send, and ports that remember what they were asked.
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { expect } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import type { HttpHandler } from '../../functions/http/api.ts';
import type { Write } from '../../lib/ports.ts';
import { capturedBatch } from '../../lib/steps/capture.ts';

export const now = Date.parse('2026-11-22T09:30:00.000Z');
export const receivedAt = '2026-11-22T09:30:00.000Z';
export const chrome =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
export const googlebot = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';

export interface Sent {
  method?: string;
  path?: string;
  query?: string;
  route?: string;
  parameters?: Record<string, string>;
  headers?: Record<string, string>;
  body?: string | Buffer;
  requestId?: string;
}

/** A body given as bytes arrives in base64, as binary types do. */
export const httpEvent = (sent: Sent): APIGatewayProxyEventV2 => {
  const {
    method = 'POST',
    path = '/',
    query = '',
    route = 'POST /',
    parameters,
    headers = {},
    body,
    requestId = 'req-1',
  } = sent;
  return {
    version: '2.0',
    routeKey: route,
    rawPath: path,
    rawQueryString: query,
    headers,
    requestContext: {
      accountId: '1',
      apiId: 'api',
      domainName: 'api.example.com',
      domainPrefix: 'api',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: '' },
      requestId,
      routeKey: route,
      stage: '$default',
      time: '',
      timeEpoch: now,
    },
    pathParameters: parameters,
    body: Buffer.isBuffer(body) ? body.toString('base64') : body,
    isBase64Encoded: Buffer.isBuffer(body),
  };
};

export const rememberingPorts = () => {
  const bodies: string[] = [];
  const logged: { level: string; message: string; fields?: Record<string, unknown> }[] = [];
  const state = { queueFails: undefined as Error | undefined };
  const written: Write[] = [];
  const at = (level: string) => (message: string, fields?: Record<string, unknown>) => {
    logged.push({ level, message, fields });
  };
  return {
    state,
    bodies,
    logged,
    written,
    /** Every line on the queue, each message parsed as its consumer would. */
    lines: (): Captured[] => bodies.flatMap((body) => capturedBatch.parse(JSON.parse(body))),
    ports: {
      queue: {
        send: async (sent: readonly string[]) => {
          if (state.queueFails) throw state.queueFails;
          bodies.push(...sent);
        },
      },
      table: {
        write: async (write: Write) => {
          written.push(write);
        },
      },
      clock: { now: () => now },
      log: { info: at('info'), warn: at('warn'), error: at('error') },
      allowedOrigins: ['https://www.example.com'],
    },
  };
};

export const call = (handler: HttpHandler, sent: Sent): Promise<APIGatewayProxyStructuredResultV2> =>
  handler(httpEvent(sent), {} as Context);

export const documentOf = (response: APIGatewayProxyStructuredResultV2): Record<string, unknown> =>
  JSON.parse(response.body ?? '') as Record<string, unknown>;

export const expectProblem = (
  response: APIGatewayProxyStructuredResultV2,
  status: number,
  fields?: readonly string[],
): void => {
  expect(response.statusCode).toBe(status);
  expect(response.headers?.['content-type']).toBe('application/problem+json');
  const document = documentOf(response);
  expect(document).toMatchObject({
    type: 'about:blank',
    status,
    title: expect.any(String),
    detail: expect.any(String),
  });
  const errors = (document.errors ?? []) as { field: string; detail: string }[];
  if (fields) expect(errors.map(({ field }) => field)).toEqual(fields);
};
