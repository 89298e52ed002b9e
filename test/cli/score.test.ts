// `muster score` as ops type it: lists, documents, explanations, and what it says when it cannot.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Captured } from '../../events/catalogue.ts';
import { leadIdOfEmail, leadIdOfVisitor } from '../../lib/domain/ids.ts';
import { demoPlaybookFile } from '../domain/playbooks.ts';
import { crm, decide, demoRequest, pageView } from '../simulation/lines.ts';
import { journalOf, muster, shell, temporaryFolder } from './run.ts';

const { file } = temporaryFolder();
const written = (name: string, lines: readonly (Captured | string)[]): string => file(name, journalOf(lines));

const at = (time: string): string => `2026-11-20T${time}.000Z`;
const bea = 'bea@acme.example';
const lines: Captured[] = [
  crm('a', at('08:00:00'), { object: 'account', externalId: 'A', domains: ['acme.example'], name: 'Acme Ltd' }),
  ...Array.from({ length: 12 }, (_, n) =>
    pageView(`v${String(n).padStart(2, '0')}`, at(`08:${n + 10}:00`), 'anon:1', '/pricing'),
  ),
  demoRequest('f', at('09:00:00'), bea, {
    person: { email: bea, visitor: 'anon:1' },
    profile: { firstName: 'Bea', jobTitle: 'Head of IT' },
  }),
  demoRequest('g', at('10:00:00'), 'cyd@globex.example'),
  crm('x', at('10:30:00'), { object: 'activity', externalId: '1', personEmail: 'nobody', kind: 'call' }),
];
const score = (journal: string, ...more: string[]) =>
  muster('score', '--playbook', demoPlaybookFile, '--facts', journal, ...more);

describe('scores of a journal', { timeout: 60_000 }, () => {
  it('are a row for each lead, the same to the byte for lines shuffled and doubled', async () => {
    const tidy = written('tidy.ndjson', lines);
    const wild = written('wild.ndjson', [lines[3]!, '', ...[...lines].reverse(), lines[0]!, lines[13]!, '']);
    const [one, two] = await Promise.all([score(tidy), score(wild)]);

    expect(one).toMatchObject({ code: 0, stderr: '' });
    expect(two.stdout).toBe(one.stdout);
    const rows = one.stdout.trimEnd().split('\r\n');
    expect(rows[0]).toMatch(/^id,email,name,accountId,account,model,version,grade,level,score,scoreBeforeSuppression,/);
    expect(rows).toHaveLength(3);
    // 60 for the demo; 20 of pricing and 5 of visits, capped a day.
    expect(rows.find((row) => row.includes(bea))).toContain(',Bea,');
    expect(rows.find((row) => row.includes(bea))).toContain(',Acme Ltd,standard,,A1,SQL,85,85,');
  });

  it('are one JSON document with every part, and what was quarantined', async () => {
    const { stdout } = await score(written('all.ndjson', lines), '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      playbook: { name: 'Demo' },
      asOf: at('10:30:00'),
      lines: 16,
      leads: [{ name: expect.any(String), parts: expect.any(Array) }, { grade: expect.any(String) }],
      accounts: [{ score: expect.any(Number) }, { status: 'Qualified' }],
      quarantined: [{ id: 'x', reason: 'neither a valid e-mail nor a person of the CRM' }],
    });
  });

  it('leave out what happened after the moment asked for, in whatever zone that is typed', async () => {
    const path = written('late.ndjson', lines);
    const [before, then] = await Promise.all([
      score(path, '--as-of', '2026-11-20T08:59:59Z', '--format', 'json'),
      score(path, '--as-of', '2026-11-20T10:00:00+01:00', '--format', 'json'),
    ]);
    expect(JSON.parse(before.stdout)).toMatchObject({ asOf: at('08:59:59'), lines: 13, leads: [], quarantined: [] });
    expect(JSON.parse(then.stdout)).toMatchObject({ asOf: at('09:00:00'), leads: [{ email: bea, score: 85 }] });
  });

  it('of an empty journal are no rows', async () => {
    const { code, stdout } = await score(written('empty.ndjson', ['', '  ']));
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\r\n')).toHaveLength(1);
  });

  it('of thousands are all there, however many pieces they are printed in', async () => {
    const many = Array.from({ length: 3_000 }, (_, n) => demoRequest(`f${n}`, at('09:00:00'), `p${n}@c${n}.example`));
    const path = written('thousands.ndjson', many);
    const [list, document] = await Promise.all([score(path), score(path, '--format', 'json')]);
    expect(list).toMatchObject({ code: 0, stderr: '' });
    expect(list.stdout.trimEnd().split('\r\n')).toHaveLength(3_001);
    const everything = z.object({ leads: z.array(z.unknown()), accounts: z.array(z.unknown()) });
    const { leads, accounts } = everything.parse(JSON.parse(document.stdout));
    expect([leads.length, accounts.length]).toEqual([3_000, 3_000]);
  });

  it('end quietly when nobody reads on', async () => {
    const many = Array.from({ length: 3_000 }, (_, n) => demoRequest(`f${n}`, at('09:00:00'), `p${n}@acme.example`));
    const command = `node cli/muster.ts score --playbook ${demoPlaybookFile} --facts ${written('many.ndjson', many)}`;
    const { code, stdout, stderr } = await shell(`${command} | head -n 2`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\r\n')).toHaveLength(3);
  });
});

const explained = z.object({
  lead: z.object({ email: z.string(), score: z.number() }),
  lines: z.array(
    z.object({
      kind: z.string(),
      rule: z.string(),
      points: z.number(),
      behind: z.object({ touches: z.array(z.object({ id: z.string(), at: z.string() })), more: z.number() }).optional(),
    }),
  ),
});

describe('an explanation', { timeout: 60_000 }, () => {
  it.each([
    bea,
    ' BEA@Acme.example',
    leadIdOfEmail(bea),
  ])('of the lead %s names every part, its touches and the sum', async (id) => {
    const { code, stdout } = await score(written('one.ndjson', lines), '--explain', id);
    expect(code).toBe(0);
    expect(stdout).toContain('Bea <bea@acme.example>');
    expect(stdout).toContain('Acme Ltd');
    expect(stdout).toContain(
      '    +20  Read the pricing page [pricing-page, interest]: 12 touches; of 120 points 100 trimmed',
    );
    expect(stdout).toContain('2026-11-20 08:21  page www.seller.example/pricing (v11)');
    expect(stdout).toContain('… and 2 more');
    expect(stdout).toContain('     85  = 60 + 20 + 5');
    expect(stdout).toContain('not known: employees');
  });

  it('as JSON has lines that add up, each with at most ten touches, the latest first', async () => {
    const { stdout } = await score(written('json.ndjson', lines), '--explain', bea, '--format', 'json');
    const { lead, lines: parts } = explained.parse(JSON.parse(stdout));
    expect(parts.reduce((sum, { points }) => sum + points, 0)).toBe(lead.score);
    const pricing = parts.find(({ rule }) => rule === 'pricing-page')!.behind!;
    expect(pricing.more).toBe(2);
    expect(pricing.touches.map(({ id }) => id)).toEqual([
      'v11',
      'v10',
      'v09',
      'v08',
      'v07',
      'v06',
      'v05',
      'v04',
      'v03',
      'v02',
    ]);
  });

  it.each([
    'acme.example',
    'www.Acme.example',
  ])('of the account with the domain %s says what everybody adds', async (id) => {
    const { stdout } = await score(written('account.ndjson', lines), '--explain', id);
    expect(stdout).toContain('Acme Ltd (acct_');
    expect(stdout).toMatch(/\+\d+ {2}Bea \[lead_/);
    expect(stdout).toContain('1 person\n     85  A1');
  });

  it('and a list of what strangers typed drive no terminal', async () => {
    const wild = '\u001b[2J\u0007Bea\u009b31m\nScore 100';
    const path = written('wild-names.ndjson', [
      crm('a', at('08:00:00'), { object: 'account', externalId: 'A', domains: ['acme.example'], name: wild }),
      demoRequest('f', at('09:00:00'), bea, { profile: { firstName: wild, jobTitle: wild } }),
    ]);
    const told = await Promise.all([score(path), ...[bea, 'acme.example'].map((id) => score(path, '--explain', id))]);
    for (const { code, stdout } of told) {
      expect(code).toBe(0);
      expect(stdout).toContain('[2J Bea 31m Score 100');
      expect(stdout.replaceAll(/\r?\n/g, '')).not.toMatch(/\p{Cc}/u);
    }
  });

  const dan = 'dan@gmail.com';
  const merged = [
    ...lines,
    demoRequest('h', at('10:10:00'), dan, { person: { email: dan, visitor: 'anon:2' } }),
    decide('m', at('10:20:00'), { a: bea, b: dan }),
  ];

  it.each([
    [dan, 'was merged into this lead'],
    ['D.an+old@googlemail.com', 'was merged into this lead'],
    [leadIdOfEmail(dan), 'was merged into this lead'],
    [leadIdOfVisitor('anon:2'), 'turned out to be this lead'],
  ])('of %s, who is somebody else now, says so and is of who stays', async (id, because) => {
    const path = written('merged.ndjson', merged);
    const [text, json] = await Promise.all([
      score(path, '--explain', id),
      score(path, '--explain', id, '--format', 'json'),
    ]);
    expect(text).toMatchObject({ code: 0, stderr: '' });
    expect(text.stdout).toMatch(new RegExp(`^${RegExp.escape(`${id} ${because}:`)}\n\nBea <bea@acme.example>`));
    expect(text.stdout).toContain('2 touches');
    expect(JSON.parse(json.stdout)).toMatchObject({ askedFor: id, because, lead: { email: bea } });
  });

  it('of somebody separated again is of themselves', async () => {
    const separated = [...merged, decide('s', at('10:30:00'), { a: dan, b: bea, decision: 'separate' })];
    const { stdout } = await score(written('separated.ndjson', separated), '--explain', dan);
    expect(stdout).toMatch(/^dan@gmail\.com \(lead_/);
  });

  it('of nobody is an error with who may be meant, and nothing else', async () => {
    const { code, stdout, stderr } = await score(written('nobody.ndjson', lines), '--explain', 'bae@acme.example');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.trim()).toBe(
      'bae@acme.example: no lead and no account has this id, address or domain; did you mean bea@acme.example?',
    );
  });
});

it('an explanation of a name near none is an error that names nobody', { timeout: 60_000 }, async () => {
  const { code, stdout, stderr } = await score(written('far.ndjson', lines), '--explain', 'zzzzzzzzzzzz');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr.trim()).toBe(
    'zzzzzzzzzzzz: no lead and no account has this id, address or domain; there are 2 leads and 2 accounts',
  );
});

it('a journal from a pipe, which cannot be read twice, is refused in words', { timeout: 60_000 }, async () => {
  const path = written('piped.ndjson', lines);
  const { code, stderr } = await shell(
    `cat ${path} | node cli/muster.ts score --playbook ${demoPlaybookFile} --facts /dev/stdin`,
  );
  expect(code).toBe(1);
  expect(stderr).toBe('/dev/stdin: is read twice, so it must be a file; save what comes from a pipe to one\n');
});

describe('what is wrong is said with its place, and nothing is printed', { timeout: 60_000 }, () => {
  it('of lines that cannot be read', async () => {
    const path = written('bad.ndjson', [lines[0]!, '{"type":', JSON.stringify({ ...lines[1], occurredAt: 'now' })]);
    const { code, stdout, stderr } = await score(path);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    const complaints = stderr.trim().split('\n');
    expect(complaints).toHaveLength(2);
    expect(complaints[0]).toMatch(`${path}:2: not JSON`);
    expect(complaints[1]).toMatch(`${path}:3: occurredAt: `);
  });

  it.each([
    [['--playbook', demoPlaybookFile, '--facts', '/nowhere.ndjson'], '/nowhere.ndjson: there is no such file'],
    [['--playbook', demoPlaybookFile, '--facts', '/tmp'], '/tmp: is a folder, not a journal'],
    [['--playbook', '/nowhere.yaml', '--facts', 'x'], '/nowhere.yaml: there is no such file'],
    [['--facts', 'x'], '--playbook'],
    [['--playbook', 'x', '--facts', 'y', '--as-of', 'soon'], 'a moment is ISO 8601'],
    [['--playbook', 'x', '--facts', 'y', '--format', 'xml'], 'Allowed choices are csv, json'],
    [['--playbook', 'x', '--facts', 'y', '--explain', 'z', '--format', 'csv'], 'not CSV'],
  ])('of %j', async (args, said) => {
    const { code, stdout, stderr } = await muster('score', ...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(said);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

it('a journal longer than a chunk, of lines longer than what is read at once, loses nothing', {
  timeout: 60_000,
}, async () => {
  const wide = Array.from({ length: 60 }, (_, n) =>
    demoRequest(`f${n}`, at('09:00:00'), `p${n}@ümlaut.example`, {
      form: {
        id: 'demo-request',
        answers: Object.fromEntries(Array.from({ length: 15 }, (_, k) => [`a${k}`, 'ü'.repeat(1_000)])),
      },
    }),
  );
  const path = written('wide.ndjson', wide);
  expect(readFileSync(path).length).toBeGreaterThan(1 << 20);
  const { stdout } = await score(path, '--format', 'json');
  const { leads } = z.object({ leads: z.array(z.object({ score: z.number() })) }).parse(JSON.parse(stdout));
  expect(leads.map(({ score }) => score)).toEqual(Array.from({ length: 60 }, () => 60));
});
