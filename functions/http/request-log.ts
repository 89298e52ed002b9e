// One line a request: which route, how it went, how long it took. No path, query, body, address or name.
import type middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Clock, Log, Meter } from '../../lib/ports.ts';
import { olderUsed } from './older-secret.ts';
import { Problem } from './problem.ts';

type Request = middy.Request<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>;

export const requestLog = ({ clock, log, meter }: { clock: Clock; log: Log; meter?: Meter | undefined }) => {
  const started = new WeakMap<APIGatewayProxyEventV2, number>();
  const finish = ({ event, response, error }: Request) => {
    const status = response?.statusCode ?? 500;
    const now = clock.now();
    const olderSecret = olderUsed(event);
    const line = {
      requestId: event.requestContext.requestId,
      // The route's pattern: a path could hold anything.
      route: event.routeKey,
      status,
      milliseconds: now - (started.get(event) ?? now),
      ...(error instanceof Problem && error.errors.length > 0 && { fieldsRefused: error.errors.length }),
      ...(olderSecret !== undefined && { olderSecret }),
    };
    if (status >= 400 && status < 500) meter?.record({ CaptureRefused: 1 });
    if (status < 500) log.info('request', line);
    else log.error('request', { ...line, failure: failureOf(error) });
  };
  return {
    before: ({ event }: Request) => {
      started.set(event, clock.now());
    },
    after: finish,
    onError: finish,
  };
};

/** Enough to find the fault. The message is left out: SDK and schema errors quote what they choke on. */
const failureOf = (error: unknown): Record<string, unknown> | undefined => {
  if (!(error instanceof Error)) return undefined;
  const origin = error instanceof Problem && error.cause instanceof Error ? error.cause : error;
  const frames = origin.stack?.split('\n').filter((frame) => /^\s+at /.test(frame));
  return { name: origin.name, code: 'code' in origin ? origin.code : undefined, at: frames?.slice(0, 8) };
};
