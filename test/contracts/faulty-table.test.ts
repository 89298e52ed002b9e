// The fault wrapper itself: each fault happens, as often as asked, and the same ones for the same seed.
import { expect, it } from 'vitest';
import { openEmbedded } from '../../lib/adapters/embedded/open.ts';
import { type Faults, faultyTable } from './faulty-table.ts';

async function outcomes(faults: Faults) {
  const { table, close } = openEmbedded({ path: ':memory:' });
  const faulty = faultyTable(table, faults);
  const codes: string[] = [];
  for (let n = 0; n < 200; n += 1) {
    const write = faulty.write({ put: { pk: `${n}`, sk: 'a', type: 't', version: 1 }, condition: { if: 'absent' } });
    codes.push(await write.then(() => 'ok').catch((error) => error.code));
  }
  const stored = await Promise.all(codes.map(async (_, n) => (await table.get({ pk: `${n}`, sk: 'a' })) !== undefined));
  await close();
  return { codes, stored, happened: faulty.happened };
}

it('fails as told: before the write, or after it with its answer lost', async () => {
  const { codes, stored, happened } = await outcomes({ seed: 7, conflicts: 0.2, throttling: 0.2, lostAnswers: 0.2 });
  for (const [n, code] of codes.entries()) expect(stored[n]).toBe(code === 'ok' || code === 'answer lost');
  const count = (wanted: string) => codes.filter((code) => code === wanted).length;
  expect(happened).toEqual({
    conflicts: count('conflict'),
    throttling: count('throttled'),
    lostAnswers: count('answer lost'),
  });
  for (const times of Object.values(happened)) expect(times).toBeGreaterThan(10);
});

it('fails the same calls for the same seed, and others for another', async () => {
  const faults = { conflicts: 0.3, throttling: 0.3 };
  const [one, same, other] = await Promise.all([1, 1, 2].map((seed) => outcomes({ seed, ...faults })));
  expect(same?.codes).toEqual(one?.codes);
  expect(other?.codes).not.toEqual(one?.codes);
});
