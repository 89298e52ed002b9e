// What docs/how-to/users.md tells a reader to type: users of this machine's edition, and the audit log. Those of a stack are the same
// commands, and the contract of both kinds of users is in test/contracts.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Started, start } from '../../cli/start.ts';
import { userCommand } from '../../cli/user.ts';
import { may } from '../../lib/domain/access.ts';
import { muster, temporaryFolder } from '../cli/run.ts';
import { silent } from '../simulation/world.ts';
import { commandsIn, pages } from './markdown.ts';
import type { Documented } from './run-by.ts';

const { path } = temporaryFolder();
let running: Started;
beforeAll(async () => {
  running = await start({ data: path('state'), log: silent });
});
afterAll(() => running.stop());

const page = pages.find((one) => one.path === 'docs/how-to/users.md')!;
const typed = [
  'npm run -s muster -- user add ada@demo.example --group rep --data .muster/demo',
  'npm run -s muster -- user list --data .muster/demo',
  'npm run -s muster -- user remove ada@demo.example --data .muster/demo',
  'npm run -s muster -- audit --url $MUSTER_URL --token $MUSTER_TOKEN',
  'npm run -s muster -- audit --from 2026-11-01 --to 2026-11-22 --url $MUSTER_URL --token $MUSTER_TOKEN',
] as const satisfies Documented[];
/** As it stands there, with this test's own folder, address and token. */
const run = async (command: string, token = running.operatorToken) =>
  muster(
    ...command
      .replace('npm run -s muster -- ', '')
      .replace('.muster/demo', path('state'))
      .replace('$MUSTER_URL', running.apiUrl)
      .replace('$MUSTER_TOKEN', token)
      .split(' '),
  );
const ofThisMachine = (what: string): string =>
  typed.find((one) => one.includes(`user ${what}`) && one.includes('--data'))!;
const status = async (token: string, place: string): Promise<number> =>
  (await fetch(`${running.apiUrl}${place}`, { headers: { authorization: `Bearer ${token}` } })).status;

it('the table of groups is the one that decides', () => {
  const rows = [...page.text.matchAll(/^\| ([^|]+?) \| (.*) \|$/gm)]
    .slice(1)
    .map(([, , cells = '']) =>
      cells.split('|').map((cell) => (cell.trim() === '' ? undefined : cell.trim().startsWith('own') ? 'own' : 'all')),
    );
  const { read, act, oversee, decide, operate, audit, erase } = may;
  const told = [read, act, oversee, decide, may.import, operate, audit, erase].map((row: Record<string, string>) =>
    ['rep', 'manager', 'ops', 'admin'].map((group) => row[group]),
  );
  expect(rows).toEqual(told);
  expect(may.export).toEqual(may.erase);
});

it('somebody is added, listed, let in, and removed', async () => {
  const added = await run(ofThisMachine('add'));
  expect(added.stderr).toBe('');
  const token = added.stdout.trim();
  expect((await run(ofThisMachine('list'))).stdout).toBe('ada@demo.example  rep\n');
  expect([await status(token, '/api/accounts'), await status(token, '/operations/audit')]).toEqual([200, 403]);
  expect((await run(ofThisMachine('remove'))).code).toBe(0);
  expect(await status(token, '/api/accounts')).toBe(401);
  const again = await run(ofThisMachine('remove'));
  expect([again.code, again.stderr]).toEqual([1, 'There is nobody of the address ada@demo.example\n']);
});

describe('the audit log', () => {
  it('is printed, a line a deed', async () => {
    const [today, days] = typed.filter((one) => one.includes('-- audit'));
    const { stdout } = await run(today!);
    const deeds = stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(deeds).toEqual([expect.objectContaining({ what: 'playbook.save', via: 'command', about: ['version-1'] })]);
    expect((await run(days!)).code).toBe(0);
  });

  it('is refused whoever may not read it, and asked for days that are none', async () => {
    const [today] = typed.filter((one) => one.includes('-- audit'));
    expect((await run(today!, running.readToken)).stderr).toContain('401');
    expect((await run(`${today} --from yesterday`)).stderr).toContain('days such as 2026-11-22');
  });
});

it.each([
  [['user', 'add', 'ada', '--group', 'rep', '--data', '.'], 'it is no e-mail address'],
  [['user', 'add', 'ada@demo.example', '--data', '.'], "'--group <group>' not specified"],
  [
    ['user', 'add', 'ada@demo.example', '--group', 'boss', '--data', '.'],
    'Allowed choices are rep, manager, ops, admin',
  ],
  [['user', 'list'], 'Say whose users'],
  [['user', 'list', '--tenant', 'demo', '--data', '.'], 'Say whose users'],
  [['user', 'list', '--data', 'there/is/none'], 'there/is/none is no folder'],
])('%j is refused', async (args, said) => {
  const { code, stderr } = await muster(...args);
  expect([code, stderr.includes(said)]).toEqual([1, true]);
});

it('every command and option shown is one there is', () => {
  const { commands } = userCommand();
  const shown = commandsIn(page);
  expect(shown).toEqual(expect.arrayContaining([...typed]));
  for (const command of shown.filter((one) => one.includes('-- user '))) {
    const [name = ''] = /(?<=-- user )\w+/.exec(command) ?? [];
    const known = commands.find((one) => one.name() === name)!.options.map(({ long }) => long);
    for (const [option] of command.slice(command.indexOf('-- ') + 3).matchAll(/--[\w-]+/g))
      expect(known).toContain(option);
  }
});
