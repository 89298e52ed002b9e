// How files are named and how long they may be, and that the catalogue has every contract.
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { captured, capturedContracts, published, publishedContracts, samples } from '../../events/catalogue.ts';
import { house } from './house.ts';
import type { SourceFile } from './source-file.ts';

const linesOf = ({ text }: SourceFile): number => text.trimEnd().split('\n').length;
const longerThan = (limit: number, files: readonly SourceFile[]): string[] =>
  files.filter((file) => linesOf(file) > limit).map((file) => `${file.path} has ${linesOf(file)} lines`);

describe('a source file', () => {
  it('does one thing: it has at most 250 lines', () => {
    expect(longerThan(250, house)).toEqual([]);
  });

  it('that AWS or HTTP calls into only wires: it has at most 40 lines', () => {
    expect(
      longerThan(
        40,
        house.filter(({ path }) => /^functions\/(lambda\/)?[^/]+$/.test(path)),
      ),
    ).toEqual([]);
  });

  it('opens with a line on why it exists', () => {
    expect(house.filter(({ text }) => !/^(#!.*\n)?\/[/*]/.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('is named in kebab-case, for what is in it', () => {
    const named = (path: string): boolean =>
      /^[a-z0-9]+(-[a-z0-9]+)*(\.v\d+)?\.(ts|js)$/.test(basename(path)) &&
      !/\b(utils?|helpers?|common|misc)\b/.test(path);
    expect(house.filter(({ path }) => !named(path)).map(({ path }) => path)).toEqual([]);
  });

  it('of 251 lines, and a handler of 41, would be found', () => {
    const long = { path: 'functions/long.ts', text: '//\n'.repeat(251) };
    expect(longerThan(250, [long])).toEqual(['functions/long.ts has 251 lines']);
    expect(longerThan(40, [{ ...long, text: '//\n'.repeat(40) }])).toEqual([]);
  });
});

describe('the catalogue', () => {
  const files = house.flatMap(({ path }) => /^events\/(.+\.v\d+)\.ts$/.exec(path)?.[1] ?? []).sort();
  const contracts = { ...capturedContracts, ...publishedContracts };

  it('has the contract of every file, and of none that is not there', () => {
    expect(Object.keys(contracts).sort()).toEqual(files);
    for (const [type, contract] of Object.entries(contracts)) {
      expect(contract.unwrap().shape.type.value).toBe(type);
    }
  });

  it('has a sample of each, which parses', () => {
    expect(samples.map(({ type }) => type).sort()).toEqual(files);
    for (const sample of samples) {
      const schema = [captured, published].find((union) => union.safeParse(sample).success);
      expect(schema, sample.type).toBeDefined();
    }
  });
});
