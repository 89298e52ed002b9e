// What a tenant's API lets through: of all its routes, and of those that people and services use rather than the whole web, which a flood
// of hits must not be able to fill and which must not be able to flood what is behind them.
import * as z from 'zod';

const requestsPerSecond = z.int().min(1).max(10_000).describe('So many a second, on average.');
const burst = z.int().min(1).max(5_000).describe('So many at once.');

/** Those of a kind, by the beginning of their path. */
const kinds = {
  operations: {
    paths: ['/operations'],
    says: 'What mends, erases and exports.',
    usual: { requestsPerSecond: 10, burst: 20 },
  },
  imports: {
    paths: ['/import/'],
    says: 'Lists, a hundred lines a request.',
    usual: { requestsPerSecond: 20, burst: 40 },
  },
  decisions: {
    paths: ['/crm-requests', '/review/', '/identity/', '/leads/'],
    says: 'What people decide, say of leads and ask of CRMs.',
    usual: { requestsPerSecond: 20, burst: 40 },
  },
  links: {
    paths: ['/act/'],
    says: 'Links of mails; scanners of mail follow them too.',
    usual: { requestsPerSecond: 50, burst: 100 },
  },
  read: {
    paths: ['/api/'],
    says: 'What the panel and services read; an open panel asks every second.',
    usual: { requestsPerSecond: 100, burst: 200 },
  },
} as const;
type Kind = keyof typeof kinds;
const kindNames = Object.keys(kinds) as Kind[];

const ofKind = (kind: Kind) =>
  z
    .strictObject({
      requestsPerSecond: requestsPerSecond.default(kinds[kind].usual.requestsPerSecond),
      burst: burst.default(kinds[kind].usual.burst),
    })
    .prefault({})
    .describe(`${kinds[kind].says} Of each route.`);

const routes = z
  .strictObject({
    operations: ofKind('operations'),
    imports: ofKind('imports'),
    decisions: ofKind('decisions'),
    links: ofKind('links'),
    read: ofKind('read'),
  } satisfies Record<Kind, unknown>)
  .prefault({})
  .describe('Of routes that never see as much as hits and forms do; never more than all of them together.');

export const throttleSettings = z
  .strictObject({ requestsPerSecond, burst, routes })
  .prefault({ requestsPerSecond: 500, burst: 1_000 })
  .describe('What the API lets through, all callers together; above it they get 429.');

export type Throttle = z.infer<typeof throttleSettings>;

/** As a stage takes them, by the route's key: `POST /operations`. Routes of no kind have the stage's own. */
export const routeThrottles = (throttle: Throttle, routeKeys: readonly string[]) =>
  Object.fromEntries(
    routeKeys.flatMap((key) => {
      const path = key.slice(key.indexOf(' ') + 1);
      const kind = kindNames.find((name) => kinds[name].paths.some((beginning) => path.startsWith(beginning)));
      if (kind === undefined) return [];
      const { requestsPerSecond, burst } = throttle.routes[kind];
      const settings = {
        // A route's own take the place of the stage's: they would let more through than the stage was told to.
        ThrottlingRateLimit: Math.min(requestsPerSecond, throttle.requestsPerSecond),
        ThrottlingBurstLimit: Math.min(burst, throttle.burst),
      };
      return [[key, settings] as const];
    }),
  );
