// What Scan must do: everything is in one of its pages, each once.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NoSuchPageError, type Scan } from '../../lib/mending.ts';
import type { Table } from '../../lib/ports.ts';

export interface OpenScan {
  table: Table & Scan;
  close(): Promise<void>;
}

export function scanContract(name: string, open: () => Promise<OpenScan>): void {
  describe(`Scan: ${name}`, () => {
    let opened: OpenScan;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened?.close());

    const everything = async (limit: number): Promise<string[]> => {
      const keys: string[] = [];
      let cursor: string | undefined;
      for (let pages = 0; pages < 100; pages += 1) {
        const { items, next } = await opened.table.scan(cursor, limit);
        expect(items.length).toBeLessThanOrEqual(limit);
        keys.push(...items.map(({ pk, sk }) => `${pk} ${sk}`));
        cursor = next;
        if (next === undefined) return keys.sort();
      }
      throw new Error('it does not end');
    };

    it.each([1, 3, 7, 100])('finds all of them by pages of %i, and none that expired', async (limit) => {
      const keys = Array.from({ length: 7 }, (_, n) => ({ pk: `P#${n % 3}`, sk: `S#${n}` }));
      for (const key of keys)
        await opened.table.write({ put: { ...key, type: 'thing', version: 1 }, condition: { if: 'always' } });
      const gone = { pk: 'P#0', sk: 'GONE', type: 'thing', version: 1, ttl: 1 };
      await opened.table.write({ put: gone, condition: { if: 'always' } });

      expect(await everything(limit)).toEqual(keys.map(({ pk, sk }) => `${pk} ${sk}`).sort());
    });

    it('goes through a partition by pages, in order and without what expired', async () => {
      const pk = `P#${randomUUID()}`;
      const put = (sk: string, ttl?: number) =>
        opened.table.write({
          put: { pk, sk, type: 'thing', version: 1, ...(ttl && { ttl }) },
          condition: { if: 'always' },
        });
      for (const sk of ['e', 'a', 'c', 'd']) await put(sk);
      await put('b', 1);
      const pageAfter = async (sk: string, limit: number) =>
        (await opened.table.page(pk, sk, limit)).map((item) => item.sk);

      expect(await pageAfter('', 2)).toEqual(['a', 'c']);
      expect(await pageAfter('c', 2)).toEqual(['d', 'e']);
      expect(await pageAfter('b', 1)).toEqual(['c']);
      expect(await pageAfter('cc', 9)).toEqual(['d', 'e']);
      expect(await pageAfter('e', 2)).toEqual([]);
    });

    it.each([
      '',
      'nowhere',
      '-1',
      '{}',
      '{"pk":"P#0"}',
      '{"pk":"","sk":""}',
      '[1]',
      '1e9',
      '𛃥𐲋⓴',
    ])('refuses %j, which no page answered', async (cursor) => {
      await expect(opened.table.scan(cursor, 3)).rejects.toThrow(NoSuchPageError);
    });
  });
}
