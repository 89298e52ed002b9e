// The arrows between the rooms: events ← domain ← table ← steps ← functions, cli. Nothing calls back.
import { describe, expect, it } from 'vitest';
import { circles, violations } from './arrows.ts';
import { house } from './house.ts';
import { type Room, rooms } from './rooms.ts';

describe('the house', () => {
  it('has files in every room', () => {
    const empty = rooms.filter(({ path }) => !house.some((file) => file.path.startsWith(path)));
    expect(empty).toEqual([]);
  });

  it('keeps to the arrows', () => {
    expect(violations(house)).toEqual([]);
  });

  it('has no files that import each other in a circle', () => {
    expect(circles(house)).toEqual([]);
  });
});

describe('the table of rooms', () => {
  const uses = (word: string): string[] =>
    (rooms as readonly Room[]).filter((room) => room.uses.some((use) => use.startsWith(word))).map(({ name }) => name);
  const closureOf = (name: string): string[] => {
    const seen = new Set<string>();
    const walk = (one: string): void => {
      for (const next of (rooms as readonly Room[]).find((room) => room.name === one)!.sees) {
        if (!seen.has(next)) walk(seen.add(next) && next);
      }
    };
    walk(name);
    return [...seen].sort();
  };

  it('lets only the AWS adapters know the SDK', () => {
    expect(uses('@aws-sdk')).toEqual(['aws']);
  });

  it('leaves the steps nothing of the world but the ports', () => {
    expect(closureOf('steps')).toEqual([
      'crm',
      'domain',
      'events',
      'mending',
      'metrics',
      'ports',
      'subscriptions',
      'table',
      'trace',
    ]);
  });

  it('has no arrow that leads back', () => {
    expect(rooms.filter(({ name }) => closureOf(name).includes(name)).map(({ name }) => name)).toEqual([]);
  });
});

describe('a file that goes against the table is found', () => {
  const found = (path: string, text: string): string[] => violations([{ path, text }]);

  it.each([
    ['lib/domain/bad.ts', "import { readFileSync } from 'node:fs';", 'uses node:fs#readFileSync'],
    ['lib/domain/bad.ts', "import { createHash, randomBytes } from 'node:crypto';", 'uses node:crypto#randomBytes'],
    ['lib/domain/bad.ts', "import * as crypto2 from 'node:crypto';", 'uses node:crypto'],
    ['lib/sources/bad.ts', "export { request } from 'node:https';", 'uses node:https#request'],
    ['lib/steps/bad.ts', "import { SQSClient } from '@aws-sdk/client-sqs';", 'uses @aws-sdk/client-sqs#SQSClient'],
    ['functions/bad.ts', "import { createServer } from 'node:http';", 'uses node:http#createServer'],
    ['cli/bad.ts', "const { SQS } = await import('@aws-sdk/client-sqs');", 'uses @aws-sdk/client-sqs'],
    ['lib/domain/bad.ts', 'const any = await import(name);', 'uses import(name)'],
    [
      'lib/domain/bad.ts',
      "import type { Table } from '../ports.ts';",
      'imports lib/ports.ts: domain does not see ports',
    ],
    [
      'lib/steps/bad.ts',
      "import '../adapters/aws/table.ts';",
      'imports lib/adapters/aws/table.ts: steps does not see aws',
    ],
    [
      'lib/domain/bad.ts',
      "type T = import('../steps/fold/fold.ts').FoldPorts;",
      'imports lib/steps/fold/fold.ts: domain does not see steps',
    ],
    ['functions/bad.ts', "import { start } from '../cli/start.ts';", 'imports cli/start.ts: handlers does not see cli'],
    [
      'cli/bad.ts',
      "import { house } from '../test/architecture/house.ts';",
      'imports test/architecture/house.ts, which is in no room',
    ],
    ['lib/domain/bad.ts', 'export const now = Date.now();', 'reaches for Date.now, and domain is pure'],
    ['lib/table/bad.ts', 'export const now = new Date;', 'reaches for new Date(), and table is pure'],
    ['lib/steps/bad.ts', 'export const at = String(new Date());', 'reaches for new Date(), and steps is pure'],
    ['lib/sources/bad.ts', 'export const luck = Math.random();', 'reaches for Math.random, and sources is pure'],
    ['lib/domain/bad.ts', 'export const { TENANT } = process.env;', 'reaches for process, and domain is pure'],
    ['lib/steps/bad.ts', 'await fetch(url);', 'reaches for fetch, and steps is pure'],
    ['lib/domain/bad.ts', "export const clock = Date['now'];", "reaches for Date['now'], and domain is pure"],
    ['scripts/bad.ts', '', 'is in no room of rooms.ts'],
  ])('%s: %s', (path, text, fault) => {
    expect(found(path, text)).toEqual([`${path} ${fault}`]);
  });

  it('and what only looks like it is let pass', () => {
    const text =
      "// Date.now() and import('node:fs')\nexport const at = new Date(0); export const text = 'process.env'; const job = { process: 1 }.process;";
    expect(found('lib/domain/good.ts', text)).toEqual([]);
  });

  it('a circle is told by its files', () => {
    const a = { path: 'lib/domain/a.ts', text: "import './b.ts';" };
    const b = { path: 'lib/domain/b.ts', text: "import './a.ts';" };
    expect(circles([a, b])).toEqual(['lib/domain/a.ts → lib/domain/b.ts → lib/domain/a.ts']);
  });
});
