// Loads one module as Lambda's runtime does, and says how long that took.
import { pathToFileURL } from 'node:url';

const module = pathToFileURL(process.argv[2]).href;
const [processor, began] = [process.cpuUsage(), performance.now()];
const { handler } = await import(module);
const milliseconds = performance.now() - began;
const { user, system } = process.cpuUsage(processor);
if (typeof handler !== 'function') throw new Error(`${module} has no handler`);
console.log(JSON.stringify({ milliseconds, processorMilliseconds: (user + system) / 1000 }));
process.exit(0);
