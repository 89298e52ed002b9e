// Who outside is told what happens here, as the tenant file has it under `destinations`: programs by signed webhooks, people in the
// channels of their chat. What opens each (a signing secret, a channel's address) is a secret and stands elsewhere.
import * as z from 'zod';
import type { PublishedEventType } from '../../events/catalogue.ts';
import { publicAddress } from './address.ts';

/** What may be told outside: what is of use to somebody there, once, when it happens. */
export const toldOutside = [
  'lead-qualified.v1',
  'lead-status-changed.v1',
  'lead-routed.v1',
  'sla-breached.v1',
  'sla-stopped.v1',
  'account-status-changed.v1',
  'account-surged.v1',
  'account-threshold-reached.v1',
  'status-flapping.v1',
] as const satisfies readonly PublishedEventType[];
export type ToldOutside = (typeof toldOutside)[number];

/** What is worth interrupting people for. */
const toldInChat = [
  'lead-routed.v1',
  'sla-breached.v1',
  'account-surged.v1',
  'account-threshold-reached.v1',
] as const satisfies readonly ToldOutside[];

const isLoopback = (url: string): boolean => /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/.test(url);

/** People's names and addresses go there: nobody on the way may read them. */
export const isSafeUrl = (url: string): boolean => url.startsWith('https://') || isLoopback(url);

/** A name can be made to lead inside: to a cloud's own credentials, to what an office's network lets anybody do. `addresses`: those
 * the name stands for. This very machine is had only by who tries things out. */
export const mayPostTo = (url: string, addresses: readonly string[]): boolean =>
  isLoopback(url) || addresses.every((address) => publicAddress(address) !== undefined);

const url = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine(isSafeUrl, 'must begin with https://, unless it is this very machine')
  .refine((one) => !/^[a-z]+:\/\/[^/]*@/.test(one), 'must hold no password: deliveries are signed');

const chat = { events: z.array(z.enum(toldInChat)).min(1).describe('What is told there.') };

const destination = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('webhook'),
    url: url.describe('Where it is posted.'),
    events: z.array(z.enum(toldOutside)).min(1).describe('What is posted there.'),
    shares: z
      .boolean()
      .optional()
      .describe(
        'True where whoever gets it may use it for themselves or pass it on. Nothing is posted there about people who asked by Global Privacy Control that nothing of theirs be sold or shared, and no words about an account that may name people.',
      ),
  }),
  z.strictObject({ kind: z.literal('slack'), ...chat }),
  z.strictObject({ kind: z.literal('teams'), ...chat }),
]);
export type Destination = z.infer<typeof destination>;
export type Destinations = Readonly<Record<string, Destination>>;

export const destinations = z.record(
  z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'must be small letters, digits or hyphens'),
  destination,
);

/** Who is told of events of this type, by name. */
export const toldOf = (all: Destinations, type: PublishedEventType): string[] =>
  Object.keys(all).filter((name) => (all[name]!.events as readonly string[]).includes(type));

/** Every type that anybody is told of. */
export const typesTold = (all: Destinations): ToldOutside[] =>
  toldOutside.filter((type) => toldOf(all, type).length > 0);

const seconds = 1_000;
const minutes = 60 * seconds;
const hours = 60 * minutes;

/** How long is waited after each try that failed, as the Standard Webhooks specification has it: a day and a half in all. */
const waits = [5 * seconds, 5 * minutes, 30 * minutes, 2 * hours, 5 * hours, 10 * hours, 14 * hours];

/** When to try again after so many tries; undefined: not any more. Not before the receiver wants it. */
export const nextTry = (tries: number, now: number, retryAfterMs = 0): string | undefined => {
  const wait = waits[tries - 1];
  return wait === undefined
    ? undefined
    : new Date(now + Math.max(wait, Math.min(retryAfterMs, 24 * hours))).toISOString();
};
