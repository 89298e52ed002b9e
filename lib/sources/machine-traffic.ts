// Tells machines from people by what they say of themselves. What they send is kept, flagged and scores nothing.
import { isbot } from 'isbot';
import type { Headers } from './source.ts';

/** Programs that send on a person's behalf: analytics libraries on the tenant's servers, their HTTP clients, curl. isbot
 * counts them as bots (it matched every one of the recorded server libraries), which would silence all of them. */
const httpClient =
  /^(?:[\w.@-]*analytics|node\b|undici|axios|got\b|curl|wget|python|aiohttp|go-http|okhttp|java\b|apache-http|php|guzzle|ruby|faraday|dart|ktor|postman)/i;
const crawler = /bot\b|crawl|spider/i;

export const isCrawler = (userAgent: string | undefined): boolean =>
  userAgent !== undefined && isbot(userAgent) && (crawler.test(userAgent) || !httpClient.test(userAgent));

/** A browser fetched the page in case somebody goes there: nobody has seen it. */
export const isPrefetch = (headers: Headers): boolean =>
  /prefetch|prerender/i.test(`${headers['sec-purpose'] ?? ''} ${headers.purpose ?? ''}`);

/** Global Privacy Control: the person does not want visits joined to their name. */
export const asksForPrivacy = (headers: Headers): boolean => headers['sec-gpc'] === '1';
