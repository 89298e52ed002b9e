// What somebody gives for their CRMs beside the state: used where it is in order, never quoted where it is not.
import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkWriteBack } from '../../cli/check-write-back.ts';
import { readCrmSecrets } from '../../cli/given-secrets.ts';
import { connections } from '../../lib/domain/connection.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { temporaryFolder } from './run.ts';

const { path } = temporaryFolder();
const give = (text: string) => writeFileSync(path('crm.json'), text);

it('are none where there is no file', () => {
  expect(readCrmSecrets(path(''))).toEqual({ webhooks: {}, api: {} });
});

it('are what deliveries are checked with and what opens the API, by connection', () => {
  give('{"webhooks":{"hubspot":"one","sf":["new","old"]},"api":{"hubspot":{"accessToken":"pat"}}}');

  expect(readCrmSecrets(path(''))).toEqual({
    webhooks: { hubspot: ['one'], sf: ['new', 'old'] },
    api: { hubspot: { accessToken: 'pat' } },
  });
});

it.each([
  ['sesame', /is not JSON/],
  ['{"api":{"hubspot":"sesame"}}', /api\.hubspot/],
  ['{"sesame":1}', /the file: /],
])('are refused without being quoted: %s', (text, message) => {
  give(text);
  const refused = () => readCrmSecrets(path(''));

  expect(refused).toThrow(message);
  if (!text.startsWith('{"sesame')) expect(refused).not.toThrow(/sesame/);
});

it('lets nothing start that would read what it writes, and says which it is', () => {
  const writeBack = { account: { status: 'muster_status' } };
  const all = connections.parse({ theirs: { kind: 'hubspot', portalId: 1, writeBack } });
  const playbook = testPlaybook({ crm: { theirs: { fields: { account: { stage: 'muster_status' } } } } });

  expect(() => checkWriteBack(all, testPlaybook())).not.toThrow();
  expect(() => checkWriteBack(all, playbook)).toThrow(
    'crm.theirs.writeBack.account.status writes to muster_status, which is also read of an account',
  );
});
