// Hits: the Segment HTTP tracking API (segment.com/docs/connections/sources/catalog/libraries/server/http-api), so that
// the clients that speak it can be pointed here. Every call of a delivery becomes one touch.
import type { ProfileFields, TouchCaptured } from '../../events/touch-captured.v1.ts';
import { publicAddress } from '../domain/address.ts';
import { campaignIn, contractId, filled, line, momentOf, pageAddress, sha256 } from './contract-shapes.ts';
import { isEmailAddress } from './email-address.ts';
import { fieldProblems } from './field-problems.ts';
import { asksForPrivacy, isCrawler, isPrefetch } from './machine-traffic.ts';
import { leadInAddress, leadNamed, mailLinkName } from './mail-link.ts';
import { type SegmentCall, type SegmentPath, segmentCall } from './segment-call.ts';
import { type FieldProblem, type Headers, maximumItems, type Reading } from './source.ts';

export interface SegmentDelivery {
  path: Exclude<SegmentPath, 'metrics'>;
  /** The body as parsed JSON. */
  document: unknown;
  headers: Headers;
  /** Whose connection it came over, as the gateway saw it. */
  address?: string;
  requestId: string;
  /** Milliseconds since 1970. */
  now: number;
}

/** The write key a delivery names: the user of Basic authentication (servers) or a field of the body (browsers). */
export const writeKeyOf = (headers: Headers, document: unknown): string | undefined => {
  const basic = /^basic +([\w+/=-]+)$/i.exec(headers.authorization ?? '')?.[1];
  if (basic !== undefined) return Buffer.from(basic, 'base64').toString().split(':')[0];
  return textIn(document, 'writeKey');
};

export const readHits = (delivery: SegmentDelivery): Reading => {
  const { path, document } = delivery;
  if (!isObject(document)) return { problems: [{ field: 'body', detail: 'must be an object' }] };
  const single = path !== 'batch';
  const items = single ? [{ ...document, type: path }] : fieldIn(document, 'batch');
  if (!Array.isArray(items) || items.length === 0) {
    return { problems: [{ field: 'batch', detail: 'must be a list of at least one call' }] };
  }
  if (items.length > maximumItems) return { tooMany: items.length };

  const problems: FieldProblem[] = [];
  const lines: TouchCaptured[] = [];
  const sentAt = textIn(document, 'sentAt');
  items.forEach((item: unknown, index) => {
    // In a batch the sending moment stands once, for all.
    const call = segmentCall.safeParse(isObject(item) ? { sentAt, ...item } : item);
    if (call.success) lines.push(touchOf(call.data, delivery, index));
    else problems.push(...fieldProblems(call.error, single ? [] : ['batch', index]));
  });
  return problems.length > 0 ? { problems } : { lines };
};

const kinds = {
  track: 'event',
  page: 'page',
  screen: 'page',
  identify: 'identify',
  group: 'group',
  alias: 'alias',
} as const satisfies Record<SegmentCall['type'], TouchCaptured['kind']>;

const touchOf = (call: SegmentCall, delivery: SegmentDelivery, index: number): TouchCaptured => {
  const { headers, requestId, now } = delivery;
  const { properties, context } = call;
  const here = objectIn(context, 'page');
  const url = textIn(properties, 'url') ?? textIn(here, 'url');
  const isPage = kinds[call.type] === 'page';
  const agent = textIn(context, 'userAgent') ?? headers['user-agent'];
  const privately = asksForPrivacy(headers);
  return {
    type: 'touch-captured.v1',
    id: call.messageId ? contractId('web:', call.messageId) : derivedId(call, requestId, index),
    source: 'web',
    kind: kinds[call.type],
    occurredAt: momentOf(occurredAt(call, now)),
    receivedAt: momentOf(now),
    person: personOf(call, privately),
    profile: profileOf(call),
    optOut: privately ? 'gpc' : undefined,
    event: call.type === 'track' ? line(call.event, 200) : undefined,
    page: filled({
      url: pageAddress(url),
      title: line(properties.title ?? here.title ?? (isPage ? call.name : undefined), 500),
      referrer: pageAddress(properties.referrer ?? here.referrer),
      topic: line(properties.topic, 100),
      dwellSeconds: seconds(properties.dwell_seconds ?? properties.dwellSeconds),
    }),
    campaign: line(objectIn(context, 'campaign').name, 200) ?? campaignIn(url),
    ip: addressOf(call, delivery),
    flag: isCrawler(agent) || isPrefetch(headers) ? 'bot' : undefined,
  };
};

/** The same call sent again gets the same id. Without a time of its own two equal calls look alike, so what tells them
 * apart is the request they came in and their place in it. */
const derivedId = ({ sentAt: _, ...content }: SegmentCall, requestId: string, index: number): string => {
  const place = (content.originalTimestamp ?? content.timestamp) ? '' : `${requestId}.${index}`;
  return `web:sha256-${sha256(JSON.stringify(canonical(content)) + place).slice(0, 32)}`;
};
/** Keys in order, and eight levels deep at most: recursion over somebody else's nesting needs an end. */
const canonical = (value: unknown, depth = 0): unknown => {
  if (depth > 8) return null;
  if (Array.isArray(value)) return value.map((inner) => canonical(inner, depth + 1));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, canonical(inner, depth + 1)]));
};

/** How far off a client's clock may be before we correct it. Within, its own time stands: the same call sent again then
 * falls on the same moment, and so on the same day, however long the retry took. */
const trustedSkew = 10 * 60_000;

/** When it happened. A clock that is off by more than `trustedSkew` is corrected as Segment does: the time between happening
 * and sending is the client's to measure, the moment of sending is ours. Never later than it arrived. */
const occurredAt = (call: SegmentCall, now: number): number => {
  const claimed = call.originalTimestamp ?? call.timestamp;
  if (claimed === undefined) return now;
  const at = Date.parse(claimed);
  const skew = call.sentAt === undefined ? 0 : Date.parse(call.sentAt) - now;
  const corrected = Math.abs(skew) > trustedSkew ? at - skew : at;
  return Math.max(0, Math.min(corrected, now));
};

const personOf = (call: SegmentCall, privately: boolean): TouchCaptured['person'] => {
  const email = [
    call.type === 'group' ? undefined : textIn(call.traits, 'email'),
    textIn(objectIn(call.context, 'traits'), 'email'),
    call.userId,
  ]
    .map((text) => text?.trim())
    .find((text) => text !== undefined && isEmailAddress(text));
  const anonymous = call.anonymousId && contractId('anon:', call.anonymousId);
  const user = call.userId && contractId('user:', call.userId);
  // One name at most, so that nothing joins visits to each other or to an e-mail.
  if (privately) return email ? { email } : { visitor: user ?? anonymous };
  const names = call.type === 'alias' ? [user ?? anonymous, previousName(call)] : [anonymous, user];
  const [visitor, alsoVisitor] = names.filter((name) => name !== undefined);
  return { email, visitor, alsoVisitor, lead: leadOf(call) };
};

/** Whom the mail was sent to that led here: our tracker says so by a trait once a person has touched the page, other clients
 * by the address of the page they show. */
const leadOf = ({ type, traits, context, properties }: SegmentCall): string | undefined => {
  if (type === 'identify') return leadNamed(traits[mailLinkName]);
  if (type !== 'page') return undefined;
  const addresses = [properties, objectIn(context, 'page')].map((page) => textIn(page, 'url'));
  return addresses.map(leadInAddress).find((lead) => lead !== undefined);
};

/** A server speaks for its users by Basic authentication: theirs is the address it names, if any, never its own. Of a browser
 * only the connection is believed. One that is told not to keep addresses says so with `0.0.0.0`, and is heard. */
const addressOf = ({ context }: SegmentCall, { headers, address }: SegmentDelivery): string | undefined => {
  if (asksForPrivacy(headers)) return undefined;
  const named = textIn(context, 'ip');
  const isServer = /^basic /i.test(headers.authorization ?? '') && headers.origin === undefined;
  if (isServer) return publicAddress(named);
  return named === '0.0.0.0' ? undefined : publicAddress(address);
};

/** The API does not say whether a previous id was a user's or an anonymous one; clients make the latter as UUIDs. */
const previousName = ({ previousId = '', anonymousId }: SegmentCall): string => {
  const isAnonymous = previousId === anonymousId || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(previousId);
  return contractId(isAnonymous ? 'anon:' : 'user:', previousId);
};

/** A group's traits are the company's, everybody else's the person's. */
const profileOf = (call: SegmentCall): ProfileFields | undefined => {
  const person = { ...objectIn(call.context, 'traits'), ...(call.type === 'group' ? {} : call.traits) };
  const company = call.type === 'group' ? call.traits : objectIn(person, 'company');
  return filled({
    firstName: line(person.firstName, 500),
    lastName: line(person.lastName, 500),
    name: line(person.name, 500),
    company: line(company.name ?? person.company, 500),
    jobTitle: line(person.jobTitle ?? person.title, 500),
    phone: line(person.phone, 500),
    country: line(objectIn(person, 'address').country ?? person.country, 500),
    industry: line(company.industry ?? person.industry, 500),
    employees: line(company.employees ?? company.employee_count ?? person.employees, 500),
  });
};

const seconds = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && number >= 0 ? Math.min(number, 86_400) : undefined;
};

type Bag = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Bag => typeof value === 'object' && value !== null && !Array.isArray(value);
const fieldIn = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
const objectIn = (value: unknown, name: string): Bag => {
  const inner = fieldIn(value, name);
  return isObject(inner) ? inner : {};
};
const textIn = (value: unknown, name: string): string | undefined => {
  const inner = fieldIn(value, name);
  return typeof inner === 'string' && inner !== '' ? inner : undefined;
};
