// Which client a connection has, and when it is made anew.
import { expect, it } from 'vitest';
import { createCrms } from '../../../lib/adapters/crm/crms.ts';
import { connections } from '../../../lib/domain/connection.ts';
import { crmMapping } from '../../../lib/domain/playbook/crm.ts';
import { noMapping } from '../../../lib/domain/playbook/crm-mapping.ts';

const all = connections.parse({
  crm: { kind: 'signed' },
  hs: { kind: 'hubspot', portalId: 1 },
  pd: { kind: 'pipedrive', companyId: 1 },
  sf: { kind: 'salesforce', organisationId: '00D000000000062EAA', apiUrl: 'https://acme.my.salesforce.com' },
});
const given: Record<string, Record<string, string> | undefined> = {
  hs: { accessToken: 'sesame' },
  pd: { apiToken: 'sesame' },
  sf: { clientId: 'id', clientSecret: 'sesame' },
};
const open = (credentials = given) =>
  createCrms({ connections: all, secrets: { crmCredentials: async (source) => credentials[source] } });

it('is the one of its kind; only Salesforce has leads to convert', async () => {
  const crmOf = open();
  const crms = await Promise.all(['hs', 'pd', 'sf'].map((source) => crmOf(source, noMapping)));

  expect(crms.map((crm) => crm?.convert !== undefined)).toEqual([false, false, true]);
});

it('is none of a connection without credentials, or that there is not', async () => {
  const crmOf = open({});

  expect(await crmOf('hs', noMapping)).toBeUndefined();
  expect(await open()('other', noMapping)).toBeUndefined();
  expect(await open()('constructor', noMapping)).toBeUndefined();
});

it('stays while credentials and mapping do, and is made anew with either', async () => {
  const credentials = { ...given };
  const crmOf = open(credentials);
  const first = await crmOf('hs', noMapping);
  expect(await crmOf('hs', noMapping)).toBe(first);
  const other = crmMapping.parse({});
  const second = await crmOf('hs', other);
  expect(second).not.toBe(first);
  credentials.hs = { accessToken: 'another' };

  expect(await crmOf('hs', other)).not.toBe(second);
});

it.each([
  ['hs', 'accessToken'],
  ['pd', 'apiToken'],
  ['sf', 'clientId, clientSecret'],
])('says what the credentials of %s lack, and repeats none', async (source, names) => {
  const crmOf = open({ [source]: { token: 'sesame' } });

  await expect(crmOf(source, noMapping)).rejects.toThrow(`the credentials of ${source} lack ${names}`);
});
