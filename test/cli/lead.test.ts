// `muster lead` against a running Muster, and the links of its mails: what a seller says reaches the lead.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { leadCommand } from '../../cli/lead.ts';
import { type Started, start } from '../../cli/start.ts';
import { actionLink } from '../../lib/domain/action-links.ts';
import { leadIdOfEmail } from '../../lib/domain/ids.ts';
import { allOf } from '../../lib/table/items.ts';
import { leadKey } from '../../lib/table/keys.ts';
import { linesOf } from '../../lib/table/trail.ts';
import { demoRequest } from '../simulation/lines.ts';
import { silent } from '../simulation/world.ts';

const bea = 'bea@acme.example';
const data = mkdtempSync(join(tmpdir(), 'muster-lead-'));
let muster: Started;
beforeAll(async () => {
  muster = await start({ data, port: 0, log: silent });
  const request = demoRequest('f1', new Date().toISOString(), bea);
  await muster.muster.embedded.queues.queue('prompt').send([JSON.stringify([request])]);
  await vi.waitFor(async () =>
    expect(await muster.muster.embedded.table.get(leadKey(leadIdOfEmail(bea)))).toBeDefined(),
  );
});
afterAll(async () => {
  await muster.stop();
  rmSync(data, { recursive: true });
});

const by = ['--by', 'ada@seller.example'];
/** The id that is printed; throws what the command ends with. */
const lead = async (...args: string[]): Promise<unknown> => {
  const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    const command = leadCommand();
    for (const one of command.commands) one.exitOverride().configureOutput({ writeErr: () => undefined });
    const where = ['--url', muster.apiUrl, '--token', muster.decisionToken];
    await command.parseAsync([...args, ...by, ...where], { from: 'user' });
    return (JSON.parse(String(printed.mock.calls[0]?.[0])) as { id: unknown }).id;
  } finally {
    printed.mockRestore();
  }
};
const actions = async () => {
  const { pk } = leadKey(leadIdOfEmail(bea));
  return allOf('trail', await muster.muster.embedded.table.query(pk, 'TRAIL#'))
    .flatMap(linesOf)
    .filter((line) => line.type === 'action-captured.v1');
};

it.each([
  [['follow-up', '--how', 'call'], { does: 'follow-up', how: 'call' }],
  [['good'], { does: 'good' }],
  [['bad', '--reason', 'no-budget'], { does: 'bad', reason: 'no-budget', stage: 'nurture' }],
  [['hand-over'], { does: 'hand-over' }],
  [['reassign'], { does: 'reassign' }],
  [['pause', '--until', '2100-01-31T09:00+01:00'], { does: 'pause', until: '2100-01-31T08:00:00.000Z' }],
  [['resume'], { does: 'resume' }],
])('%j', async ([does = '', ...options], action) => {
  const id = await lead(does, bea, ...options, '--why', 'Said on the phone.');
  await vi.waitFor(async () => {
    const kept = (await actions()).find((one) => one.id === id);
    expect(kept).toMatchObject({ action, by: by[1], why: 'Said on the phone.' });
  }, 5_000);
});

it('says what is wrong before anything is sent, or what the other side refuses', async () => {
  await expect(lead('good', 'nobody')).rejects.toThrow('neither an e-mail address nor an id');
  await expect(lead('good', 'visitor_0123456789abcdef')).rejects.toThrow('the id of no lead');
  await expect(lead('good', 'eve@new.example')).rejects.toThrow('There is no such lead');
  await expect(lead('bad', bea)).rejects.toThrow("required option '--reason <reason>'");
  await expect(lead('bad', bea, '--reason', 'dull')).rejects.toThrow("action.reason is none of the playbook's: ");
  await expect(lead('reassign', bea, '--to', 'no@seller.example')).rejects.toThrow("none of the playbook's people");
  await expect(lead('follow-up', bea, '--how', 'pigeon')).rejects.toThrow('Allowed choices are call');
  await expect(lead('pause', bea, '--until', '2026-11-22T09:00')).rejects.toThrow('the zone is missing');
  await expect(lead('follow-up', bea, '--at', '2100-01-31T09:00Z')).rejects.toThrow('occurredAt lies ahead');
});

it('takes the same from the link of a mail, when its button is pressed', async () => {
  const [assignmentId, exp] = ['evt_1.1', Math.floor(Date.now() / 1_000) + 60];
  const about = { leadId: leadIdOfEmail(bea), assignmentId, does: 'follow-up', exp } as const;
  const link = actionLink(muster.apiUrl, muster.linkSecret, about);
  for (const method of ['GET', 'HEAD']) {
    const looked = await fetch(link, { method });
    expect([looked.status, looked.headers.get('referrer-policy')]).toEqual([200, 'no-referrer']);
  }
  expect((await actions()).some((one) => one.by === assignmentId)).toBe(false);
  const pressed = await fetch(link, { method: 'POST', body: new URLSearchParams({ why: 'Rang.' }) });
  expect([pressed.status, await pressed.text()]).toEqual([200, expect.stringContaining('Thank you')]);
  await vi.waitFor(async () => {
    expect((await actions()).find((one) => one.by === assignmentId)).toMatchObject({ why: 'Rang.' });
  }, 5_000);
});
