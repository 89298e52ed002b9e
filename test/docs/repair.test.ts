// What docs/how-to/repair.md and restore.md tell a reader to type, against a running Muster.
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Started, start } from '../../cli/start.ts';
import { muster, temporaryFolder } from '../cli/run.ts';
import { decide, demoRequest } from '../simulation/lines.ts';
import { silent } from '../simulation/world.ts';
import { commandsIn, pages } from './markdown.ts';
import type { Documented } from './run-by.ts';

const { path } = temporaryFolder();
let running: Started;
beforeAll(async () => {
  running = await start({ data: path('state'), log: silent });
  const at = '2026-11-20T09:30:00.000Z';
  const lines = [
    demoRequest('1', at, 'buyer@acme.example'),
    decide('line-1', at, { a: 'nobody', b: 'bea@acme.example' }),
  ];
  await running.muster.embedded.queues.queue('prompt').send([JSON.stringify(lines)]);
});
afterAll(() => running.stop());

const asking = '--url $MUSTER_URL --token $MUSTER_TOKEN';
const typed = [
  'npm run -s muster -- status --url $MUSTER_URL --token $MUSTER_TOKEN',
  'npm run -s muster -- dead-letters --url $MUSTER_URL --token $MUSTER_TOKEN',
  'npm run -s muster -- dead-letters --queue prompt --url $MUSTER_URL --token $MUSTER_TOKEN',
  'npm run -s muster -- redrive --queue prompt --by ops@seller.example --why "The fix is out." --url $MUSTER_URL --token $MUSTER_TOKEN',
  'npm run -s muster -- quarantine list --url $MUSTER_URL --token $MUSTER_TOKEN',
  'npm run -s muster -- quarantine release --all --by ops@seller.example --why "The new release reads it." --url $MUSTER_URL --token $MUSTER_TOKEN',
  'npm run -s muster -- quarantine drop --id line-1 --by ops@seller.example --why "Made up by a test." --url $MUSTER_URL --token $MUSTER_TOKEN',
  'npm run -s muster -- rebuild --all --by ops@seller.example --why "Edited by hand." --url $MUSTER_URL --token $MUSTER_TOKEN',
  'npm run -s muster -- rebuild --lead buyer@acme.example --by ops@seller.example --why "Edited by hand." --url $MUSTER_URL --token $MUSTER_TOKEN',
  'npm run -s muster -- rebuild --account acct_1f3870be274f6c49 --no-wait --by ops@seller.example --why "Edited by hand." --url $MUSTER_URL --token $MUSTER_TOKEN',
  'npm run -s muster -- operation show op_5f2a90c1e7d34b68a0c1 --url $MUSTER_URL --token $MUSTER_TOKEN',
] as const satisfies Documented[];
const backup =
  'npm run -s muster -- backup create --by ops@seller.example --why "Before the import." --url $MUSTER_URL --token $MUSTER_TOKEN' satisfies Documented;
const erasedSince = [
  'npm run -s muster -- audit --from 2026-11-01 --to 2026-11-22 --url $MUSTER_URL --token $MUSTER_TOKEN',
  'npm run -s muster -- operation show op_5f2a90c1e7d34b68a0c1 --url $MUSTER_URL --token $MUSTER_TOKEN',
  'npm run -s muster -- erase-person --lead lead_9b74c9897bac770f --no-wait --by dpo@acme.example --why "Erased before the restore." --url $MUSTER_URL --token $MUSTER_TOKEN',
] as const satisfies Documented[];

const run = (command: string, token = running.operatorToken) => {
  const words = command.replace('npm run -s muster -- ', '').match(/"[^"]*"|\S+/g)!;
  const meant = { $MUSTER_URL: running.apiUrl, $MUSTER_TOKEN: token };
  return muster(...words.map((word) => meant[word as keyof typeof meant] ?? word.replaceAll('"', '')));
};
const shown = (page: string) => commandsIn(pages.find((one) => one.path === page)!);

it('the pages show these commands and no others', () => {
  expect(shown('docs/how-to/repair.md')).toEqual([...typed]);
  expect(shown('docs/how-to/restore.md')).toEqual([backup, ...erasedSince]);
  expect(typed.every((command) => command.endsWith(asking))).toBe(true);
});

it('what is refused is shown, needs a person, stays when it is refused again, and can be thrown away', async () => {
  await vi.waitFor(async () => expect((await run(typed[4])).stdout).toContain('"line-1"'), 20_000);
  const before = await run(typed[0]);
  expect([before.code, before.stderr]).toEqual([1, expect.stringContaining('1 line in quarantine')]);
  expect(before.stdout).toMatch(/^prompt +0 +- +0 +-$/m);
  expect(JSON.parse((await run(`${typed[0]} --json`)).stdout)).toMatchObject({ quarantine: 1, timersLate: 0 });
  expect((await run(typed[1])).stdout).toContain('"dead": 0');
  expect((await run(typed[2])).stdout).toContain('"letters": []');
  expect((await run(typed[3])).stdout).toContain('"redriven": 0');
  expect((await run(typed[5])).stdout).toContain('"refusedAgain": 1');
  expect((await run(typed[6])).stdout).toContain('"dropped": 1');
  await vi.waitFor(async () => expect((await run(typed[0])).code).toBe(0), 20_000);
}, 60_000);

it('what is stored is made anew, and backed up', async () => {
  expect((await run(typed[7])).stdout).toMatch(/"lookedAt": \d+,\s+"mended": 0,\s+"couldNot": 0/);
  expect((await run(typed[8])).stdout).toContain('"lookedAt": 1');
  const { operationId } = JSON.parse((await run(typed[9])).stdout) as { operationId: string };
  await vi.waitFor(async () =>
    expect((await run(typed[10].replace('op_5f2a90c1e7d34b68a0c1', operationId))).stdout).toContain('"state": "done"'),
  );
  const { notes } = JSON.parse((await run(backup)).stdout) as { notes: string[] };
  expect(existsSync(notes[0]!)).toBe(true);
}, 60_000);

it('the audit log and the operation in it say whom to erase again', async () => {
  const [audit, show, erase] = erasedSince;
  const { operationId } = JSON.parse((await run(erase)).stdout) as { operationId: string };
  const deeds = (await run(audit.replace(/ --from \S+ --to \S+/, ''))).stdout.trim().split('\n');
  expect(deeds.filter((deed) => deed.includes('operation.erase-person'))).toEqual([
    expect.stringContaining(`"about":["${operationId}"]`),
  ]);
  await vi.waitFor(async () =>
    expect((await run(show.replace('op_5f2a90c1e7d34b68a0c1', operationId))).stdout).toContain(
      '"lead": "lead_9b74c9897bac770f"',
    ),
  );
});

it.each([
  [typed[7].replace('--all ', ''), 'give one of --lead, --account and --all'],
  [typed[5].replace('--all ', ''), 'give either --id or --all'],
  [typed[10], 'There is no such operation'],
  [typed[3].replace('prompt', 'prompts'), 'Allowed choices are'],
])('%s is refused', async (command, said) => {
  const { code, stderr } = await run(command);
  expect([code, stderr]).toEqual([1, expect.stringContaining(said)]);
});
