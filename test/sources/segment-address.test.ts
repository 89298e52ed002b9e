// Whose address a hit bears: the browser's connection, or what a server says of its user; and when none.
import { expect, test } from 'vitest';
import { touchCapturedV1 } from '../../events/touch-captured.v1.ts';
import { readHits, type SegmentDelivery } from '../../lib/sources/segment.ts';

const from = (address: string | undefined, headers: SegmentDelivery['headers'], context: object = {}) => {
  const document = { anonymousId: 'a1', messageId: 'm1', context };
  const reading = readHits({ path: 'page', document, headers, address, requestId: 'req-1', now: 0 });
  return 'lines' in reading ? touchCapturedV1.parse(reading.lines[0]).ip : reading;
};
const browser = { origin: 'https://www.example.com' };
const server = { authorization: `Basic ${btoa('wk:')}` };

test.each([
  ['a browser’s connection', '203.0.113.7', browser, {}, '203.0.113.7'],
  ['one spelling of it', '::ffff:203.0.113.7', browser, {}, '203.0.113.7'],
  ['not what a browser says', '203.0.113.7', browser, { ip: '198.51.100.7' }, '203.0.113.7'],
  [
    'not what a browser says with a key in its head',
    '203.0.113.7',
    { ...server, ...browser },
    { ip: '9.9.9.9' },
    '203.0.113.7',
  ],
  [
    'not what a proxy is said to have seen',
    '203.0.113.7',
    { ...browser, 'x-forwarded-for': '9.9.9.9' },
    {},
    '203.0.113.7',
  ],
  ['nothing of an inner network', '192.168.1.7', browser, {}, undefined],
  ['nothing when the client keeps no addresses', '203.0.113.7', browser, { ip: '0.0.0.0' }, undefined],
  ['nothing under Global Privacy Control', '203.0.113.7', { ...browser, 'sec-gpc': '1' }, {}, undefined],
  ['what a server says of its user', '203.0.113.7', server, { ip: '2001:DB8::1' }, '2001:db8::1'],
  ['nothing a server does not say', '203.0.113.7', server, {}, undefined],
  ['nothing a server says wrongly', '203.0.113.7', server, { ip: 'unknown' }, undefined],
  [
    'nothing a server says under Global Privacy Control',
    undefined,
    { ...server, 'sec-gpc': '1' },
    { ip: '9.9.9.9' },
    undefined,
  ],
])('a hit bears %s', (_, address, headers, context, expected) => {
  expect(from(address, headers, context)).toBe(expected);
});
