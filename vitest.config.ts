// What `npm test` runs: everything that needs nothing but Node.
import { defineConfig } from 'vitest/config';
import { reportersOf } from './test/results.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: reportersOf('test'),
    exclude: ['**/node_modules/**', 'test/**/*.cloud.test.ts'],
    // Two cores: two workers, each file in a process of its own, so that node:sqlite and ports never meet another file's.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
