// How long each function takes to load, against a bare handler with the same AWS clients, bundled alike: both in a fresh process each
// time, in turn, so that what else the machine does meets both.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { bundle } from '../../infra/bundle.ts';
import { functionNames } from '../../infra/function-sizes.ts';
import { packOwnersInto } from '../../infra/packed-owners.ts';
import { functionEnvironment } from '../infra/function-environment.ts';
import { bytesOf, loadedFiles } from '../infra/loaded-files.ts';
import { clientsIn, writeBareHandler } from './coldstart/bare.ts';

const measured = z.object({ milliseconds: z.number(), processorMilliseconds: z.number() });
type Measured = z.infer<typeof measured>;

const run = promisify(execFile);
const ours = join(import.meta.dirname, '..', '..', '.muster');
const load = join(import.meta.dirname, 'coldstart', 'load.mjs');
/** As Lambda runs it; nothing of what this machine knows of AWS. */
const env = {
  PATH: process.env.PATH,
  ...functionEnvironment,
  AWS_REGION: 'eu-central-1',
  NODE_OPTIONS: '--enable-source-maps',
};

const loaded = async (module: string): Promise<Measured> => {
  const { stdout } = await run(process.execPath, [load, module], { env });
  return measured.parse(JSON.parse(stdout));
};

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};
const medians = (all: readonly Measured[]): Measured => ({
  milliseconds: median(all.map(({ milliseconds }) => milliseconds)),
  processorMilliseconds: median(all.map(({ processorMilliseconds }) => processorMilliseconds)),
});

export interface ColdStart {
  name: string;
  kilobytes: number;
  own: Measured;
  bare: Measured;
}

/** Loads every function and its bare counterpart so many times each. */
const coldStarts = async (times: number): Promise<ColdStart[]> => {
  // Below the project, where the bare handlers' packages are found.
  mkdirSync(ours, { recursive: true });
  const folder = mkdtempSync(join(ours, 'coldstart-'));
  const [functions, bare] = [join(folder, 'functions'), join(folder, 'bare')];
  const moduleIn = (out: string, name: string) => join(out, name, 'index.mjs');
  try {
    await bundle({
      entries: join(import.meta.dirname, '../../functions/lambda'),
      names: functionNames,
      out: functions,
    });
    packOwnersInto(functions);
    const bareOf = new Map(
      functionNames.map((name) => {
        const clients = clientsIn(readFileSync(`${moduleIn(functions, name)}.map`, 'utf8'));
        return [name, writeBareHandler(join(folder, 'entries'), clients)] as const;
      }),
    );
    await bundle({ entries: join(folder, 'entries'), names: [...new Set(bareOf.values())], out: bare });
    const found: ColdStart[] = [];
    for (const name of functionNames) {
      const [mine, theirs]: [Measured[], Measured[]] = [[], []];
      const [own, other] = [moduleIn(functions, name), moduleIn(bare, bareOf.get(name)!)];
      // The first of each reads the files from the disk, which nobody else's do.
      await Promise.all([loaded(own), loaded(other)]);
      for (let time = 0; time < times; time += 1) {
        mine.push(await loaded(own));
        theirs.push(await loaded(other));
      }
      found.push({
        name,
        kilobytes: bytesOf(dirname(own), loadedFiles(dirname(own))) / 1000,
        own: medians(mine),
        bare: medians(theirs),
      });
    }
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));

export const benchColdStart = async () => {
  const all = await coldStarts(Number(process.argv[3] ?? 20));
  console.error('function             KB   ms   bare ms   ratio   processor ms   bare   ratio');
  const rows = all.map(({ name, kilobytes, own, bare }) => ({
    name,
    kilobytes,
    ratio: own.milliseconds / bare.milliseconds,
    processorRatio: own.processorMilliseconds / bare.processorMilliseconds,
    told: [own.milliseconds, bare.milliseconds, own.processorMilliseconds, bare.processorMilliseconds],
  }));
  for (const { name, kilobytes, ratio, processorRatio, told } of rows) {
    const [ms, bareMs, processor, bareProcessor] = told.map((one) => one!.toFixed(0));
    console.error(
      `${name.padEnd(18)} ${kilobytes.toFixed(0).padStart(4)} ${ms!.padStart(4)} ${bareMs!.padStart(9)} ${ratio.toFixed(2).padStart(7)} ${processor!.padStart(14)} ${bareProcessor!.padStart(6)} ${processorRatio.toFixed(2).padStart(7)}`,
    );
  }
  const worst = rows.reduce((a, b) => (b.ratio > a.ratio ? b : a));
  return {
    worstRatio: rounded(worst.ratio),
    worst: worst.name,
    worstProcessorRatio: rounded(Math.max(...rows.map(({ processorRatio }) => processorRatio))),
    largestKb: rounded(Math.max(...rows.map(({ kilobytes }) => kilobytes)), 1),
  };
};
