// Tenants whose files are in a repository of their own: run, synthesised and told of from there.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../../cli/stack.ts';
import { start } from '../../cli/start.ts';
import { muster, temporaryFolder } from './run.ts';

const { file, path } = temporaryFolder();
const tenant = 'theirs-elsewhere';
file(
  `${tenant}.yaml`,
  `region: eu-west-1
mail: { from: leads@acme.example }
web: { allowedOrigins: [https://www.acme.example], writeKeys: [acme-web-1] }
crm: { their-crm: { kind: signed } }
`,
);
file(
  `${tenant}.playbook.yaml`,
  readFileSync(join(root, 'infra', 'tenants', 'demo.playbook.yaml'), 'utf8').replace('name: Demo', 'name: Theirs'),
);
const silent = { info: () => {}, warn: () => {}, error: () => {} };
const deployed = join(root, '.muster', 'deploy', tenant);
afterAll(() => rmSync(deployed, { recursive: true, force: true }));

describe('a folder of tenants other than the project’s', () => {
  it('is where `start` finds the tenant and its playbook', { timeout: 30_000 }, async () => {
    const started = await start({ tenant, tenants: path(''), data: path('state'), log: silent });
    // Of the connection that is in their file it is said that its secret is not given yet.
    const post = async (connection: string) =>
      (await fetch(`${started.apiUrl}/crm/${connection}`, { method: 'POST', body: '{"changes":[]}' })).status;
    try {
      expect((await started.muster.playbook()).name).toBe('Theirs');
      expect([await post('crm'), await post('their-crm')]).toEqual([404, 503]);
    } finally {
      await started.stop();
    }
  });

  it('is where `deploy` finds them, seen from where it is typed', { timeout: 90_000 }, async () => {
    const tenants = relative(process.cwd(), path(''));
    const { code, stdout, stderr } = await muster('deploy', '--tenant', tenant, '--tenants', tenants, '--synth-only');
    expect(code, stderr).toBe(0);
    expect(stdout).toContain(`muster-${tenant}.template.json`);
    const template = join(deployed, 'cdk.out', `muster-${tenant}.template.json`);
    expect(existsSync(template)).toBe(true);
    expect(readFileSync(template, 'utf8')).toContain('their-crm');
  });

  it('has to be there', { timeout: 30_000 }, async () => {
    for (const command of ['start', 'cloud', 'deploy']) {
      const { code, stderr } = await muster(command, '--tenant', tenant, '--tenants', path('nowhere'));
      expect(code, command).not.toBe(0);
      expect(stderr, command).toContain('there is no such folder');
    }
  });
});
