// What docs/how-to/secrets.md and edge.md tell a reader to type: of a deployed tenant on a stand-in for AWS, and of what `npm start` runs
// really. What edge.md says of the firewall is held to it in test/infra/safety.test.ts.
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { secretCommand } from '../../cli/secret.ts';
import { type Started, start } from '../../cli/start.ts';
import { functionNames } from '../../infra/function-sizes.ts';
import { root } from '../architecture/house.ts';
import { temporaryFolder } from '../cli/run.ts';
import { silent } from '../simulation/world.ts';
import { awsWithSecrets } from './aws-with-secrets.ts';
import { commandsIn, pages } from './markdown.ts';
import type { Documented } from './run-by.ts';
import { type } from './typed-secrets.ts';

const page = pages.find(({ path }) => path === 'docs/how-to/secrets.md')!;
const edgePage = pages.find(({ path }) => path === 'docs/how-to/edge.md')!;
const ofTenant = {
  list: 'npm run -s muster -- secret list --tenant demo',
  rotate: 'npm run -s muster -- secret rotate read --tenant demo',
  finish: 'npm run -s muster -- secret rotate read --tenant demo --finish',
  atOnce: 'npm run -s muster -- secret rotate operators --tenant demo --finish --force',
  given: 'npm run -s muster -- secret rotate crm/hubspot --tenant demo --stdin < new-secret.txt',
} as const satisfies Record<string, Documented>;
const ofFolder = {
  list: 'npm run -s muster -- secret list --data .muster/demo',
  rotate: 'npm run -s muster -- secret rotate read --data .muster/demo',
  finish: 'npm run -s muster -- secret rotate read --data .muster/demo --finish',
} as const satisfies Record<string, Documented>;
/** Only AWS can run it: what it names is held to the stack, and what it looks for to the lines that are logged. */
const ofAws = `aws logs tail /muster/demo/read-api --since 1d --format short --filter-pattern '{ $.olderSecret = "*" }'`;
const ofEdge = {
  rotate: 'npm run -s muster -- secret rotate edge --tenant demo',
  finish: 'npm run -s muster -- secret rotate edge --tenant demo --finish',
} as const satisfies Record<string, Documented>;
/** As `ofAws`. */
const ofFirewall = [
  `aws cloudfront list-distributions --query "DistributionList.Items[?starts_with(Comment, 'muster-demo,')].[DomainName,Status]" --output text`,
  'aws cloudwatch get-metric-statistics --region us-east-1 --namespace AWS/WAFV2 --metric-name BlockedRequests --dimensions Name=WebACL,Value=muster-demo Name=Rule,Value=ALL --start-time 2026-11-23T00:00:00Z --end-time 2026-11-24T00:00:00Z --period 3600 --statistics Sum',
  `aws wafv2 get-sampled-requests --region us-east-1 --scope CLOUDFRONT --web-acl-arn $(aws wafv2 list-web-acls --region us-east-1 --scope CLOUDFRONT --query "WebACLs[?Name=='muster-demo'].ARN" --output text) --rule-metric-name CommonRuleSet --time-window StartTime=2026-11-23T09:00:00Z,EndTime=2026-11-23T10:00:00Z --max-items 100`,
] as const satisfies Documented[];

const { path, file } = temporaryFolder();

it('these are all their commands', () => {
  expect(new Set(commandsIn(edgePage))).toEqual(new Set([...Object.values(ofEdge), ...ofFirewall]));
  expect(new Set(commandsIn(page))).toEqual(new Set([...Object.values(ofTenant), ...Object.values(ofFolder), ofAws]));
});

describe('of a deployed tenant', () => {
  const aws = awsWithSecrets();
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-23T00:10:00.000Z') });
    aws.reset();
  });
  afterEach(() => vi.useRealTimers());
  const minutesLater = (minutes: number) => vi.setSystemTime(Date.now() + minutes * 60_000);

  it('they are listed, and none is printed', async () => {
    const { printed } = await type(ofTenant.list);
    expect(printed).not.toContain('generated');
    const names = printed.split('\n').map((line) => line.split(/\s/)[0]);
    expect(names).toEqual(['read', 'decisions', 'operators', 'links', 'edge', 'crm/crm']);
    for (const name of names) expect(page.text).toContain(`\`${name?.replace('crm/crm', 'crm/<connection>')}\``);
    expect(printed).toMatch(/^read +1 value +for services that read$/m);
  });

  it('both are taken while one is replaced, and the new one alone in the end', async () => {
    const { printed: token, said } = await type(ofTenant.rotate);
    expect(token).toMatch(/^[\w-]{44}$/);
    expect(said).toContain('2026-11-23T00:15:00.000Z');
    expect(said).not.toContain(token);
    expect(said).toContain(ofTenant.finish);
    expect(await aws.functions().readTokens()).toEqual([token, 'generated-read']);
    expect((await type(ofTenant.list)).printed).toContain('2 values since 2026-11-23T00:10:00.000Z');

    minutesLater(4);
    const early = await type(ofTenant.finish);
    expect([early.refused, early.said]).toEqual([true, expect.stringContaining('until 2026-11-23T00:15:00.000Z')]);
    const twice = await type(ofTenant.rotate);
    expect([twice.refused, twice.said]).toEqual([true, expect.stringContaining('--finish')]);
    expect(await aws.functions().readTokens()).toEqual([token, 'generated-read']);

    minutesLater(1);
    expect((await type(ofTenant.finish)).refused).toBe(false);
    expect(await aws.functions().readTokens()).toEqual([token]);
    expect((await type(ofTenant.finish)).said).toContain('no older value');

    expect(aws.noted()).toContain('secret.rotate');
    expect(aws.noted()).toContain('secret.finish');
    expect(aws.noted()).not.toMatch(new RegExp(`${token}|generated`));
  });

  it('one in wrong hands goes at once', async () => {
    const { printed: token } = await type('npm run -s muster -- secret rotate operators --tenant demo');
    expect((await type(ofTenant.atOnce)).refused).toBe(false);
    expect(await aws.functions().operatorTokens()).toEqual([token]);
  });

  it('links are good for a month, and nobody is told what signs them', async () => {
    const { printed } = await type('npm run -s muster -- secret rotate links --tenant demo');
    expect(printed).toBe('');
    minutesLater(31 * 24 * 60);
    const finish = 'npm run -s muster -- secret rotate links --tenant demo --finish';
    expect((await type(finish)).refused).toBe(true);
    minutesLater(5);
    expect((await type(finish)).refused).toBe(false);
    expect(await aws.functions().linkSecrets()).toHaveLength(1);
  });

  it('a CRM’s own is given on standard input, first or next, and never printed', async () => {
    const demo = readFileSync(join(root, 'infra/tenants/demo.yaml'), 'utf8');
    file('demo.yaml', `${demo}\ncrm:\n  hubspot: { kind: hubspot, portalId: 62515 }\n`);
    const given = ofTenant.given.replace(' <', ` --tenants ${path('')} <`);
    const first = await type(given, 'sesame-1\n');
    expect([first.printed, first.said.includes('sesame'), first.said.includes('--finish')]).toEqual(['', false, false]);
    expect((await type(given, 'sesame-1\n')).said).toContain('has that value already');
    expect((await type(given, 'sesame-2')).said).toContain('--finish');
    expect(await aws.functions().webhookSecrets('hubspot')).toEqual(['sesame-2', 'sesame-1']);
    expect(await aws.functions().webhookSecrets('crm')).toEqual(['generated-crm']);
    const wrong = [await type(given, ''), await type(given, 'se same\n'), await type(given.replace(' --stdin', ''))];
    expect(wrong.map(({ refused }) => refused)).toEqual([true, true, true]);
    expect(wrong.map(({ said }) => said).join()).not.toContain('se same');
  });

  it('CloudFront’s is replaced, and the old one dropped only once CloudFront was given the new one', async () => {
    const { printed, said } = await type(ofEdge.rotate);
    expect([printed, said]).toEqual(['', expect.stringContaining('raise edge.secretRound by one')]);
    const [next] = await aws.functions().edgeSecrets();
    expect(await aws.functions().edgeSecrets()).toEqual([next, 'generated-edge']);
    expect(JSON.parse(aws.kept.get('edge')!)).toMatchObject({ sent: next });

    vi.setSystemTime(Date.parse('2026-11-23T01:10:00.000Z'));
    expect(await type(ofEdge.finish)).toMatchObject({
      refused: true,
      said: expect.stringContaining('still sends the old one'),
    });
    expect(await aws.functions().edgeSecrets()).toHaveLength(2);

    aws.deployCloudFront('UPDATE_IN_PROGRESS');
    expect((await type(ofEdge.finish)).refused).toBe(true);
    aws.deployCloudFront('UPDATE_COMPLETE');
    expect((await type(ofEdge.finish)).refused).toBe(false);
    expect(await aws.functions().edgeSecrets()).toEqual([next]);
  });

  it.each([
    ['rotate nothing --tenant demo', 'There is no secret nothing here. There are: read, decisions'],
    ['rotate crm/theirs --tenant demo', 'There is no secret crm/theirs'],
    ['rotate constructor --tenant demo', 'There is no secret constructor'],
    ['rotate read', 'Say whose secrets'],
    ['rotate read --tenant demo --data .', 'Say whose secrets'],
    ['rotate read --tenant demo --stdin', 'is made here'],
    ['rotate read --tenant demo --finish --stdin', 'leave --stdin out'],
    ['rotate read --data there/is/none', 'there/is/none has no secrets.json'],
  ])('%s is refused', async (typed, why) => {
    const before = [...aws.kept];
    expect(await type(`npm run -s muster -- secret ${typed}`)).toMatchObject({
      ...{ printed: '', refused: true, said: expect.stringContaining(why) },
    });
    expect([...aws.kept]).toEqual(before);
  });
});

describe('of what npm start runs', () => {
  let running: Started;
  beforeAll(async () => {
    running = await start({ data: path('state'), log: silent });
  });
  afterAll(() => running.stop());
  const typed = (command: string, stdin?: string) => type(command.replace('.muster/demo', path('state')), stdin);
  const statusOf = async (token: string, place = '/api/accounts') =>
    (await fetch(`${running.apiUrl}${place}`, { headers: { authorization: `Bearer ${token}` } })).status;

  it('the new one counts without a restart, the old one until the end, and both are noted', async () => {
    const old = running.readToken;
    expect((await typed(ofFolder.list)).printed).toContain('read       1 value');
    const { printed: token } = await typed(ofFolder.rotate);
    expect([await statusOf(old), await statusOf(token)]).toEqual([200, 200]);
    expect((await typed(ofFolder.rotate)).refused).toBe(true);
    expect((await typed(ofFolder.finish)).refused).toBe(false);
    expect([await statusOf(old), await statusOf(token)]).toEqual([401, 200]);
    const headers = { authorization: `Bearer ${running.operatorToken}` };
    const audit = await (await fetch(`${running.apiUrl}/operations/audit`, { headers })).text();
    expect(audit).toMatch(/"what":"secret\.rotate","about":\["read"\].*"what":"secret\.finish"/);
    expect(audit).not.toContain(token);
  });

  it('so does a webhook’s; that of another connection is the reader’s file', async () => {
    const report = async (secret: string) => {
      const [id, at] = [`d-${secret.slice(-8)}`, String(Math.floor(Date.now() / 1_000))];
      const change = { kind: 'person', externalId: 'p1', email: 'bea@acme.example' };
      const body = JSON.stringify({ changes: [{ occurredAt: new Date().toISOString(), ...change }] });
      const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
      const signature = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64');
      const signed = { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': `v1,${signature}` };
      const headers = { ...signed, 'content-type': 'application/json' };
      return (await fetch(`${running.apiUrl}/crm/crm`, { method: 'POST', headers, body })).status;
    };
    const rotate = 'npm run -s muster -- secret rotate crm/crm --data .muster/demo';
    const { printed: secret } = await typed(rotate);
    expect([await report(running.crmSecret), await report(secret)].includes(401)).toBe(false);
    await typed(`${rotate} --finish`);
    expect([await report(running.crmSecret), (await report(secret)) === 401]).toEqual([401, false]);
    expect((await typed(`${rotate} --stdin`, 'sesame')).said).toMatch(/24 to 64 bytes in base64$/);
    expect((await typed(rotate.replace('crm/crm', 'crm/hubspot'))).said).toContain('crm.json, a file of yours');
  });
});

it('the command for AWS names a log there is, and each secret a function there is', () => {
  expect(ofAws).toContain('/muster/demo/read-api ');
  const rows = [...page.text.matchAll(/^\| `([\w/<>]+)` \| (?:`|each behind the API: `)([\w-]+)`/gm)];
  expect(rows.map(([, secret]) => secret)).toEqual([
    'read',
    'decisions',
    'operators',
    'links',
    'crm/<connection>',
    'edge',
  ]);
  for (const [, , name] of rows) expect(functionNames).toContain(name);
});

it('every option shown is one there is', () => {
  const known = secretCommand().commands.flatMap((one) => one.options.map(({ long }) => long));
  for (const [option] of page.text.matchAll(/--(?!verbose|since|format|filter)[a-z]+/g))
    expect(known).toContain(option);
});
