// The published schema is the one the code has, and the playbooks a newcomer begins with are in order by both.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { playbookJsonSchemaText } from '../../lib/domain/playbook/json-schema.ts';
import { readPlaybook } from '../../lib/domain/playbook/read-playbook.ts';
import { complaintsText } from '../../lib/domain/yaml-document.ts';
import { root } from '../architecture/house.ts';

const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const published = textOf('docs/playbook.schema.json');

/** As an editor would: by the published file alone. Patterns stand beside each format. */
const validate = new Ajv({ validateFormats: false }).compile(JSON.parse(published));

const examples = ['starter', 'enterprise', 'points'].map((name) => `docs/playbooks/${name}.yaml`);
const files = [...examples, 'infra/tenants/demo.playbook.yaml'];

const signals = Array.from({ length: 100 }, (_, n) => `  s${n}: { label: S, match: { kind: call }, points: 1 }\n`).join(
  '',
);

describe('the published schema', () => {
  it('is what the code says: `muster playbook schema` prints it', () => {
    expect(published).toBe(playbookJsonSchemaText());
  });

  it('names no machine but that of the schema of schemas', () => {
    expect(published.match(/https?:\/\/[^"]+/g)).toEqual(['http://json-schema.org/draft-07/schema#']);
  });

  it('says of every setting at the top what it is', () => {
    const { properties } = JSON.parse(published) as { properties: Record<string, { description?: string }> };
    const silent = Object.keys(properties).filter((name) => properties[name]?.description === undefined);
    expect(silent).toEqual([]);
  });

  it.each([
    ['an unknown setting', (text: string) => text.replace('points: 50', 'point: 50')],
    ['a kind there is none of', (text: string) => text.replace('kind: page', 'kind: pages')],
    ['a missing one', (text: string) => text.replace('  defaultPool: everybody', '')],
    ['a grade there is none of', (text: string) => text.replace('[A1, A2, B1]', '[A1, A2, B9]')],
    ['a fit rule that asks nothing', (text: string) => text.replace(/(field: \w+), (is|contains): \[[^\]]*\]/, '$1')],
    ['a persona told by nothing', (text: string) => `${text}\npersonas: { boss: { label: Boss } }\n`],
    ['a suppression of nobody', (text: string) => `${text}\nsuppression: { rival: { label: Rival, factor: 0.5 } }\n`],
    ['a match of anything', (text: string) => text.replace(/match: \{[^}]*\}/, 'match: {}')],
    ['more signals than are kept', (text: string) => text.replace('signals:\n', `signals:\n${signals}`)],
    ['a time that is none', (text: string) => text.replace('"17:00"', '"25:00"')],
  ])('refuses %s', (_, change) => {
    const text = textOf('docs/playbooks/starter.yaml');
    expect(change(text)).not.toBe(text);
    expect(validate(parse(text))).toBe(true);
    expect(validate(parse(change(text)))).toBe(false);
  });
});

describe.each(files)('%s', (path) => {
  it('is in order', () => {
    const reading = readPlaybook(textOf(path));
    expect('complaints' in reading ? complaintsText(path, reading.complaints) : '').toBe('');
  });

  it('is in order for editors too, which find the schema by its first line', () => {
    const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(textOf(path)) ?? [];
    expect(join(dirname(path), schema)).toBe('docs/playbook.schema.json');
    expect(validate(parse(textOf(path))), JSON.stringify(validate.errors)).toBe(true);
  });
});

it('the starter fits on a page', () => {
  expect(textOf('docs/playbooks/starter.yaml').trimEnd().split('\n').length).toBeLessThanOrEqual(60);
});
