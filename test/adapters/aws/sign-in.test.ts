// Whose a token is: forged, stale and foreign ones are nobody's. Real keys, and a key server on loopback.
import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSignIn } from '../../../lib/adapters/aws/sign-in.ts';
import type { SignIn } from '../../../lib/ports.ts';

const pool = 'eu-central-1_Abc123456';
const issuer = `https://cognito-idp.eu-central-1.amazonaws.com/${pool}`;
const clientId = 'panel';
const keys = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const ours = keys();
const others = keys();
let asked = 0;
let status = 200;
const server = createServer((_, response) => {
  asked += 1;
  const jwk = { ...createPublicKey(ours.privateKey).export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' };
  response.writeHead(status).end(JSON.stringify({ keys: [jwk] }));
});
let signIn: SignIn;
const open = () =>
  createSignIn({
    USER_POOL_ID: pool,
    USER_POOL_CLIENT_ID: clientId,
    USER_POOL_KEYS_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`,
  });
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  signIn = open();
});
afterAll(() => void server.close());

const now = () => Math.floor(Date.now() / 1_000);
const good = () => ({
  ...{ sub: 'u1', iss: issuer, aud: clientId, token_use: 'id', iat: now(), exp: now() + 600, auth_time: now() },
  ...{ email: 'Ada@Seller.example', email_verified: true, 'cognito:groups': ['rep', 'somebody-elses'] },
});
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const rs256 = (key: KeyObject) => (text: string) => sign('RSA-SHA256', Buffer.from(text), key).toString('base64url');
const token = (claims: object, header: object = {}, signed = rs256(ours.privateKey)): string => {
  const text = `${part({ alg: 'RS256', kid: 'k1', typ: 'JWT', ...header })}.${part(claims)}`;
  return `${text}.${signed(text)}`;
};

it('is theirs whose address and groups it names, and keys are fetched once', async () => {
  const who = { email: 'ada@seller.example', groups: ['rep', 'somebody-elses'] };
  expect(await signIn.userOf(token(good()))).toEqual(who);
  expect(await signIn.userOf(token({ ...good(), 'cognito:groups': undefined }))).toEqual({ ...who, groups: [] });
  expect(asked).toBe(1);
});

const publicKey = ours.publicKey.export({ type: 'spki', format: 'pem' });
it.each<[string, () => string]>([
  ['is over', () => token({ ...good(), exp: now() - 1 })],
  ['of another pool', () => token({ ...good(), iss: issuer.replace('Abc', 'Xyz') })],
  ['of another client', () => token({ ...good(), aud: 'another' })],
  ['that is no ID token', () => token({ ...good(), token_use: 'access', client_id: clientId })],
  ['signed with another key', () => token(good(), {}, rs256(others.privateKey))],
  ['signed with a key nobody knows', () => token(good(), { kid: 'k2' }, rs256(others.privateKey))],
  ['signed by nobody', () => token(good(), { alg: 'none' }, () => '')],
  [
    'signed with the public key as a secret',
    () => token(good(), { alg: 'HS256' }, (text) => createHmac('sha256', publicKey).update(text).digest('base64url')),
  ],
  [
    'changed after it was signed',
    () => {
      const [head, , signature] = token(good()).split('.');
      return `${head}.${part({ ...good(), email: 'grace@seller.example' })}.${signature}`;
    },
  ],
  ['of an address nobody has shown to be theirs', () => token({ ...good(), email_verified: false })],
  ['that names no address', () => token({ ...good(), email: undefined })],
  ['that is none', () => 'not.a.token'],
  ['that is a service’s', () => 'kJ3Yd0yV9mJ1'],
])('one %s is nobody’s', async (_, make) => {
  expect(await signIn.userOf(make())).toBeUndefined();
});

it('cannot be told while the keys cannot be had, and can once they can', async () => {
  status = 503;
  const fresh = open();
  await expect(fresh.userOf(token(good()))).rejects.toThrow();
  status = 200;
  expect((await fresh.userOf(token(good())))?.email).toBe('ada@seller.example');
});
