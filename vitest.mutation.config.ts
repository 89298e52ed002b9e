// What `npm run mutation` runs against each mutant of the scoring rules: their own tests and no others, so that a mutant
// dies where its rule is stated.
import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { include: ['test/domain/scoring/**/*.test.ts'] } });
