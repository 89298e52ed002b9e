// The embedded edition's API Gateway: turns a request into the event its Lambda handler would get, and its answer back.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Log } from '../../ports.ts';

export type GatewayHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** `[first path segment, names of those after it as path parameters, handler]`, e.g. `['forms', ['formId'], handler]`. */
export type GatewayRoute = readonly [segment: string, parameters: readonly string[], handler: GatewayHandler];

/** API Gateway takes 10 MB; the handlers refuse from 64 KB on, so what is far above that is not even read. */
const maximumBytes = 1_000_000;

class TooLarge extends Error {}

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maximumBytes) throw new TooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const headersOf = ({ headers }: IncomingMessage): Record<string, string> => {
  const single: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) single[name] = typeof value === 'string' ? value : value.join(',');
  }
  return single;
};

const eventOf = (
  request: IncomingMessage,
  path: string,
  query: string,
  pathParameters: Record<string, string>,
  body: Buffer,
): APIGatewayProxyEventV2 => {
  const headers = headersOf(request);
  const time = Date.now();
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    headers,
    pathParameters,
    body: body.length === 0 ? undefined : body.toString('base64'),
    isBase64Encoded: body.length > 0,
    requestContext: {
      accountId: 'embedded',
      apiId: 'embedded',
      domainName: headers.host ?? '',
      domainPrefix: '',
      http: {
        method: request.method ?? 'GET',
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: new Date(time).toISOString(),
      timeEpoch: time,
    },
  };
};

const problemText = (status: number, title: string): string => JSON.stringify({ type: 'about:blank', title, status });

/** What is no HTTP never reaches a handler: Node would answer it with nothing. */
const unreadable = (code: string | undefined): [status: number, title: string] => {
  if (code === 'HPE_HEADER_OVERFLOW') return [431, 'Request Header Fields Too Large'];
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? [408, 'Request Timeout'] : [400, 'Bad Request'];
};

const problem = (response: ServerResponse, status: number, title: string): void => {
  const body = problemText(status, title);
  // What is left of a body nobody reads would be taken for the next request.
  response.writeHead(status, { 'content-type': 'application/problem+json', connection: 'close' }).end(body);
};

const decoded = (segment: string): string | undefined => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
};

/** Handlers of the functions never look at their context. */
const context = {} as Context;

export interface Gateway {
  url: string;
  close(): Promise<void>;
}

/** Listens on `host` and `port` (0: a free one). Loopback unless told otherwise. */
export const openGateway = async (
  routes: readonly GatewayRoute[],
  { host = '127.0.0.1', port = 0, log }: { host?: string; port?: number; log: Log },
): Promise<Gateway> => {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [path = '/', query = ''] = (request.url ?? '/').split('?', 2) as [string?, string?];
    const [, segment, ...rest] = path.split('/');
    const route = routes.find(([first]) => first === segment);
    const named = route?.[1].map((name, place) => [name, decoded(rest[place] ?? '')] as const) ?? [];
    if (route === undefined || named.some(([, value]) => value === undefined))
      return problem(response, 404, 'Not Found');
    const given = named.filter((entry): entry is readonly [string, string] => Boolean(entry[1]));
    const body = await readBody(request);
    const {
      statusCode = 200,
      headers = {},
      body: text = '',
    } = await route[2](eventOf(request, path, query, Object.fromEntries(given), body), context);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
    response.writeHead(statusCode).end(text);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (error instanceof TooLarge) return problem(response, 413, 'Content Too Large');
      log.error('a request failed', { error: error instanceof Error ? error.name : 'unknown' });
      if (!response.headersSent) problem(response, 500, 'Internal Server Error');
    });
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy();
    const [status, title] = unreadable(error.code);
    const body = problemText(status, title);
    socket.end(
      `HTTP/1.1 ${status} ${title}\r\ncontent-type: application/problem+json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
    );
  });
  // Browsers and clients reuse connections between beacons; API Gateway keeps them for a minute or so.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
};
