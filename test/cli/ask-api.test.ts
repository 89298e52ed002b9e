// How the commands reach a running Muster: below the path its address has, as a stage of API Gateway's has one.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asked, reached, urlOption } from '../../cli/ask-api.ts';
import { qualityCommand } from '../../cli/quality.ts';

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
  expect(() => urlOption().parseArg?.(address, undefined)).toThrow('an address begins with http:// or https://');
});

describe('the environment', () => {
  const named = { MUSTER_URL: 'https://a.example', MUSTER_TOKEN: 'kept' };
  beforeEach(() => void Object.assign(process.env, named));
  afterEach(() => {
    for (const name of Object.keys(named)) delete process.env[name];
  });
  const read = (...typed: string[]) => reached(new Command()).parse(typed, { from: 'user' }).opts();

  it('names address and token where nobody typed them', () => {
    expect(read()).toEqual({ url: 'https://a.example', token: 'kept' });
    expect(read('--token', 'typed')).toEqual({ url: 'https://a.example', token: 'typed' });
  });

  it('leaves a journal to be counted where one is named', async () => {
    const journal = ['--playbook', 'docs/playbooks/starter.yaml', '--facts', 'no-such-file.ndjson'];
    const counted = qualityCommand().parseAsync(journal, { from: 'user' });
    await expect(counted).rejects.toThrow('no-such-file.ndjson');
  });
});
