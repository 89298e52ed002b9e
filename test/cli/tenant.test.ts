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

const settings = (region: string, more: string) =>
  `region: ${region}\nmail: { from: leads@acme.example, createIdentity: true }\nweb: { allowedOrigins: ["*"], writeKeys: [acme-web-1] }\n${more}`;
const edge =
  'edge: { domain: leads.acme.example, certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/one" }\n';

it('says what another tenant of the folder has already, and can be there but once', { timeout: 60_000 }, async () => {
  const others = temporaryFolder();
  const tenants = others.path('');
  const check = async (name: string) => (await muster('tenant', 'check', name, '--tenants', tenants)).stderr;
  others.file('one.yaml', settings('eu-west-1', edge));
  others.file('broken.yaml', 'region: [');
  others.file('two.yaml', settings('eu-west-1', edge));
  const said = (await check('two')).trim().split('\n');
  expect(said).toEqual([
    expect.stringMatching(/^edge\.domain: leads\.acme\.example is tenant one's too: /),
    expect.stringMatching(/^mail\.createIdentity: acme\.example is tenant one's too: /),
  ]);
  // The same identity may be in each region and each account; the name of a CloudFront may not.
  others.file('two.yaml', settings('eu-central-1', edge));
  expect((await check('two')).trim().split('\n')).toEqual([said[0]]);
  others.file('two.yaml', settings('eu-west-1', 'account: "111122223333"\n'));
  expect(await check('two')).toContain(said[1]);
  others.file('one.yaml', settings('eu-west-1', 'account: "444455556666"\n'));
  expect(await check('two')).toContain('has no playbook');
  // The synthesis of the one that is deployed second is not even begun.
  others.file('one.yaml', settings('eu-west-1', ''));
  for (const command of ['deploy', 'diff'])
    expect((await muster(command, '--tenant', 'two', '--tenants', tenants)).stderr, command).toContain(said[1]);
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
