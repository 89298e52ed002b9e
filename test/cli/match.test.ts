// `muster match` as ops type it: answers with reasons, and what it says of files it cannot read.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { muster, temporaryFolder } from './run.ts';

const { file, path } = temporaryFolder();
const accounts = `\ufeffid,name,domain,country,parentId,owner
a1,"Acme Tools, Inc.",acme.example,US,,x
a2,University of Oslo,uio.example,NO,,x
a3,Oslo University Hospital,ous.example,Norway,,x
a4,=Evil GmbH,evil.example,DE,,x
`;
const leads = `company,id,email,country
Acme tools,l1,,US
,l2,bea@uio.example,
Universitetet i Oslo,l3,cyd@gmail.com,NO
Nobody at all,l4,,US
Evil,l5,,DE
`;
const match = async (accountsFile: string, leadsFile: string, ...more: string[]) => {
  const out = path('out.csv');
  rmSync(out, { force: true });
  const args = ['--accounts', accountsFile, '--leads', leadsFile, '--out', out, ...more];
  const { code, stderr } = await muster('match', ...args);
  return { code, stderr, out: existsSync(out) ? readFileSync(out, 'utf8').trimEnd().split('\r\n') : undefined };
};

describe('leads and accounts in files', { timeout: 60_000 }, () => {
  it('are matched with rule, score, reason and candidates', async () => {
    const { code, stderr, out } = await match(file('a.csv', accounts), file('l.csv', leads), '--min-precision', '0.8');
    expect(code).toBe(0);
    expect(stderr).toContain('4 of 5 leads have an account');
    expect(out?.[0]).toBe('id,accountId,rule,score,reason,candidates');
    expect(out?.[1]).toMatch(/^l1,a1,exact-name,0\.\d{4},.*same words.*,a1:0\.\d{4}/);
    expect(out?.[2]).toMatch(/^l2,a2,domain,0\.9900,.*uio\.example/);
    expect(out?.[3]).toMatch(/^l3,a2,exact-name/);
    expect(out?.[4]).toMatch(/^l4,,unmatched,/);
    expect(out?.[5]).toMatch(/^l5,a4,exact-name/);
  });

  it('answer none below the precision asked for', async () => {
    const { out } = await match(file('a.csv', accounts), file('l.csv', leads), '--min-precision', '1');
    expect(out?.[1]).toMatch(/^l1,,unmatched,/);
    expect(out?.[2]).toMatch(/^l2,a2,domain,/);
  });

  it('obey the matching of a playbook, and a precision that is typed before its', async () => {
    const starter = readFileSync('docs/playbooks/starter.yaml', 'utf8');
    const playbook = file('p.yaml', `${starter}\nmatching: { rules: [exact-name, domain], minimumPrecision: 0.8 }\n`);
    const files = [file('a.csv', accounts), file('l.csv', `${leads}Acme Tools,l6,bea@uio.example,US\n`)] as const;
    const obeyed = await match(...files, '--playbook', playbook);
    expect(obeyed.out?.[1]).toMatch(/^l1,a1,exact-name/);
    expect(obeyed.out?.[6]).toMatch(/^l6,a1,exact-name/);
    const strict = await match(...files, '--playbook', playbook, '--min-precision', '1');
    expect(strict.out?.[1]).toMatch(/^l1,,unmatched/);
    expect(strict.out?.[6]).toMatch(/^l6,a2,domain,0\.9900/);
    const usual = await match(...files);
    expect(usual.out?.[6]).toMatch(/^l6,a2,domain,0\.9900,.*but the company's name is that of ""Acme Tools, Inc\.""/);
  });

  it.each([
    [
      'without a column',
      'id,name\na,b\n',
      /a\.csv:1: the columns domain, country, parentId are missing; there are: id, name/,
    ],
    [
      'with a row too short',
      'id,name,domain,country,parentId\na,b\n',
      /a\.csv:2: has 2 columns where the first line has 5/,
    ],
    ['with a quote left open', 'id,name,domain,country,parentId\na,"b,c,d,e\n', /a\.csv:2: Quote Not Closed/],
    ['with an id twice', `${accounts}a1,Other,,,,x\n`, /a\.csv:6: the id a1 is that of line 2 too/],
    ['without a name', `${accounts}a9,,,,,x\n`, /a\.csv:6: the account a9 has no name/],
    ['that is empty', '', /a\.csv: is empty/],
  ])('are refused in a file %s, and nothing is written', async (_, text, complaint) => {
    const { code, stderr, out } = await match(file('a.csv', text), file('l.csv', leads));
    expect(stderr).toMatch(complaint);
    expect(code).toBe(1);
    expect(out).toBeUndefined();
  });

  it('are refused where there is no file, no folder to write to, or no precision', async () => {
    expect((await match(path('none.csv'), file('l.csv', leads))).stderr).toContain('there is no such file');
    expect((await match(path('.'), file('l.csv', leads))).stderr).toContain('is a folder');
    const nowhere = await match(file('a.csv', accounts), file('l.csv', leads), '--out', path(join('no', 'out.csv')));
    expect(nowhere.stderr).toContain('cannot be written (ENOENT)');
    const { code, stderr } = await match(file('a.csv', accounts), file('l.csv', leads), '--min-precision', '2');
    expect(code).toBe(1);
    expect(stderr).toContain('a number from 0 to 1');
  });

  it('say which country is none, and go on', async () => {
    const { code, stderr } = await match(file('a.csv', accounts), file('l.csv', `${leads}Acme,l6,,Atlantis\n`));
    expect(code).toBe(0);
    expect(stderr).toContain('l.csv:7: Atlantis is no country; taken as not given');
  });
});
