// What a request says its body is, and what it would like back.
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { Problem } from './problem.ts';

export type ContentType = 'json' | 'xml' | 'text' | 'url-encoded' | 'multipart';

const mediaTypes: Record<string, ContentType> = {
  'application/json': 'json',
  'text/xml': 'xml',
  'application/xml': 'xml',
  'text/plain': 'text',
  'application/x-www-form-urlencoded': 'url-encoded',
  'multipart/form-data': 'multipart',
};

const contentType = ({ headers }: APIGatewayProxyEventV2): ContentType | undefined => {
  const mediaType = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  return Object.hasOwn(mediaTypes, mediaType) ? mediaTypes[mediaType] : undefined;
};

/** Throws 415 unless the body is one of these. */
export const requireContentType = (event: APIGatewayProxyEventV2, accepted: readonly ContentType[]): ContentType => {
  const given = contentType(event);
  if (given !== undefined && accepted.includes(given)) return given;
  const names = Object.keys(mediaTypes).filter((name) => accepted.includes(mediaTypes[name]!));
  throw new Problem(415, `The content type must be ${names.join(' or ')}`, { headers: { accept: names.join(', ') } });
};

/** A form sent by a browser on its own, without JavaScript: whoever sent it looks at the answer. */
export const isBrowserPost = (event: APIGatewayProxyEventV2): boolean => {
  const given = contentType(event);
  return (given === 'url-encoded' || given === 'multipart') && (event.headers.accept ?? '').includes('text/html');
};
