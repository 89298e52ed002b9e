// A CRM's delivery as its source wants it: who it is from, the address as the sender wrote it, the very bytes.
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Connection } from '../../lib/domain/connection.ts';
import type { WebhookDelivery, WebhookSource } from '../../lib/sources/source.ts';
import { parsedJson, rawBody, utf8 } from './body.ts';
import { requireContentType } from './content-type.ts';

/** API Gateway decodes neither path nor query. */
const urlOf = ({ headers, rawPath, rawQueryString }: APIGatewayProxyEventV2, connection: Connection): string => {
  const own = 'publicUrl' in connection ? connection.publicUrl : undefined;
  const query = rawQueryString === '' ? '' : `?${rawQueryString}`;
  return `${(own ?? `https://${headers.host ?? ''}`).replace(/\/$/, '')}${rawPath}${query}`;
};

export const deliveryIn = (
  event: APIGatewayProxyEventV2,
  source: string,
  connection: Connection,
  now: number,
  { maximumBytes }: Pick<WebhookSource, 'maximumBytes'>,
): WebhookDelivery => {
  const { headers, requestContext, pathParameters } = event;
  const { method } = requestContext.http;
  const pathSecret = pathParameters?.secret;
  return {
    source,
    connection,
    method,
    url: urlOf(event, connection),
    pathSecret,
    headers,
    body: rawBody(event, maximumBytes),
    now,
  };
};

/** Parsed, or as text; looked at only once its sender is known. Throws 415 and 400. */
export const documentIn = (
  event: APIGatewayProxyEventV2,
  bytes: Buffer,
  { body }: Pick<WebhookSource, 'body'>,
): unknown => {
  requireContentType(event, [body]);
  return body === 'json' ? parsedJson(bytes) : utf8(bytes);
};
