// A journal places unknown visitors by their network's owner as the running system does.
import { expect, it } from 'vitest';
import type { TouchCaptured } from '../../../events/touch-captured.v1.ts';
import { accountIdOfDomain } from '../../../lib/domain/ids.ts';
import { hear, nothingHeard } from '../../../lib/domain/journal/heard.ts';
import { accountsIn } from '../../../lib/domain/journal/journal-accounts.ts';
import { pageView } from '../../simulation/lines.ts';
import { testPlaybook } from '../playbooks.ts';

const playbook = {
  ...testPlaybook(),
  networks: { initech: { domain: 'initech.example', ranges: [], owners: ['Initech'] } },
};
const owners = {
  ownerOf: (address: string) => (address.startsWith('192.0.3.') ? { asn: 64_500, name: 'Initech, Inc.' } : undefined),
};
const visit = (id: string, ip: string): TouchCaptured => ({
  ...pageView(id, '2026-11-20T09:00:00.000Z', `anon:${id}`, '/pricing'),
  ip,
});

it('a visitor counts for the company that owns the address, and for none without a database', () => {
  const heard = nothingHeard<TouchCaptured>();
  for (const line of [visit('a', '192.0.3.1'), visit('b', '192.0.4.1')]) hear(heard, line, line);
  const read = (touches: readonly TouchCaptured[]) => [...touches];
  const [account, ...others] = accountsIn(heard, playbook, read, undefined, owners);
  expect(others).toEqual([]);
  expect(account?.accountId).toBe(accountIdOfDomain('initech.example'));
  expect(account?.members).toHaveLength(1);
  expect([...accountsIn(heard, playbook, read)]).toEqual([]);
});
