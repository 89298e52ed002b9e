// A tenant's file is all an operator writes: each mistake in it is told with its place and in plain words.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadTenant, tenantNames } from '../../infra/tenant.ts';

const folder = mkdtempSync(join(tmpdir(), 'muster-tenants-'));
afterAll(() => rmSync(folder, { recursive: true }));

const good = `region: eu-west-1
mail:
  from: Acme <leads@acme.example>
web:
  allowedOrigins: [https://www.acme.example]
  writeKeys: [acme-web-1]
`;
const written = (text: string) => {
  writeFileSync(join(folder, 'acme.yaml'), text);
  return () => loadTenant('acme', folder);
};
const place = (line: number, column: number) => `${join(folder, 'acme.yaml')}:${line}:${column}`;

test('the demo tenant’s file is in order, and playbooks are no tenants', () => {
  expect(tenantNames()).toContain('demo');
  expect(tenantNames().filter((name) => name.includes('playbook'))).toEqual([]);
  expect(loadTenant('demo')).toMatchObject({ name: 'demo', keepData: false });
});

test('a real tenant’s data is kept unless its file says otherwise', () => {
  expect(written(good)()).toMatchObject({
    name: 'acme',
    keepData: true,
    hits: { windowSeconds: 5 },
    logs: { keepDays: 30 },
    retention: { anonymousDays: 395, trailMonths: 25, noticeDays: 395, quarantineDays: 90 },
  });
});

test('a tenant without a file is told with those that have one', () => {
  written(good);
  expect(() => loadTenant('amce', folder)).toThrow(/There is no tenant "amce".*Tenants with a file: acme\./);
});

test('a name that AWS would refuse is refused first', () => {
  expect(() => loadTenant('../etc', folder)).toThrow('"../etc" cannot be a tenant\'s name');
  expect(() => loadTenant('acme-edge', folder)).toThrow('must not end in "-edge"');
  // Part of the address at which people sign in.
  expect(() => loadTenant('lawson-laws', folder)).toThrow('must not have "aws"');
});

test.each([
  [
    'a wrong value',
    good.replace('eu-west-1', 'Ireland'),
    place(1, 9),
    'region: must be an AWS region such as eu-central-1',
  ],
  [
    'a missing setting',
    good.replace('  from: Acme <leads@acme.example>\n', '  createIdentity: true\n'),
    place(2, 1),
    'mail.from: is missing',
  ],
  ['a setting that is none', `${good}keepdata: true\n`, place(7, 1), 'keepdata: is not a setting'],
  [
    'an entry of a list',
    good.replace('www.acme.example]', 'www.acme.example, acme.example/x]'),
    place(5, 46),
    'web.allowedOrigins.1:',
  ],
  [
    'a line break in a sender',
    good.replace('Acme <leads', '"A\\r\\nBcc: x <leads').replace('example>', 'example>"'),
    place(3, 9),
    'mail.from: must be a mail address',
  ],
  [
    'trails that go before their visitors',
    `${good}retention: { trailMonths: 12 }\n`,
    place(7, 27),
    'retention.trailMonths: must be at least 13: visitors nobody knows are kept for 395 days (anonymousDays)',
  ],
  [
    'visitors that are kept longer than trails',
    `${good}retention: { anonymousDays: 800 }\n`,
    place(7, 1),
    'retention.trailMonths: must be at least 27: visitors nobody knows are kept for 800 days (anonymousDays)',
  ],
  [
    'a number that is none of those there are',
    `${good}logs: { keepDays: 31 }\n`,
    place(7, 19),
    'logs.keepDays: 31 is not possible here; there are: 1, 3, 7, 14, 30, 60, 90, 180, 365',
  ],
  [
    'two documents',
    `${good}---\n${good}`,
    place(7, 1),
    'Source contains multiple documents; take out the line of `---`',
  ],
  ['broken YAML', good.replace('[acme-web-1]', '[acme-web-1'), place(7, 1), ''],
])('%s is told with file, line, column and field', (_what, text, where, said) => {
  expect(written(text)).toThrow(said ? `${where} ${said}` : where);
});

test('every mistake is told at once', () => {
  const mistakes = written(good.replace('eu-west-1', 'x').replace('acme-web-1', 'short'));
  expect(mistakes).toThrow(/region: .*\n.*web\.writeKeys\.0: must be 8 to 64/);
});

test('credentials go nowhere in clear, but on this very machine', () => {
  const withApi = (url: string) => `${good}crm:\n  pipedrive: { kind: pipedrive, companyId: 7, apiUrl: "${url}" }\n`;
  for (const url of [
    'https://api.pipedrive.example',
    'http://127.0.0.1:8080',
    'http://localhost/',
    'http://[::1]:1/x',
  ]) {
    expect(written(withApi(url))().crm).toMatchObject({ pipedrive: { apiUrl: url } });
  }
  for (const url of [
    'http://api.pipedrive.example',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
  ]) {
    expect(written(withApi(url))).toThrow('must begin with https://');
  }
});
