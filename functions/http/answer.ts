// The shape of every answer: none is cached, none is sniffed.
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

export const answer = (
  statusCode: number,
  body: string,
  headers: Record<string, string> = {},
): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers },
  body,
});

export const json = (statusCode: number, document: unknown): APIGatewayProxyStructuredResultV2 =>
  answer(statusCode, JSON.stringify(document), { 'content-type': 'application/json' });
