// `muster tenant check`, and what `deploy`, `diff` and `destroy` refuse before they ask any cloud.
import { expect, it } from 'vitest';
import { eachTenant } from '../../cli/each-tenant.ts';
import { resultsTable } from '../../cli/results-table.ts';
import { muster, temporaryFolder } from './run.ts';

const { file, path } = temporaryFolder();

it('says that the demo’s file is in order', { timeout: 60_000 }, async () => {
  expect(await muster('tenant', 'check', 'demo')).toEqual({
    code: 0,
    stdout: 'Tenant demo is in order: eu-central-1, playbook "Demo".\n',
    stderr: '',
  });
});

it('says what is wrong with a file, each with line and column', { timeout: 60_000 }, async () => {
  const wrong = file('wrong.yaml', 'region: mars\naccount: "12"\nmail: { from: a@b.example }\nwebb: {}\n');
  const { code, stdout, stderr } = await muster('tenant', 'check', wrong);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr.replaceAll(wrong, 'FILE').trim().split('\n')).toEqual([
    expect.stringMatching(/^FILE:1:1 web: is missing/),
    'FILE:1:9 region: must be an AWS region such as eu-central-1',
    'FILE:2:10 account: must be the 12 digits of an AWS account, in quotes',
    expect.stringMatching(/^FILE:4:1 webb: is not a setting here; did you mean web\?/),
  ]);
  expect((await muster('tenant', 'check', path('none.yaml'))).stderr).toContain('there is no such file');
});

it.each(['deploy', 'diff', 'destroy'])('%s asks which tenant', { timeout: 60_000 }, async (command) => {
  for (const which of [[], ['--tenant', 'demo', '--all']]) {
    const { code, stderr } = await muster(command, ...which);
    expect([code, stderr]).toEqual([1, expect.stringContaining('--tenant <name>, or --all')]);
  }
});

it('goes on after a tenant that failed, and fails in the end', async () => {
  file('acme.yaml', '');
  file('wrong.yaml', '');
  file('zeta.yaml', '');
  const done: string[] = [];
  const all = eachTenant({ all: true, tenants: path('') }, 'deployed', async (tenant) => {
    if (tenant === 'wrong') throw new Error('its file\nis empty');
    done.push(tenant);
    return 'deployed';
  });
  await expect(all).rejects.toThrow('1 of 3 tenants failed');
  expect(done).toEqual(['acme', 'zeta']);
});

it('tells what became of each in columns', () => {
  const table = resultsTable([
    { tenant: 'acme', what: 'deployed', seconds: 61.234, outcome: 'deployed, playbook version 3', failed: false },
    { tenant: 'somebody-else', what: 'deployed', seconds: 2, outcome: 'failed: no credentials', failed: true },
  ]);
  expect(table.split('\n')).toEqual([
    'Tenant         What      Seconds  Outcome',
    'acme           deployed     61.2  deployed, playbook version 3',
    'somebody-else  deployed      2.0  failed: no credentials',
  ]);
});
