// Where traces begin: each request is one, and its answer says which, so that whoever asks what became of a form can name it.
import { createHash } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { isTraceId, within } from '../../lib/trace.ts';

type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

const traceHeader = 'x-trace-id';

/** X-Ray's own where API Gateway or Lambda began one, so that both tell of the same; else one of that form, made of the request's id. */
const traceOf = ({ headers, requestContext }: APIGatewayProxyEventV2): string => {
  const root = /Root=([^;]+)/.exec(headers['x-amzn-trace-id'] ?? '')?.[1];
  if (root !== undefined && isTraceId(root)) return root;
  const seconds = Math.floor(requestContext.timeEpoch / 1_000);
  const random = createHash('sha256').update(requestContext.requestId).digest('hex').slice(0, 24);
  return `1-${seconds.toString(16).padStart(8, '0').slice(-8)}-${random}`;
};

export const traced =
  (handler: Handler): Handler =>
  (event, context) => {
    const traceId = traceOf(event);
    return within(traceId, async () => {
      const answer = await handler(event, context);
      return { ...answer, headers: { ...answer.headers, [traceHeader]: traceId } };
    });
  };
