// Run by durability.test.ts as a process of its own: writes and sends until it is killed, and prints what was answered.
import { openEmbedded } from '../../../lib/adapters/embedded/open.ts';

const { table, queues } = openEmbedded({ path: process.argv[2] ?? '' });
const prompt = queues.queue('prompt');

async function writer(name: number): Promise<never> {
  for (let n = 0; ; n += 1) {
    const id = `${name}-${n}`;
    await Promise.all([
      table.write({ put: { pk: id, sk: 'a', type: 'thing', version: 1 }, condition: { if: 'absent' } }),
      prompt.send([id]),
    ]);
    process.stdout.write(`${id}\n`);
  }
}
await Promise.all(Array.from({ length: 10 }, (_, name) => writer(name)));
