// The embedded gateway says of a request what API Gateway would.
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { expect, test } from 'vitest';
import { openGateway } from '../../../lib/adapters/embedded/http-gateway.ts';
import { silent } from '../../simulation/world.ts';

test('names the address of the connection, whatever headers claim', async () => {
  const events: APIGatewayProxyEventV2[] = [];
  const handler = async (event: APIGatewayProxyEventV2) => {
    events.push(event);
    return { statusCode: 204 };
  };
  const gateway = await openGateway([['forms', ['formId'], handler]], { log: silent });
  try {
    const headers = { 'x-forwarded-for': '203.0.113.7', forwarded: 'for=203.0.113.7' };
    await fetch(`${gateway.url}/forms/demo`, { method: 'POST', headers, body: '{}' });
  } finally {
    await gateway.close();
  }

  expect(events.map(({ requestContext }) => requestContext.http.sourceIp)).toEqual(['127.0.0.1']);
});
