// What every route is wrapped in. Listed outside in: each sees the answer the ones below it made.
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Clock, Log, Meter } from '../../lib/ports.ts';
import { problemPages } from './action-pages.ts';
import { cors } from './cors.ts';
import { type Edge, fromEdge } from './edge.ts';
import { Problem } from './problem.ts';
import { problemAnswers } from './problem-answers.ts';
import { requestLog } from './request-log.ts';
import { traced } from './trace-header.ts';

export type HttpHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

export interface ApiOptions {
  clock: Clock;
  log: Log;
  meter?: Meter | undefined;
  /** Sites whose scripts may read the answers; none for routes that only servers call. */
  allowedOrigins?: readonly string[];
  /** What whoever asks has to know, where only CloudFront may ask. */
  edge?: Edge;
}

type Respond = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

const route =
  (method: 'GET' | 'POST') =>
  ({ clock, log, meter, allowedOrigins = [], edge }: ApiOptions, respond: Respond): HttpHandler =>
    traced(
      middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>({ timeoutEarlyInMillis: 0 })
        .use(requestLog({ clock, log, meter: method === 'POST' ? meter : undefined }))
        .use(fromEdge(edge))
        .use(cors(allowedOrigins, method))
        .use(problemAnswers())
        .handler(async (event: APIGatewayProxyEventV2) => {
          if (event.requestContext.http.method === method) return respond(event);
          throw new Problem(405, `Only ${method} is answered here`, { headers: { allow: `${method}, OPTIONS` } });
        }),
    );

export const getRoute = route('GET');
export const postRoute = route('POST');

/** Of pages with a button, which a browser asks for and posts to, and nobody else's script: HEAD is what machines look with. */
export const pageRoute = (
  { clock, log, edge }: Pick<ApiOptions, 'clock' | 'log' | 'edge'>,
  respond: Respond,
): HttpHandler =>
  traced(
    middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>({ timeoutEarlyInMillis: 0 })
      .use(requestLog({ clock, log }))
      .use(fromEdge(edge))
      .use(problemPages())
      .handler(async (event: APIGatewayProxyEventV2) => {
        const { method } = event.requestContext.http;
        if (method === 'GET' || method === 'POST') return respond(event);
        if (method === 'HEAD') return { ...(await respond(event)), body: '' };
        throw new Problem(405, 'Only GET and POST are answered here', { headers: { allow: 'GET, HEAD, POST' } });
      }),
  );
