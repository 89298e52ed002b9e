// What docs/tutorial/first-tenant.md has a reader type, from the empty folder to the account of whoever sent a form.
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../cli/run.ts';
import { eventually } from '../e2e/eventually.ts';
import type { Documented } from './run-by.ts';
import { outputOf, serve } from './shell.ts';

const { path } = temporaryFolder();

it('begins a tenant of its own', { timeout: 60_000 }, async () => {
  const here = (command: Documented): Documented => command.replaceAll('my-tenants', path('my-tenants')) as Documented;
  await outputOf(here('mkdir -p my-tenants'));
  await outputOf(here('cp infra/tenants/demo.yaml my-tenants/acme.yaml'));
  await outputOf(here('cp docs/playbooks/starter.yaml my-tenants/acme.playbook.yaml'));
  const checked = await outputOf(here('npm run -s muster -- playbook check my-tenants/acme.playbook.yaml'));
  expect(checked).toContain('is in order');
  const running = await serve(here('npm start -- --tenant acme --tenants my-tenants'), 20, `--data ${path('state')}`);
  // Whatever fails meanwhile, no server is left behind.
  onTestFinished(async () => void (await running.stop()));
  const told = new URLSearchParams(new URL(running.livePanel).hash.slice(1));
  const there = (command: Documented): Documented =>
    command
      .replace('$MUSTER_URL', told.get('api') ?? '')
      .replace('$MUSTER_TOKEN', told.get('token') ?? '') as Documented;
  const sent = await outputOf(there('curl -fsS $MUSTER_URL/forms/contact -d email=bea@acme.example'));
  expect(sent).toContain('touchId');
  const list = there('curl -fsS $MUSTER_URL/api/accounts -H "authorization: Bearer $MUSTER_TOKEN"');
  await eventually({ what: 'the account', withinMs: 10_000 }, async () => {
    return (await outputOf(list)).includes('"domain":"acme.example"') ? true : undefined;
  });
  expect(await running.stop()).toBe(0);
});
