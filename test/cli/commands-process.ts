// Runs one command after another as `cli/muster.ts` would in a process of its own, and answers what it printed and how it ended.
import { enableCompileCache } from 'node:module';

class Exited extends Error {}

enableCompileCache();
// What stands in the environment of whoever runs the tests is none of theirs.
delete process.env.MUSTER_URL;
delete process.env.MUSTER_TOKEN;
const { runCommand } = await import('../../cli/commands.ts');

const printed = { stdout: '', stderr: '' };
for (const name of ['stdout', 'stderr'] as const) {
  process[name].write = ((text: string | Uint8Array) => {
    printed[name] += typeof text === 'string' ? text : Buffer.from(text).toString();
    return true;
  }) as typeof process.stdout.write;
}
process.exit = (code) => {
  process.exitCode = code ?? process.exitCode ?? 0;
  throw new Exited();
};

process.on('message', async (args: string[]) => {
  Object.assign(printed, { stdout: '', stderr: '' });
  process.exitCode = undefined;
  try {
    await runCommand([process.execPath, 'cli/muster.ts', ...args]);
  } catch (error) {
    if (!(error instanceof Exited)) {
      printed.stderr += error instanceof Error ? `${error.stack}\n` : `${error}\n`;
      process.exitCode = 1;
    }
  }
  const code = Number(process.exitCode ?? 0);
  process.exitCode = undefined;
  process.send?.({ code, ...printed });
});
