// Gets at the bytes of a body however the client and API Gateway have wrapped them, and never at more than are allowed.
import { gunzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { syntaxErrorAt } from './json-position.ts';
import { Problem } from './problem.ts';

/** After decoding. */
export const maximumBytes = 64 * 1_024;
const tooLarge = (most: number) => new Problem(413, `The body must be at most ${most} bytes`);

/** The bytes as they were sent; what a signature is over. */
export const rawBody = ({ body = '', isBase64Encoded }: APIGatewayProxyEventV2, most = maximumBytes): Buffer => {
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > most) throw tooLarge(most);
  return bytes;
};

/** The bytes unpacked. Clients were seen to label gzip as a form, and proxies to unpack it and leave the label, so what
 * decides is gzip's magic number: no JSON, form or multipart body begins with it. */
export const decodedBody = (event: APIGatewayProxyEventV2): Buffer => {
  const encoding = event.headers['content-encoding']?.trim().toLowerCase() || 'identity';
  if (!['gzip', 'x-gzip', 'identity'].includes(encoding)) {
    throw new Problem(415, 'The content encoding must be gzip or none', { headers: { 'accept-encoding': 'gzip' } });
  }
  const bytes = rawBody(event);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    // Stops inflating at the limit: 64 KB of zeros and 64 GB of them arrive equally small.
    return gunzipSync(bytes, { maxOutputLength: maximumBytes });
  } catch (cause) {
    if (cause instanceof RangeError) throw tooLarge(maximumBytes);
    throw new Problem(400, 'The body is not valid gzip', { cause });
  }
};

/** Throws 400 if the bytes are not UTF-8. */
export const utf8 = (bytes: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw malformed('is not UTF-8');
  }
};

/** An escape of half a character: JSON allows it alone, UTF-8 and with it DynamoDB know no such text. */
const halfOfPair = /\\ud[89a-f]/i;
const wellFormed = (_: string, value: unknown): unknown => (typeof value === 'string' ? value.toWellFormed() : value);

/** Throws 400, saying where, if the bytes are not one JSON document in UTF-8. */
export const parsedJson = (bytes: Buffer): unknown => {
  const text = utf8(bytes);
  try {
    const document: unknown = JSON.parse(text, halfOfPair.test(text) ? wellFormed : undefined);
    return document;
  } catch {
    throw malformed(text.trim() === '' ? 'is empty' : `is not JSON from position ${syntaxErrorAt(text)} on`);
  }
};

const malformed = (detail: string) => new Problem(400, `The body ${detail}`, { errors: [{ field: 'body', detail }] });
