// `muster routing simulate` as ops type it: of a list, of a journal, and what it says of what it cannot read.
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { muster, temporaryFolder } from './run.ts';

const { file } = temporaryFolder();
const playbook = ['--playbook', 'docs/examples/routing.yaml'];
const simulate = (...args: string[]) => muster('routing', 'simulate', ...playbook, ...args);
const at = ['--at', '2026-11-23T10:00:00+01:00'];

const answer = z.object({
  at: z.string(),
  leads: z.array(
    z.object({
      id: z.string(),
      owner: z.object({ email: z.string() }).nullable(),
      waiting: z.object({ until: z.string() }).nullable(),
      explanation: z.array(
        z.object({
          tried: z.string(),
          held: z.boolean(),
          passedOver: z.array(z.object({ email: z.string(), why: z.string() })).optional(),
        }),
      ),
    }),
  ),
});

describe('simulated routing', { timeout: 60_000 }, () => {
  it('tells of each lead whom and why, with who was passed over', async () => {
    const leads = file('leads.csv', `grade,id\n${[...'abcdefgh'].map((id) => `B1,${id}\n`).join('')}`);
    const { code, stdout, stderr } = await simulate('--leads', leads, ...at, '--format', 'json');
    expect(code).toBe(0);
    const { leads: answered } = answer.parse(JSON.parse(stdout));
    expect(answered.map(({ owner }) => owner?.email.split('@')[0])).toEqual(
      'ada ben ada ada ben ada ada ada'.split(' '),
    );
    expect(answered[0]?.explanation.at(-1)).toEqual({
      tried: 'default pool',
      held: true,
    });
    expect(answered[7]?.explanation.at(-1)?.passedOver).toEqual([
      { email: 'ben@company.example', why: 'has 2 open leads, of 2 at most' },
      { email: 'cyd@company.example', why: 'is away until 2026-11-30 08:00 UTC' },
    ]);
    expect(stderr).toContain('8 leads at 2026-11-23T09:00:00.000Z: Ada 6, Ben 2');
  });

  it('tells who would wait, and until when', async () => {
    const leads = file('leads.csv', 'id\na\n');
    const { stdout } = await simulate('--leads', leads, '--at', '2026-11-28T10:00:00+01:00', '--format', 'json');
    expect(answer.parse(JSON.parse(stdout)).leads).toMatchObject([
      { owner: null, waiting: { until: '2026-11-30T08:00:00.000Z' } },
    ]);
  });

  it('routes those of a journal who are Qualified', async () => {
    const { code, stdout, stderr } = await muster(
      'routing',
      'simulate',
      '--playbook',
      'docs/playbooks/enterprise.yaml',
      '--facts',
      'test/golden/journal.ndjson',
    );
    expect(code).toBe(0);
    expect(stdout.split(/\r?\n/)[1]).toMatch(
      /^pia@acme\.example,acct_[0-9a-f]{16},ada@company\.example,Ada Rep,,,,,Owns/,
    );
    expect(stderr).toContain('1 leads at');
  });

  it.each([
    ['neither list nor journal', [], 'name what to route: either --leads, a CSV file, or --facts, a journal'],
    ['a list without a moment', ['--leads', 'x.csv'], 'a file of leads has no moment: say when with --at'],
  ])('refuses %s', async (_, args, said) => {
    const { code, stderr } = await simulate(...args);
    expect(code).toBe(1);
    expect(stderr).toContain(said);
  });

  it.each([
    ['no id', 'grade\nA1\n', ':1: the column id is missing'],
    ['a column no rule asks for', 'id,colour\na,red\n', ':1: no rule asks for colour; columns are id, account,'],
    ['a short row', 'id,grade\na\n', ':2: has 1 columns where the first line has 2'],
    ['nothing', '', ': is empty; its first line names the columns'],
  ])('refuses a file with %s', async (_, text, said) => {
    const { code, stderr } = await simulate('--leads', file('leads.csv', text), ...at);
    expect(code).toBe(1);
    expect(stderr).toContain(said);
  });
});
