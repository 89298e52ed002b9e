// Refuses whoever goes round CloudFront, and with it the firewall: only CloudFront knows the secret it sends along. What it says of the
// visitor then stands where API Gateway, which has met CloudFront alone, would have had the visitor itself.
import { createHash, timingSafeEqual } from 'node:crypto';
import type middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { edgeHeaders } from '../../lib/domain/edge-headers.ts';
import { noteOlder } from './older-secret.ts';
import { orUnavailable, Problem } from './problem.ts';

/** Secrets that are taken, two while one is being rotated; undefined where nothing stands before the API. */
export type Edge = (() => Promise<readonly string[]>) | undefined;

type Request = middy.Request<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether it is the newest, none where it is no secret. As long for a near miss as for a far one: digests are of one length, and every
 * secret is looked at. */
const ageOf = (given: string, secrets: readonly string[]): 'newest' | 'older' | 'none' => {
  const same = secrets.map((secret) => secret !== '' && timingSafeEqual(digest(secret), digest(given)));
  return same[0] ? 'newest' : same.includes(true) ? 'older' : 'none';
};

export const fromEdge = (edge: Edge) => ({
  before: async ({ event }: Request): Promise<void> => {
    if (edge === undefined) return;
    const { [edgeHeaders.secret]: given = '', [edgeHeaders.viewer]: viewer, [edgeHeaders.host]: host } = event.headers;
    const age = ageOf(given, await orUnavailable(edge()));
    if (age === 'none') throw new Problem(403, 'Ask at the public address');
    if (age === 'older') noteOlder(event, 'edge');
    for (const name of Object.values(edgeHeaders)) delete event.headers[name];
    if (viewer !== undefined) event.requestContext.http.sourceIp = viewer;
    if (host !== undefined) event.headers.host = host;
  },
});
