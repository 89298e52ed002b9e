// The restore drill of the embedded edition: a backup taken while everything runs, the data destroyed, the copy put in its place.
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openMuster } from '../../cli/embedded.ts';
import { createVirtualClock } from '../../lib/adapters/embedded/clock.ts';
import { savePlaybook } from '../../lib/steps/playbooks.ts';
import { readOperation } from '../../lib/steps/read-operation.ts';
import { allOf } from '../../lib/table/items.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { demoRequest, pageView } from '../simulation/lines.ts';
import { silent } from '../simulation/world.ts';

const at = '2026-11-23T08:00:00.000Z';

it('has everything that was there when it was taken, what waited in the queues included, and nothing since', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-backup-'));
  const path = join(folder, 'muster.db');
  const open = () => openMuster({ path, clock: createVirtualClock(Date.parse(at)), log: silent, sweepEveryMs: 1e12 });
  const send = ({ embedded }: ReturnType<typeof open>, name: 'prompt' | 'operate', body: object) =>
    embedded.queues.queue(name).send([JSON.stringify(body)]);
  const everybody = async ({ embedded }: ReturnType<typeof open>) =>
    allOf('lead', (await embedded.table.scan(undefined, 1_000)).items).flatMap(({ email }) => email ?? []);
  try {
    let muster = open();
    await savePlaybook(muster.embedded, 'test', testPlaybook());
    await send(muster, 'prompt', [demoRequest('f1', at, 'bea@acme.example'), pageView('p1', at, 'anon:1')]);
    await muster.runtime.settle();
    const asked = { asked: { operation: 'backup' }, by: 'ops@seller.example', why: 'Drill.' };
    // Waits in its queue while the backup is taken: it is in it, and is worked off when the copy is started.
    await muster.embedded.queues.queue('prompt').send([JSON.stringify([demoRequest('f2', at, 'cyd@acme.example')])]);
    const copying = muster.embedded.backups!.create('by-hand');
    await copying;
    await send(muster, 'operate', { type: 'operation-requested.v1', operationId: 'op_1', at, ...asked });
    await muster.runtime.settle();
    const { state, report } = (await readOperation(muster.embedded.table, 'op_1'))!;
    expect({ state, counts: report?.counts }).toEqual({ state: 'done', counts: { backups: 1 } });
    expect(statSync(report!.notes![0]!).mode & 0o777).toBe(0o600);
    await send(muster, 'prompt', [demoRequest('f3', at, 'dan@acme.example')]);
    await muster.runtime.settle();
    expect((await everybody(muster)).sort()).toEqual(['bea@acme.example', 'cyd@acme.example', 'dan@acme.example']);
    await muster.embedded.close();

    for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
    copyFileSync(join(folder, 'backups', 'by-hand.db'), path);
    muster = open();
    expect(await everybody(muster)).toEqual(['bea@acme.example']);
    await muster.runtime.settle();
    expect((await everybody(muster)).sort()).toEqual(['bea@acme.example', 'cyd@acme.example']);
    await muster.embedded.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
