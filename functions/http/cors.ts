// Lets the tenant's own sites read our answers from a browser, refusals included. It is no lock: a browser sends a
// simple request before it asks, so who may write is for write keys and signatures to say.
import type middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { answer } from './answer.ts';

/** `allowedOrigins` as browsers write them, `https://www.example.com`; `*` allows every one. */
export const isAllowed = (origin: string, allowedOrigins: readonly string[]): boolean =>
  allowedOrigins.includes(origin) || allowedOrigins.includes('*');

export const cors = (
  allowedOrigins: readonly string[],
  method: 'GET' | 'POST',
): Required<
  Pick<middy.MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>, 'before' | 'after' | 'onError'>
> => {
  const finish = (request: middy.Request<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>) => {
    if (!request.response) return;
    const { origin } = request.event.headers;
    const allowed = origin !== undefined && isAllowed(origin, allowedOrigins);
    request.response.headers = {
      ...request.response.headers,
      vary: 'origin',
      ...(allowed && {
        'access-control-allow-origin': origin,
        'access-control-expose-headers': 'retry-after, x-trace-id',
      }),
    };
  };
  return {
    before: (request) => {
      if (request.event.requestContext.http.method !== 'OPTIONS') return undefined;
      const { origin } = request.event.headers;
      const allowed = origin !== undefined && isAllowed(origin, allowedOrigins);
      return answer(204, '', {
        vary: 'origin',
        allow: `${method}, OPTIONS`,
        ...(allowed && {
          'access-control-allow-origin': origin,
          'access-control-allow-methods': method,
          'access-control-allow-headers': 'authorization, content-encoding, content-type, idempotency-key',
          // Two hours: browsers keep it no longer.
          'access-control-max-age': '7200',
        }),
      });
    },
    after: finish,
    onError: finish,
  };
};
