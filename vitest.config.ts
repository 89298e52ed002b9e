// What `npm test` runs: everything that needs nothing but Node.

import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { reportersOf } from './test/results.ts';

/** These files hold nothing but memory of their own: they share a process, which loads what they import once. */
const together = [
  'contracts',
  'crm',
  'domain',
  'events',
  'functions',
  'golden',
  'privacy',
  'simulation',
  'sources',
  'steps',
  'table',
].map((room) => `test/${room}/**/*.test.ts`);
const cloud = ['**/node_modules/**', 'test/**/*.cloud.test.ts'];

/** What mostly waits comes first, so that it waits beside others and not at the end, alone. */
class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const waits = ({ moduleId }: TestSpecification): number => (moduleId.includes('/test/e2e/') ? 0 : 1);
    return (await super.sort(files)).sort((a, b) => waits(a) - waits(b));
  }
}

export default defineConfig({
  test: {
    reporters: reportersOf('test'),
    sequence: { sequencer: WaitingFirst },
    // Two cores: two workers.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    projects: [
      // Each file in a process of its own, so that environment and ports never meet another file's.
      { extends: true, test: { name: 'apart', include: ['test/**/*.test.ts'], exclude: [...cloud, ...together] } },
      { extends: true, test: { name: 'together', include: together, exclude: cloud, isolate: false } },
    ],
  },
});
