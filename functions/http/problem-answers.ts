// The one place where refusals and failures become HTTP: RFC 9457 problem documents, or for a person who sent a form
// from a browser, a page. What failed on our side is never told.
import type middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { answer } from './answer.ts';
import { isBrowserPost } from './content-type.ts';
import { pageHeaders, problemPage } from './pages.ts';
import { Problem } from './problem.ts';

/** Of what is answered here, as RFC 9110 names it. Node's own list is in `node:http`, which brings a second HTTP client along: 10 ms
 * of a function's start. */
const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** Fields named in one answer. A body of 64 KB can hold 16,000 wrong ones. */
const mostErrors = 50;

export const problemAnswers = (): middy.MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> => ({
  onError: (request) => {
    const { event, error } = request;
    const problem = error instanceof Problem ? error : new Problem(500, 'Something failed here');
    const { status, message: detail, headers, suggestion } = problem;
    const title = titles[status] ?? 'Error';
    const errors = problem.errors.slice(0, mostErrors).map((each) => ({ ...each, field: each.field.slice(0, 200) }));
    // Nobody looks at what other routes answer, whatever a client says it would like.
    if (event.pathParameters?.formId !== undefined && isBrowserPost(event)) {
      request.response = answer(status, problemPage(detail, errors, suggestion), {
        ...pageHeaders,
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
