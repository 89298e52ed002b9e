// What ops type. All commands are 400 files of TypeScript: kept as what Node makes of them, a command answers in half a second, and
// without in more than one.
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { runCommand } = await import('./commands.ts');
await runCommand(process.argv);
