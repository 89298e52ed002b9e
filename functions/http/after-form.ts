// Where a person goes after a form their browser sent on its own.
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { answer } from './answer.ts';
import { isAllowed } from './cors.ts';
import { pageHeaders, thanksPage } from './pages.ts';

/** 303 to the form's own redirect, never to an address from the request. A relative one needs to know the page, and only
 * a site the tenant allows is believed; otherwise our own page says thanks. Only there is an address suggested: none may stand
 * in a URL. */
export const afterForm = (
  { headers }: APIGatewayProxyEventV2,
  redirect: string | undefined,
  allowedOrigins: readonly string[],
  suggestion: string | undefined,
): APIGatewayProxyStructuredResultV2 => {
  const from = [headers.referer, headers.origin]
    .map((address) => (address !== undefined && URL.canParse(address) ? new URL(address) : undefined))
    .find((page) => page !== undefined && isAllowed(page.origin, allowedOrigins));
  const target = redirect !== undefined && URL.canParse(redirect, from?.href) ? new URL(redirect, from) : undefined;
  if (target && /^https?:$/.test(target.protocol)) return answer(303, '', { location: target.href });
  return answer(202, thanksPage(suggestion), pageHeaders);
};
