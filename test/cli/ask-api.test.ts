// How the commands reach a running Muster: below the path its address has, as a stage of API Gateway's has one.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { asked, urlOption } from '../../cli/ask-api.ts';

it.each(['', '/', '/_aws/execute-api/abc/$default', '/stage/'])('asks below %j', async (path) => {
  const heard: unknown[] = [];
  const server = createServer(({ url, headers }, response) => {
    heard.push(url, headers.authorization);
    response.end('{"accounts":[]}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
    expect(await asked({ url, token: 't' }, '/api/accounts')).toEqual({ accounts: [] });
    expect(heard).toEqual([`${path.replace(/\/$/, '')}/api/accounts`, 'Bearer t']);
  } finally {
    server.close();
  }
});

it.each(['foo', 'localhost:8080', 'ftp://a.example', 'http://'])('refuses the address %j at once', (address) => {
  expect(() => urlOption[2](address)).toThrow('an address begins with http:// or https://');
});
