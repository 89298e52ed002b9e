// What all StoredSecrets must do: keep of one secret what they were given, and leave the others alone.
import { describe, expect, it } from 'vitest';
import type { LiveSecret, StoredSecrets } from '../../lib/ports.ts';

const rotatedAt = '2026-11-23T00:10:00.000Z';

/** `open` holds a value of each of the two. */
export function storedSecretsContract(
  name: string,
  names: { one: string; other: string },
  open: () => Promise<StoredSecrets>,
): void {
  describe(`StoredSecrets: ${name}`, () => {
    it('begin with one value each, of which nobody wrote down since when', async () => {
      const stored = await open();
      for (const one of [names.one, names.other]) {
        const { values, rotatedAt } = await stored.read(one);
        expect([values.length, rotatedAt]).toEqual([1, undefined]);
      }
    });

    it('keep several, newest first, with since when, and then the one alone', async () => {
      const stored = await open();
      const other = await stored.read(names.other);
      const states: LiveSecret[] = [
        { values: ['newest', 'older', 'oldest'], rotatedAt },
        { values: ['newest', 'older'] },
        { values: ['newest'] },
      ];
      for (const state of states) {
        await stored.write(names.one, state);
        expect({ rotatedAt: undefined, ...(await stored.read(names.one)) }).toEqual({ rotatedAt: undefined, ...state });
      }
      expect(await stored.read(names.other)).toEqual(other);
    });

    it('keep since when of each', async () => {
      const stored = await open();
      await stored.write(names.one, { values: ['a', 'b'], rotatedAt });
      await stored.write(names.other, { values: ['c', 'd'], rotatedAt: '2026-11-24T00:10:00.000Z' });
      await stored.write(names.one, { values: ['a'] });
      expect((await stored.read(names.one)).rotatedAt).toBeUndefined();
      expect((await stored.read(names.other)).rotatedAt).toBe('2026-11-24T00:10:00.000Z');
    });
  });
}
