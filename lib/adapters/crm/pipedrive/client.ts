// Pipedrive's own client, with Muster's exchange under its axios: by itself it throws away the status and the headers of a refusal,
// which say whether and when to try again.
import { ActivitiesApi, Configuration, DealsApi, OrganizationsApi, PersonsApi } from 'pipedrive/v2';
import { type ExchangeOptions, openExchange, type Reply, retryAfterHeader } from '../exchange.ts';
import type { Merge } from './merge.ts';

export interface PipedriveClient {
  persons: PersonsApi;
  organizations: OrganizationsApi;
  deals: DealsApi;
  activities: ActivitiesApi;
  /** Answers what the CRM does. */
  merge(merging: Merge): Promise<unknown>;
}

const windowMs = 2_000;

/** Seconds until the window is over; a day's budget that is used up has no header of its own
 * (pipedrive.readme.io/docs/core-api-concepts-rate-limiting). */
const retryAfterMs = (reply: Reply): number | undefined => {
  const said = retryAfterHeader(reply);
  if (said !== undefined || reply.status !== 429) return said;
  const seconds = Number(reply.headers['x-ratelimit-reset']);
  return seconds > 0 ? seconds * 1_000 : windowMs;
};

/** What axios gives to the adapter that makes its calls. */
interface AxiosCall {
  method?: string;
  url: string;
  headers: { toJSON(): Record<string, unknown> };
  data?: unknown;
}

export const openPipedriveClient = (
  apiUrl: string | undefined,
  apiToken: string,
  options?: ExchangeOptions,
): PipedriveClient => {
  // A hundred records are a hundred calls, and twenty a window: given up at its end, they would begin anew with the same twenty.
  const send = openExchange('Pipedrive', retryAfterMs, { longestWaitMs: windowMs, ...options });
  const adapter = async (config: AxiosCall) => {
    const headers = Object.entries(config.headers.toJSON()).filter((entry): entry is [string, string] => {
      const [, value] = entry;
      return typeof value === 'string';
    });
    const { status, text, ...reply } = await send({
      method: (config.method ?? 'get').toUpperCase(),
      url: config.url,
      headers: Object.fromEntries(headers),
      body: typeof config.data === 'string' ? config.data : undefined,
    });
    return { data: text, status, statusText: '', headers: reply.headers, config };
  };
  const at = (path: string) => {
    const base = (apiUrl ?? 'https://api.pipedrive.com').replace(/\/+$/, '');
    return { apiKey: apiToken, basePath: `${base}${path}` };
  };
  const configuration = Object.assign(new Configuration(at('/api/v2')), { baseOptions: { adapter } });
  return {
    persons: new PersonsApi(configuration),
    organizations: new OrganizationsApi(configuration),
    deals: new DealsApi(configuration),
    activities: new ActivitiesApi(configuration),
    merge: async (merging) => {
      const { merge } = await import('./merge.ts');
      return merge(merging, at('/v1'), { adapter });
    },
  };
};
