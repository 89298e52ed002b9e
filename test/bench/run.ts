// `npm run -s bench -- NAME`: runs one bench. What it says on the way goes to standard error; the last line of standard
// output is its result as JSON.
import { CommandError } from '../../cli/command-error.ts';

const benches: Record<string, () => Promise<Record<string, unknown>>> = {
  embedded: async () => (await import('./embedded.ts')).benchEmbedded(),
  coldstart: async () => (await import('./coldstart.ts')).benchColdStart(),
  cost: async () => (await import('./cost.ts')).benchCost(),
  import: async () => (await import('./import.ts')).benchImport(),
  load: async () => (await import('./load.ts')).benchLoad(),
  matching: async () => (await import('./matching.ts')).benchMatching(),
  scoring: async () => (await import('./scoring.ts')).benchScoring(),
  sla: async () => (await import('./sla.ts')).benchSla(),
};

const name = process.argv[2] ?? '';
const bench = benches[name];
if (bench === undefined) {
  console.error(
    `There is no bench ${name ? `"${name}"` : 'without a name'}; there are: ${Object.keys(benches).join(', ')}`,
  );
  process.exitCode = 1;
} else {
  try {
    console.log(JSON.stringify({ bench: name, ...(await bench()) }));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
