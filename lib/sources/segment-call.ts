// The calls of the Segment HTTP tracking API as its clients send them, and the paths they send them to.
import * as z from 'zod';

/** Browsers shorten the paths (analytics-next posts to `/v1/t`). `m` is that client's own metrics, which nobody here reads. */
const paths = {
  track: ['track', 't'],
  page: ['page', 'p'],
  screen: ['screen', 's'],
  identify: ['identify', 'i'],
  group: ['group', 'g'],
  alias: ['alias', 'a'],
  batch: ['batch', 'b', 'import'],
  metrics: ['m'],
} as const;
export type SegmentPath = keyof typeof paths;

/** Which call a path such as `/v1/track/` makes. */
export const segmentPath = (path: string): SegmentPath | undefined => {
  const last = /\/v1\/([a-z]+)\/*$/.exec(path)?.[1];
  return (Object.keys(paths) as SegmentPath[]).find((call) => (paths[call] as readonly string[]).includes(last ?? ''));
};

/** Clients send numbers as ids, and null for none. */
const reference = z
  .union([z.string(), z.number()], 'must be text')
  .nullish()
  .transform((value) => (value === null || value === undefined || value === '' ? undefined : String(value)));
const instant = z.iso
  .datetime({ offset: true, error: 'must be a moment in ISO 8601 with its offset' })
  .nullish()
  .transform((value) => value ?? undefined);
/** What sits in these is the tenant's; what cannot be used of it is left, never refused. */
const bag = z
  .custom<Record<string, unknown>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'must be an object',
  )
  .nullish()
  .transform((value) => value ?? {});

export const segmentCall = z
  .object({
    type: z.enum(['track', 'page', 'screen', 'identify', 'group', 'alias']),
    event: reference,
    name: reference,
    userId: reference,
    anonymousId: reference,
    previousId: reference,
    messageId: reference,
    timestamp: instant,
    originalTimestamp: instant,
    sentAt: instant,
    traits: bag,
    properties: bag,
    context: bag,
  })
  .check(({ value, issues }) => {
    const refuse = (field: string, message: string) =>
      issues.push({ code: 'custom', path: [field], message, input: undefined });
    if (value.type === 'track' && value.event === undefined) refuse('event', 'is required');
    if (value.type === 'alias' && value.previousId === undefined) refuse('previousId', 'is required');
    if (value.userId === undefined && value.anonymousId === undefined) refuse('userId', 'or anonymousId is required');
  });
export type SegmentCall = z.infer<typeof segmentCall>;
