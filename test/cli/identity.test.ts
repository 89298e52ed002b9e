// `muster identity` against a running Muster.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { identityCommand } from '../../cli/identity.ts';
import { type Started, start } from '../../cli/start.ts';
import { leadIdOfEmail } from '../../lib/domain/ids.ts';
import { silent } from '../simulation/world.ts';

const [bea, dan] = ['bea@acme.example', 'dan@gmail.com'];
const data = mkdtempSync(join(tmpdir(), 'muster-identity-'));
let muster: Started;
beforeAll(async () => {
  muster = await start({ data, port: 0, log: silent });
});
afterAll(async () => {
  await muster.stop();
  rmSync(data, { recursive: true });
});

/** What it prints, as JSON. */
const identity = async (...args: string[]): Promise<unknown> => {
  const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    const token = args[0] === 'show' ? muster.readToken : muster.decisionToken;
    const where = ['--url', muster.apiUrl, '--token', token];
    await identityCommand().parseAsync([...args, ...where], { from: 'user' });
    return JSON.parse(String(printed.mock.calls[0]?.[0]));
  } finally {
    printed.mockRestore();
  }
};

it('merges two people, shows it by either, and takes it back', async () => {
  const said = ['--why', 'Said on the phone.', '--by', 'ops@seller.example'];
  await identity('merge', bea, dan, ...said);
  await vi.waitFor(async () => {
    expect(await identity('show', dan)).toMatchObject({
      leadId: leadIdOfEmail(bea),
      merges: [{ why: said[1], by: said[3] }],
    });
  }, 5_000);
  await identity('separate', dan, bea, ...said);
  await vi.waitFor(async () => {
    expect(await identity('show', leadIdOfEmail(dan))).toMatchObject({ leadId: leadIdOfEmail(dan) });
  }, 5_000);
});

it('prints the ids of addresses in their order, however they are spelt, without asking anybody', async () => {
  const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    await identityCommand().parseAsync(['id', dan, 'Bea@ACME.example'], { from: 'user' });
    expect(printed.mock.calls).toEqual([[leadIdOfEmail(dan)], [leadIdOfEmail(bea)]]);
  } finally {
    printed.mockRestore();
  }
  await expect(identityCommand().parseAsync(['id', dan, 'nobody'], { from: 'user' })).rejects.toThrow(
    'neither an e-mail',
  );
});

it('says what is wrong', async () => {
  await expect(identity('show', 'nobody')).rejects.toThrow('neither an e-mail address nor an id');
  await expect(identity('show', 'eve@mailinator.com')).rejects.toThrow('404');
  await expect(identity('merge', bea, bea, '--why', 'x', '--by', 'y')).rejects.toThrow('both are the same');
});
