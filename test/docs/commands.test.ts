// What the documentation tells a reader to type does what it says.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { functionNames } from '../../infra/function-sizes.ts';
import { root } from '../architecture/house.ts';
import { outputOf, serve } from './shell.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-docs-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const answersTo = async (address: string): Promise<number> => (await fetch(address)).status;

/** Others have a connection to a CRM's API, a partner event bus, or tell somebody outside. */
const functionsOfDemo = functionNames.filter(
  (name) => !['capture-salesforce', 'sync-crm', 'pull-crm', 'outbound'].includes(name),
).length;

describe('the first command', { timeout: 60_000 }, () => {
  it('serves the demo site and the panel, keeps its state, and ends on Ctrl-C', async () => {
    const first = await serve('npm start', 20, `-- --data ${folder}/state`);
    expect(new URL(first.demoSite).hostname).toBe('127.0.0.1');
    expect(await answersTo(first.demoSite)).toBe(200);
    expect(await answersTo(first.livePanel)).toBe(200);
    expect(await first.stop()).toBe(0);
    await expect(answersTo(first.demoSite)).rejects.toThrow();

    const token = (address: string) => new URLSearchParams(new URL(address).hash.slice(1)).get('token');
    const again = await serve('npm start', 20, `-- --data ${folder}/state`);
    expect(await again.stop()).toBe(0);
    expect(token(again.livePanel)).toBe(token(first.livePanel));

    const fresh = await serve('npm start -- --fresh', 20, `--data ${folder}/state`);
    expect(await fresh.stop()).toBe(0);
    expect(token(fresh.livePanel)).not.toBe(token(first.livePanel));
  });
});

const replayed = z.object({
  accounts: z.array(
    z.object({
      account: z.object({ name: z.string(), status: z.string(), score: z.number(), owner: z.string() }),
      leads: z.array(
        z.object({
          grade: z.string(),
          score: z.number(),
          parts: z.array(z.object({ points: z.number() })),
          sla: z.object({ met: z.boolean() }),
        }),
      ),
    }),
  ),
  mails: z.array(z.object({ to: z.string(), subject: z.string(), text: z.string() })),
});

describe('the command line', { timeout: 60_000 }, () => {
  it('checks a playbook', async () => {
    const said = await outputOf('npm run -s muster -- playbook check infra/tenants/demo.playbook.yaml');
    expect(said).toContain('is in order: 2 forms,');
  });

  it('checks the playbook to begin with, compares it with another, and prints the schema of both', async () => {
    expect(await outputOf('npm run -s muster -- playbook check docs/playbooks/starter.yaml')).toContain('is in order');
    const changes = await outputOf(
      'npm run -s muster -- playbook diff docs/playbooks/starter.yaml docs/playbooks/points.yaml',
    );
    expect(changes).toContain('\nMarketing qualified: grades: without A1, A2, B1; score none → 100.\n');
    const schema = await outputOf('npm run -s muster -- playbook schema');
    expect(schema).toBe(readFileSync(join(root, 'docs/playbook.schema.json'), 'utf8'));
  });

  it('replays a journal, and shuffled and doubled it prints the same document', async () => {
    const command =
      'npm run -s muster -- replay docs/examples/acme.ndjson --playbook infra/tenants/demo.playbook.yaml' as const;
    const document = await outputOf(command);
    const { accounts, mails } = replayed.parse(JSON.parse(document));
    expect(accounts).toMatchObject([
      {
        account: { name: 'Acme Ltd', status: 'Sales Working', score: 30, owner: 'ada@demo.example' },
        leads: [{ grade: 'A1', score: 91, sla: { met: true } }],
      },
    ]);
    expect(accounts[0]!.leads[0]!.parts.reduce((sum, { points }) => sum + points, 0)).toBe(91);
    expect(mails.map(({ to, subject }) => `${to}: ${subject}`)).toEqual([
      'bea.buyer@acme.example: We have your request',
      'ada@demo.example: New lead: Bea Buyer at Acme Ltd (A1)',
      'ada@demo.example: Reminder: Bea Buyer at Acme Ltd (A1)',
    ]);
    expect(mails[1]!.text).toContain('Say: They asked for a demo.');

    const lines = readFileSync(join(root, 'docs/examples/acme.ndjson'), 'utf8').trim().split('\n');
    const shuffled = join(folder, 'shuffled.ndjson');
    writeFileSync(shuffled, [...lines.toReversed(), ...lines].join('\n'));
    // The command's own journal, then another in its place.
    const elsewhere = command.replace('docs/examples/acme.ndjson', shuffled) as typeof command;
    expect(await outputOf(elsewhere)).toBe(document);
  });

  it('synthesises a tenant', async () => {
    const said = await outputOf('npm run deploy -- --tenant demo --synth-only');
    const template = /^The template is (.+)$/m.exec(said)?.[1] ?? '';
    const { Resources } = z
      .object({ Resources: z.record(z.string(), z.object({ Type: z.string() })) })
      .parse(JSON.parse(readFileSync(template, 'utf8')));
    const types = Object.values(Resources).map(({ Type }) => Type);
    expect(types.filter((type) => type === 'AWS::DynamoDB::Table')).toHaveLength(1);
    expect(types.filter((type) => type === 'AWS::Lambda::Function')).toHaveLength(functionsOfDemo);
  });
});

describe('the bench', { timeout: 120_000 }, () => {
  it('prints its figures as JSON on its last line', async () => {
    // Few forms, so that it is over soon: how many a second is not this test's to judge.
    const last = (await outputOf('npm run -s bench -- embedded', '200')).trim().split('\n').at(-1) ?? '';
    const { formsPerSecond, ratioToBareUpserts } = z
      .object({ bench: z.literal('embedded'), formsPerSecond: z.number(), ratioToBareUpserts: z.number() })
      .parse(JSON.parse(last));
    expect(formsPerSecond).toBeGreaterThan(0);
    expect(ratioToBareUpserts).toBeGreaterThan(0);
  });

  it('of scoring prints how fast it is beside other engines, with equal answers', async () => {
    // A few milliseconds of each: how fast is not this test's to judge.
    const last = (await outputOf('npm run -s bench -- scoring', '5')).trim().split('\n').at(-1) ?? '';
    const figures = z
      .object({
        bench: z.literal('scoring'),
        leadsPerSecond: z.number().positive(),
        ratioToJsonRulesEngine: z.number().positive(),
        ratioToPlainJs: z.number().positive(),
      })
      .safeParse(JSON.parse(last));
    expect(figures.error).toBeUndefined();
  });

  it('of imports prints how many rows a second there are of each list', async () => {
    const last = (await outputOf('npm run -s bench -- import', '20')).trim().split('\n').at(-1) ?? '';
    const perSecond = z.number().positive();
    const figures = z
      .object({
        bench: z.literal('import'),
        accountsPerSecond: perSecond,
        leadsPerSecond: perSecond,
        touchesPerSecond: perSecond,
        opportunitiesPerSecond: perSecond,
        contractsPerSecond: perSecond,
      })
      .safeParse(JSON.parse(last));
    expect(figures.error).toBeUndefined();
  });
});
