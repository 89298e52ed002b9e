// The published schema of tenants' files is the one the code has, and says of each setting what it is.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { tenantJsonSchemaText } from '../../infra/tenant-schema.ts';
import { root } from '../architecture/house.ts';

const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const published = textOf('docs/tenant.schema.json');
const demo = textOf('infra/tenants/demo.yaml');

interface Node {
  description?: string;
  const?: unknown;
  properties?: Record<string, Node>;
  anyOf?: Node[];
  oneOf?: Node[];
  items?: Node;
  additionalProperties?: Node | boolean;
}

const silentIn = (node: Node, path: string): string[] => [
  ...Object.entries(node.properties ?? {}).flatMap(([name, one]) => [
    ...(one.description === undefined && one.const === undefined ? [`${path}.${name}`] : []),
    ...silentIn(one, `${path}.${name}`),
  ]),
  ...[...(node.anyOf ?? []), ...(node.oneOf ?? [])].flatMap((one) => silentIn(one, path)),
  ...(node.items === undefined ? [] : silentIn(node.items, `${path}[]`)),
  ...(typeof node.additionalProperties === 'object' ? silentIn(node.additionalProperties, `${path}.*`) : []),
];

describe('the published schema of tenants’ files', () => {
  it('is what the code says: `muster tenant schema` prints it', () => {
    expect(published).toBe(tenantJsonSchemaText());
  });

  it('says of every setting what it is', () => {
    expect(silentIn(JSON.parse(published) as Node, '')).toEqual([]);
  });

  it('is named by the demo’s file', () => {
    expect(demo.split('\n')[0]).toBe('# yaml-language-server: $schema=../../docs/tenant.schema.json');
  });

  it.each([
    ['an account that is none', `${demo}\naccount: "1234"\n`],
    ['an unknown setting', `${demo}\nregoin: eu-central-1\n`],
    ['a region that is none', demo.replace('eu-central-1', 'mars')],
  ])('refuses %s', (_, changed) => {
    const validate = new Ajv({ validateFormats: false }).compile(JSON.parse(published));
    expect(validate(parse(demo))).toBe(true);
    expect(changed).not.toBe(demo);
    expect(validate(parse(changed))).toBe(false);
  });
});
