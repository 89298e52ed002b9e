// What docs/how-to/privacy.md tells a reader to type, against a running Muster: somebody is exported, erased and lifted.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Started, start } from '../../cli/start.ts';
import { muster, temporaryFolder } from '../cli/run.ts';
import { demoRequest } from '../simulation/lines.ts';
import { silent } from '../simulation/world.ts';
import { commandsIn, pages } from './markdown.ts';
import type { Documented } from './run-by.ts';

const { path } = temporaryFolder();
let running: Started;
beforeAll(async () => {
  running = await start({ data: path('state'), log: silent });
  const line = demoRequest('1', '2026-11-20T09:30:00.000Z', 'buyer@acme.example');
  await running.muster.embedded.queues.queue('prompt').send([JSON.stringify([line])]);
});
afterAll(() => running.stop());

const typed = [
  'npm run -s muster -- export-person --email buyer@acme.example --by dpo@acme.example --why "She asked for it." --url $MUSTER_URL --token $MUSTER_TOKEN',
  'npm run -s muster -- erase-person --email buyer@acme.example --by dpo@acme.example --why "She asked for it." --no-wait --url $MUSTER_URL --token $MUSTER_TOKEN',
  'npm run -s muster -- erase-person --lift --email buyer@acme.example --by dpo@acme.example --why "A customer again." --url $MUSTER_URL --token $MUSTER_TOKEN',
] as const satisfies Documented[];
const run = (command: string, token = running.operatorToken) => {
  const words = command.replace('npm run -s muster -- ', '').match(/"[^"]*"|\S+/g)!;
  const meant = { $MUSTER_URL: running.apiUrl, $MUSTER_TOKEN: token };
  return muster(...words.map((word) => meant[word as keyof typeof meant] ?? word.replaceAll('"', '')));
};

it('the page shows these commands and no others', () => {
  expect(commandsIn(pages.find((one) => one.path === 'docs/how-to/privacy.md')!)).toEqual([...typed]);
});

it('somebody is exported, erased, and gone; what the CRM says of them may be heard again', async () => {
  await vi.waitFor(async () => expect((await run(typed[0])).stdout).toContain('"kind": "lead-assessment"'), 20_000);
  const { stdout } = await run(typed[1]);
  expect(stdout).toMatch(/"operationId": "op_[0-9a-f]{24}"/);
  await vi.waitFor(async () => {
    const exported = (await run(typed[0])).stdout;
    expect(exported).toContain('"erased"');
    expect(exported).not.toContain('buyer@acme.example');
  }, 20_000);
  expect((await run(typed[2])).stdout).toContain('"recordsHeardAgain": 0');
}, 60_000);

it.each([
  [typed[0].replace('--email buyer@acme.example', ''), 'give either --email or --lead'],
  [typed[1].replace('buyer@acme.example', 'buyer'), 'email must be a mail address'],
  [typed[1].replace('--email buyer@acme.example', '--lead somebody'), 'lead must be the id of a lead'],
])('%s is refused', async (command, said) => {
  const { code, stderr } = await run(command);
  expect([code, stderr]).toEqual([1, expect.stringContaining(said)]);
});

it('a read token neither exports nor erases', async () => {
  for (const command of typed) expect((await run(command, running.readToken)).stderr).toContain('401');
});
