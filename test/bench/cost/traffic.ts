// The traffic whose cost is counted. All that is assumed of it stands here.
//
// Hits. One million in a working day of ten hours, 28 a second. A visit is ten hits, five pages each shown and left, sent
// as two beacons of five some 45 s apart, as web/tracker does. 95 % of visitors are anonymous; 5 % are known: they filled
// in a form another day, and each change of theirs is judged again. The sample is a stretch of that day, so that the
// batching window of infra/tenants/demo.yaml (5 s) holds what it would then: some 28 beacons of 28 visitors. A visitor's two
// beacons do not meet in one window.
//
// Forms. People a tenant has not heard of, four of each company. 20 % ask for a demo: they qualify, get an owner, a clock
// and two mails; half are answered before the reminder, 40 % after it, 10 % never. 80 % sign up for the newsletter. What
// the CRM says of it all is a webhook of its own, not counted. They come one by one, 30 s apart, as real ones do, so that
// nothing is batched; and, for comparison, ten at a time, as after a webinar.
import { randomUUID } from 'node:crypto';

const hitsPerBeacon = 5;
const beaconsPerVisit = 2;
const hitsPerSecond = 1_000_000 / (10 * 3_600);
const secondsBetweenBeacons = 45;
const knownShare = 0.05;

export interface Beacon {
  /** Seconds from the beginning. */
  at: number;
  visitor: number;
  part: number;
}

const agent = { name: 'muster.js', version: '1' };
const pages = ['/', '/pricing.html', '/case-study.html', '/', '/demo.html'];

/** Visits begin evenly; each sends its beacons apart. In order of time. */
export const beaconsOf = (hits: number): Beacon[] => {
  const visits = hits / hitsPerBeacon / beaconsPerVisit;
  const secondsBetweenVisits = (hitsPerBeacon * beaconsPerVisit) / hitsPerSecond;
  return Array.from({ length: visits }, (_, visitor) =>
    Array.from({ length: beaconsPerVisit }, (_, part) => ({
      at: visitor * secondsBetweenVisits + part * secondsBetweenBeacons,
      visitor,
      part,
    })),
  )
    .flat()
    .sort((a, b) => a.at - b.at);
};

/** One in twenty visitors is known. */
export const isKnownVisitor = (visitor: number): boolean => visitor % (1 / knownShare) === 0;
export const visitorId = (visitor: number): string => `5d1c7a52-0000-4000-8000-${String(visitor).padStart(12, '0')}`;

export const beaconBody = ({ visitor, part }: Beacon, now: number, writeKey: string): string => {
  const batch = Array.from({ length: hitsPerBeacon }, (_, index) => {
    const number = part * hitsPerBeacon + index;
    const path = pages[(number >> 1) % pages.length]!;
    const url = `https://www.example.com${path}`;
    const page = { url, path, title: 'Know which machine stops next · Larkline', referrer: 'https://www.example.com/' };
    const fields =
      number % 2 === 0
        ? { type: 'page', name: page.title, properties: page }
        : { type: 'track', event: 'Page Left', properties: { ...page, dwell_seconds: 8.4 } };
    return {
      ...fields,
      messageId: randomUUID(),
      anonymousId: visitorId(visitor),
      timestamp: new Date(now - (hitsPerBeacon - index) * 8_000).toISOString(),
      context: { page, campaign: {}, locale: 'en-US', library: agent },
    };
  });
  return JSON.stringify({ batch, writeKey, sentAt: new Date(now).toISOString() });
};

export const secondsBetweenForms = 30;
export const demoShare = 0.2;

export type Answer = 'in time' | 'reminded' | 'never';
/** To the `nth` of those who asked. */
export const answerTo = (nth: number): Answer => (nth % 10 < 5 ? 'in time' : nth % 10 < 9 ? 'reminded' : 'never');

export type FormId = 'demo-request' | 'newsletter';
export const formBody = (number: number, form: FormId, visitor?: string): string =>
  JSON.stringify({
    email: `person${number}@company${number >> 2}.example`,
    _visitor: visitor,
    _url: 'https://www.example.com/demo.html',
    _title: 'Ask for a demo · Larkline',
    _submission: randomUUID(),
    consent: 'yes',
    ...(form === 'demo-request' && {
      'first-name': 'Pat',
      'last-name': `Buyer ${number}`,
      company: `Company ${number >> 2}`,
      'job-title': 'Head of Procurement',
      country: 'Germany',
      timeframe: 'this-quarter',
    }),
  });
