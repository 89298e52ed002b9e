// The one place where refusals and failures become HTTP: RFC 9457 problem documents, or for a person who sent a form
// from a browser, a page. What failed on our side is never told.
import { STATUS_CODES } from 'node:http';
import type middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { answer } from './answer.ts';
import { isBrowserPost } from './content-type.ts';
import { problemPage } from './pages.ts';
import { Problem } from './problem.ts';

/** Fields named in one answer. A body of 64 KB can hold 16,000 wrong ones. */
const mostErrors = 50;

export const problemAnswers = (): middy.MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> => ({
  onError: (request) => {
    const { event, error } = request;
    const problem = error instanceof Problem ? error : new Problem(500, 'Something failed here');
    const { status, message: detail, headers, suggestion } = problem;
    const title = STATUS_CODES[status] ?? 'Error';
    const errors = problem.errors.slice(0, mostErrors).map((each) => ({ ...each, field: each.field.slice(0, 200) }));
    if (isBrowserPost(event)) {
      request.response = answer(status, problemPage(detail, errors, suggestion), {
        'content-type': 'text/html; charset=utf-8',
        ...headers,
      });
      return;
    }
    const document = {
      type: 'about:blank',
      title,
      status,
      detail,
      ...(errors.length > 0 && { errors }),
      suggestion,
      requestId: event.requestContext.requestId,
    };
    request.response = answer(status, JSON.stringify(document), {
      'content-type': 'application/problem+json',
      ...headers,
    });
  },
});
