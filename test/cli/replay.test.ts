// `muster replay` as ops type it, and the function behind it: the same document for the same facts, in any order.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJournal } from '../../cli/journal.ts';
import { replay } from '../../cli/replay.ts';
import type { Captured } from '../../events/catalogue.ts';
import { demoPlaybookFile, testPlaybook } from '../domain/playbooks.ts';
import { journal } from '../simulation/journals.ts';
import { crm, demoRequest, pageView } from '../simulation/lines.ts';
import { journalOf, muster, temporaryFolder } from './run.ts';

const seed = Number(process.env.MUSTER_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`replay: MUSTER_SEED=${seed}`);

const { file } = temporaryFolder();
const written = (name: string, lines: readonly (Captured | string)[]): string => file(name, journalOf(lines));

const at = (time: string): string => `2026-11-20T${time}.000Z`;
const lines: Captured[] = [
  crm('a', at('08:00:00'), { object: 'account', externalId: 'A', domains: ['acme.example'], name: 'Acme Ltd' }),
  pageView('v', at('08:30:00'), 'anon:1', '/pricing'),
  demoRequest('f', at('09:00:00'), 'bea@acme.example', {
    person: { email: 'bea@acme.example', visitor: 'anon:1' },
    profile: { firstName: 'Bea', jobTitle: 'Head of IT' },
  }),
  demoRequest('g', at('09:00:00'), 'cyd@globex.example'),
  crm('c', at('09:00:30'), { object: 'activity', externalId: '1', personEmail: 'cyd@globex.example', kind: 'call' }),
];

describe('the command', () => {
  it('prints where everything stands, the same to the byte for lines shuffled and doubled', {
    timeout: 60_000,
  }, async () => {
    const tidy = written('tidy.ndjson', lines);
    const wild = written('wild.ndjson', [lines[3]!, '', ...[...lines].reverse(), lines[0]!, lines[2]!, '']);
    const [one, two] = await Promise.all(
      [tidy, wild].map((path) => muster('replay', path, '--playbook', demoPlaybookFile)),
    );

    expect(one).toMatchObject({ code: 0, stderr: '' });
    expect(two!.stdout).toBe(one!.stdout);
    const document = JSON.parse(one!.stdout);
    expect(document).toMatchObject({ playbook: 'Demo', lines: 5, asOf: at('09:01:30'), quarantined: [] });
    const acme = document.accounts.find((one: { account: { name: string } }) => one.account.name === 'Acme Ltd');
    expect(acme).toMatchObject({
      account: { status: 'Qualified', domain: 'acme.example' },
      leads: [
        {
          email: 'bea@acme.example',
          grade: 'A1',
          status: 'Qualified',
          assignment: { email: expect.stringMatching(/@demo\.example$/) },
          sla: { dueAt: at('09:01:00'), breachedAt: at('09:01:00') },
        },
      ],
    });
    const told = document.mails.map(({ to, subject }: { to: string; subject: string }) => `${to} ${subject}`);
    expect(told).toContain('bea@acme.example We have your request');
    expect(told.some((mail: string) => mail.startsWith('grace@demo.example Overdue: Bea'))).toBe(true);
    expect(told.some((mail: string) => mail.includes('Overdue: cyd'))).toBe(false);
  });

  it('names the place of every line it cannot read, and prints nothing else', { timeout: 60_000 }, async () => {
    const path = written('bad.ndjson', [
      lines[0]!,
      '{"type":',
      JSON.stringify({ ...lines[2], occurredAt: 'yesterday' }),
      JSON.stringify({ ...lines[2], score: 100 }),
      '{"type":"lead-routed.v1"}',
    ]);
    const { code, stdout, stderr } = await muster('replay', path, '--playbook', demoPlaybookFile);

    expect(code).toBe(1);
    expect(stdout).toBe('');
    const complaints = stderr.trim().split('\n');
    expect(complaints).toHaveLength(4);
    expect(complaints[0]).toMatch(`${path}:2: not JSON`);
    expect(complaints[1]).toMatch(`${path}:3: occurredAt: `);
    expect(complaints[2]).toMatch(/:4: .*score/);
    expect(complaints[3]).toMatch(`${path}:5: type: `);
  });

  it.each([
    [
      'no journal',
      ['replay', '/nowhere.ndjson', '--playbook', demoPlaybookFile],
      '/nowhere.ndjson: there is no such file',
    ],
    [
      'no playbook',
      ['replay', '/nowhere.ndjson', '--playbook', '/nowhere.yaml'],
      '/nowhere.yaml: there is no such file',
    ],
    ['a moment that is none', ['replay', 'x', '--playbook', 'y', '--as-of', 'soon'], 'a moment is ISO 8601'],
    ['no playbook named', ['replay', 'x'], '--playbook'],
    ['an unknown command', ['replya'], "unknown command 'replya'"],
  ])('says what is wrong: %s', { timeout: 60_000 }, async (_, args, said) => {
    const { code, stdout, stderr } = await muster(...args);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(said);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

const playbook = testPlaybook();
const replayed = (given: readonly Captured[], asOf?: string) =>
  replay({ lines: given, playbook, playbookSource: 'test', asOf });

describe('a replay', () => {
  it('of nothing is empty', async () => {
    const path = written('empty.ndjson', ['', '   ']);
    expect(readJournal(path)).toEqual([]);
    expect(await replayed([])).toMatchObject({ lines: 0, accounts: [], mails: [], quarantined: [] });
    expect(await replayed([], at('10:00:00'))).toMatchObject({ asOf: at('10:00:00'), accounts: [] });
  });

  it('stops the clock where it is told, and knows nothing received later', async () => {
    const early = await replayed(lines, at('08:45:00'));
    expect(early).toMatchObject({ asOf: at('08:45:00'), lines: 2, mails: [] });
    expect(early.accounts.map(({ leads }) => leads)).toEqual([[]]);

    const late = await replayed(lines, '2026-11-24T12:00:00.000Z');
    expect(late.lines).toBe(5);
    expect(late.mails.filter(({ subject }) => subject.startsWith('Overdue'))).toHaveLength(1);
  });

  it('tells what was quarantined', async () => {
    const bad = crm('bad', at('08:00:00'), { object: 'activity', externalId: '1', personEmail: 'x', kind: 'call' });
    expect((await replayed([bad])).quarantined).toEqual([
      { id: 'bad', reason: 'neither a valid e-mail nor a person of the CRM' },
    ]);
  });

  it('is the same to the byte for any order and any repeats of a journal', { timeout: 90_000 }, async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(
        journal(14).chain((tidy) =>
          fc.tuple(
            fc.constant(tidy),
            fc.shuffledSubarray(tidy, { minLength: tidy.length }),
            fc.array(fc.constantFrom(...tidy), { maxLength: 6 }),
          ),
        ),
        async ([tidy, shuffled, repeats]) => {
          count += 1;
          const one = readJournal(written(`tidy-${count}.ndjson`, tidy));
          const two = readJournal(written(`wild-${count}.ndjson`, [...repeats, ...shuffled, ...repeats]));
          expect(JSON.stringify(await replayed(two))).toBe(JSON.stringify(await replayed(one)));
        },
      ),
      { seed, numRuns: 4, interruptAfterTimeLimit: 15_000 },
    );
  });
});
