import { expect, test } from 'vitest';
import { publicAddress } from '../../lib/domain/address.ts';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::FFFF:CB00:7107', '203.0.113.7'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['2001:db8::1%eth0', '2001:db8::1'],
])('%s is %s', (text, expected) => {
  expect(publicAddress(text)).toBe(expected);
});

test.each([
  ['nothing', undefined],
  ['an empty text', ''],
  ['loopback', '127.0.0.1'],
  ['loopback', '::1'],
  ['an inner network', '10.1.2.3'],
  ['an inner network', '172.16.0.1'],
  ['an inner network', '192.168.1.1'],
  ['an inner network', 'fd00::1'],
  ['an inner network, mapped', '::ffff:10.1.2.3'],
  ['one link', '169.254.0.1'],
  ['one link', 'fe80::1%eth0'],
  ['a carrier’s inner network', '100.64.0.1'],
  ['nowhere', '0.0.0.0'],
  ['nowhere', '::'],
  ['everybody', '255.255.255.255'],
  ['many', '224.0.0.1'],
  ['another spelling', '0x7f.1'],
  ['another spelling', '3405803783'],
  ['octal', '0203.0.113.7'],
  ['with a port', '203.0.113.7:443'],
  ['a list', '203.0.113.7, 198.51.100.7'],
  ['no address', 'localhost'],
])('%s says nothing: %s', (_, text) => {
  expect(publicAddress(text)).toBeUndefined();
});
