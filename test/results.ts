// Where a CI run leaves its results, for `.ci/run` to add up. By hand vitest just prints.
import type { ViteUserConfig } from 'vitest/config';

type Reporters = NonNullable<NonNullable<ViteUserConfig['test']>['reporters']>;

export const reportersOf = (run: string): Reporters =>
  process.env.CI ? ['default', ['json', { outputFile: `.muster/test-results/${run}.json` }]] : ['default'];
