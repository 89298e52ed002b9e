// `muster review` against a running Muster.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { queueCsv, queueTable } from '../../cli/review/print-queue.ts';
import type { Entry, Queue } from '../../cli/review/read-queue.ts';
import { reviewCommand } from '../../cli/review.ts';
import { type Started, start } from '../../cli/start.ts';
import { accountIdOfCrm, leadIdOfEmail } from '../../lib/domain/ids.ts';
import { crm, demoRequest } from '../simulation/lines.ts';
import { silent } from '../simulation/world.ts';
import { muster, temporaryFolder } from './run.ts';

const at = '2026-11-20T09:30:00.000Z';
const dan = 'dan@gmail.com';
const [a, b] = ['A', 'B'].map((id) => accountIdOfCrm('crm', id)) as [string, string];
const nowhere = 'acct_0123456789abcdef';
const said = ['--why', 'Asked them.', '--by', 'ops@seller.example'];
const { path } = temporaryFolder();
let running: Started;
beforeAll(async () => {
  running = await start({ data: path('state'), port: 0, log: silent });
  const change = { object: 'account', name: 'Acme Bearings Ltd', country: 'GB' } as const;
  const profile = { company: 'Acme Bearings Ltd', country: 'GB' };
  const lines = [
    ...['A', 'B'].map((externalId) => crm(externalId, at, { ...change, externalId })),
    demoRequest('1', at, dan, { profile }),
    demoRequest('2', at, 'eve@gmail.com'),
  ];
  await running.muster.embedded.queues.queue('prompt').send(lines.map((line) => JSON.stringify([line])));
  // Persons are folded before accounts: until then nobody knows two of that name.
  await vi.waitFor(async () => {
    const printed = await list();
    expect(printed).toContain('ambiguous');
    expect(printed).toContain('2 wait');
  }, 20_000);
}, 30_000);
afterAll(() => running.stop());

/** What it prints. */
const review = async (...args: string[]): Promise<string> => {
  let printed = '';
  const print = (text: unknown) => {
    printed += String(text);
    return true;
  };
  const spies = [
    vi.spyOn(console, 'log').mockImplementation(print),
    vi.spyOn(process.stdout, 'write').mockImplementation(print),
  ];
  try {
    const looks = ['list', 'show'].includes(args[0]!);
    const token = looks ? running.readToken : running.decisionToken;
    const where = ['--url', running.apiUrl, '--token', token];
    await reviewCommand().parseAsync([...args, ...where], { from: 'user' });
    return printed;
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
};
const list = (...args: string[]) => review('list', ...args);
const shown = async () => JSON.parse(await review('show', dan)) as object;

describe('the list', { timeout: 30_000 }, () => {
  it('is a table with what to type next, and says how many wait for how long', async () => {
    const [head, row, last] = (await list('--reason', 'ambiguous')).split('\n');
    expect(head).toMatch(/^waits +reason +who +company +best suggestion$/);
    expect(row).toMatch(
      /^\d+ (s|min) +ambiguous +dan@gmail\.com +Acme Bearings Ltd, GB +Acme Bearings Ltd \(0\.\d\d, acct_[0-9a-f]{16}\)$/,
    );
    expect(last).toMatch(/^1 waits, the longest for \d+ (s|min)$/);
  });

  it('is a CSV', async () => {
    const rows = (await list('--format', 'csv')).split('\r\n');
    expect(rows[0]).toBe(
      'since,reason,leadId,email,company,country,accountId,evidence,suggestedId,suggestedName,score',
    );
    expect(rows.filter((row) => row.includes(`ambiguous,${leadIdOfEmail(dan)},${dan}`))).toHaveLength(1);
  });
});

describe('a decision', { timeout: 60_000 }, () => {
  it('is made, shown and taken back', async () => {
    expect(JSON.parse(await review('assign', dan, a, ...said, '--no-remember'))).toEqual({
      id: expect.stringMatching(/^decision:/),
    });
    await vi.waitFor(async () => {
      expect(await shown()).toMatchObject({ accountId: a, review: null, decision: { why: said[1], remembered: null } });
    }, 10_000);
    expect(await list()).not.toContain(dan);

    await review('assign', leadIdOfEmail(dan), b, ...said);
    await vi.waitFor(async () => {
      const remembered = { company: 'Acme Bearings Ltd', country: 'GB' };
      expect(await shown()).toMatchObject({ accountId: b, decision: { remembered } });
    }, 10_000);
    await review('undo', dan, ...said);
    await vi.waitFor(async () => expect(await list()).toContain(dan), 10_000);
    await review('dismiss', dan, ...said);
    await vi.waitFor(async () => expect(await shown()).toMatchObject({ review: null }), 10_000);
  });
});

describe('wrong usage is told', { timeout: 30_000 }, () => {
  it.each<[string, string[], string]>([
    ['no lead', ['show', 'nobody'], 'nobody is neither an e-mail address nor an id'],
    ['no account’s id', ['assign', dan, 'Acme', ...said], 'Acme is no account'],
    ['an account there is none of', ['assign', dan, nowhere, ...said], 'accountId is the id of no account here'],
    ['a provider’s domain', ['assign', dan, a, ...said, '--remember-domain'], "remember.domain is a mail provider's"],
    ['a lead there is none of', ['dismiss', 'no@gmail.com', ...said], 'answered 404: There is no such lead'],
  ])('%s', async (_, args, message) => {
    await expect(review(...args)).rejects.toThrow(message);
  });

  it.each<[string, string[], string]>([
    [
      'no reason',
      ['undo', dan, '--by', 'ops', '--url', 'http://127.0.0.1:1', '--token', 'x'],
      "required option '--why <text>'",
    ],
    ['what nobody waits for', ['list', '--reason', 'late'], 'Allowed choices are unmatched, ambiguous, doubtful'],
    ['nobody there', ['list', '--url', 'http://127.0.0.1:1', '--token', 'x'], 'does not answer'],
  ])('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await muster('review', ...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });
});

describe('what strangers typed', () => {
  const entry: Entry = {
    ...{
      leadId: 'lead_1',
      email: null,
      company: '=HYPERLINK("x")\u001b[2J\u202e',
      country: null,
      reason: 'doubtful',
    },
    ...{ since: '2026-11-20T07:00:00.000Z', accountId: a, evidence: '', suggestions: [] },
    doubt: { accountId: b, name: '@SUM(1)\n', score: 0.954, why: '' },
  };
  const queue: Queue = {
    size: 10_000,
    more: true,
    oldestSince: '2026-11-17T09:00:00.000Z',
    entries: [entry],
    serverTime: at,
  };

  it('drives no terminal', () => {
    const printed = [...queueTable(queue)].join('');
    expect(printed.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(printed).toContain('2 h    doubtful  lead_1');
    expect(printed).toContain(`@SUM(1)  (0.95, ${b})`);
    expect(printed).toMatch(/\nmore than 10000 wait, the longest for 3 d\n$/);
    expect([...queueTable({ ...queue, size: 0, entries: [], oldestSince: null })]).toEqual(['Nobody waits.\n']);
  });

  it('is no formula', () => {
    const [, row] = [...queueCsv(queue)];
    expect(row).toContain(`"'=HYPERLINK(""x"") [2J"`);
    expect(row).toContain(`,"'@SUM(1) ",0.95`);
  });
});
