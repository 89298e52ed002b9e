// HubSpot's own client, as much of it as is used: the calls common to all kinds of records, by Muster's exchange instead of the client's.
// Each kind's own part of the client would be 85 KB more of every function that has it.
import {
  BasicApi,
  BatchApi,
  createConfiguration,
  HttpMethod,
  ResponseContext,
  SearchApi,
  ServerConfiguration,
  wrapHttpLibrary,
} from '@hubspot/api-client/lib/codegen/crm/objects/index.js';
import * as z from 'zod';
import { type ExchangeOptions, openExchange, type Reply, retryAfterHeader } from '../exchange.ts';

export interface HubspotClient {
  basic: BasicApi;
  batch: BatchApi;
  search: SearchApi;
  /** For the calls that it has under a single kind of record only. */
  post(path: string, body: object): Promise<unknown>;
}

const limited = z.looseObject({ policyName: z.string().optional() }).catch({});
const hourMs = 3_600_000;

/** HubSpot says which limit it was: that of a day is over at its account's midnight, wherever that is, those of seconds when the
 * interval is (developers.hubspot.com, "API usage guidelines"). */
const retryAfterMs = (reply: Reply): number | undefined => {
  const said = retryAfterHeader(reply);
  if (said !== undefined || reply.status !== 429) return said;
  if (limited.parse(parsedOrNothing(reply.text)).policyName === 'DAILY') return hourMs;
  const interval = Number(reply.headers['x-hubspot-ratelimit-interval-milliseconds']);
  return interval > 0 ? interval : 10_000;
};

const parsedOrNothing = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
};

export const openHubspotClient = (
  apiUrl: string | undefined,
  accessToken: string,
  options?: ExchangeOptions,
): HubspotClient => {
  const send = openExchange('HubSpot', retryAfterMs, options);
  const configuration = createConfiguration({
    baseServer: new ServerConfiguration((apiUrl ?? 'https://api.hubapi.com').replace(/\/+$/, ''), {}),
    authMethods: { oauth2: { accessToken } },
    httpApi: wrapHttpLibrary({
      send: async (request) => {
        const body = request.getBody();
        const { status, headers, text } = await send({
          method: request.getHttpMethod(),
          url: request.getUrl(),
          headers: request.getHeaders(),
          body: typeof body === 'string' ? body : undefined,
        });
        const buffer = Buffer.from(text);
        return new ResponseContext(status, headers, { text: async () => text, binary: async () => buffer });
      },
    }),
  });
  return {
    basic: new BasicApi(configuration),
    batch: new BatchApi(configuration),
    search: new SearchApi(configuration),
    post: async (path, body) => {
      const request = configuration.baseServer.makeRequestContext(path, HttpMethod.POST);
      request.setHeaderParam('Content-Type', 'application/json');
      request.setBody(JSON.stringify(body));
      await configuration.authMethods.oauth2?.applySecurityAuthentication(request);
      const response = await configuration.httpApi.send(request).toPromise();
      return JSON.parse(await response.body.text());
    },
  };
};
