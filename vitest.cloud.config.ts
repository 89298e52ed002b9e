// What `npm run test:cloud` runs: the suites that need DynamoDB Local (Java) or the local cloud (Python). One file at a
// time, since both are one process that every file shares.
import { defineConfig } from 'vitest/config';
import { reportersOf } from './test/results.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.cloud.test.ts'],
    reporters: reportersOf('test-cloud'),
    globalSetup: ['test/contracts/cloud-setup.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
