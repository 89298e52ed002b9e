// What every Table must do, whatever is under it. Each test has a partition of its own, so that one table serves all.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConflictError, type Item, type Table } from '../../lib/ports.ts';
import { tableReadContract } from './table-read-contract.ts';
import { tableTransactionContract } from './table-transaction-contract.ts';

export interface OpenTable {
  table: Table;
  close(): Promise<void>;
}

export const partition = () => `test#${randomUUID()}`;
export const thing = (pk: string, sk: string, version: number, more: Record<string, unknown> = {}): Item => ({
  pk,
  sk,
  type: 'thing',
  version,
  ...more,
});

export function tableContract(name: string, open: () => Promise<OpenTable>): void {
  describe(`Table: ${name}`, () => {
    let opened: OpenTable;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened?.close());
    const table = () => opened.table;

    describe('a write happens only when its condition holds', () => {
      it('absent: the first wins', async () => {
        const pk = partition();
        await table().write({ put: thing(pk, 'a', 1, { n: 1 }), condition: { if: 'absent' } });
        const again = table().write({ put: thing(pk, 'a', 1, { n: 2 }), condition: { if: 'absent' } });
        await expect(again).rejects.toBeInstanceOf(ConflictError);
        expect(await table().get({ pk, sk: 'a' })).toEqual(thing(pk, 'a', 1, { n: 1 }));
      });

      it('version: only over the version that was read', async () => {
        const pk = partition();
        const missing = table().write({ put: thing(pk, 'a', 2), condition: { if: 'version', is: 1 } });
        await expect(missing).rejects.toBeInstanceOf(ConflictError);
        await table().write({ put: thing(pk, 'a', 1), condition: { if: 'absent' } });
        await table().write({ put: thing(pk, 'a', 2), condition: { if: 'version', is: 1 } });
        const stale = table().write({ put: thing(pk, 'a', 2), condition: { if: 'version', is: 1 } });
        await expect(stale).rejects.toBeInstanceOf(ConflictError);
        expect((await table().get({ pk, sk: 'a' }))?.version).toBe(2);
      });

      it.each([
        ['numbers', 9, 10],
        ['texts', '2026-11-20T09:30:00.000Z', '2026-11-20T10:00:00.000Z'],
      ])('newer: %s, an equal or older one does not overwrite', async (_, older, newer) => {
        const pk = partition();
        const put = (at: string | number) =>
          table().write({ put: thing(pk, 'a', 1, { at }), condition: { if: 'newer', attribute: 'at' } });
        await put(older);
        await put(newer);
        await expect(put(newer)).rejects.toBeInstanceOf(ConflictError);
        await expect(put(older)).rejects.toBeInstanceOf(ConflictError);
        expect((await table().get({ pk, sk: 'a' }))?.at).toBe(newer);
      });

      it('always: overwrites whatever is there', async () => {
        const pk = partition();
        await table().write({ put: thing(pk, 'a', 1, { old: true }), condition: { if: 'always' } });
        await table().write({ put: thing(pk, 'a', 7), condition: { if: 'always' } });
        expect(await table().get({ pk, sk: 'a' })).toEqual(thing(pk, 'a', 7));
      });

      it('remove: only the stored version, and nothing is removed with success', async () => {
        const pk = partition();
        await table().write({ put: thing(pk, 'a', 2), condition: { if: 'absent' } });
        const stale = table().write({ remove: { pk, sk: 'a' }, condition: { if: 'version', is: 1 } });
        await expect(stale).rejects.toBeInstanceOf(ConflictError);
        await table().write({ remove: { pk, sk: 'a' }, condition: { if: 'version', is: 2 } });
        expect(await table().get({ pk, sk: 'a' })).toBeUndefined();
        await table().write({ remove: { pk, sk: 'a' }, condition: { if: 'version', is: 2 } });
        await table().write({ remove: { pk, sk: 'a' }, condition: { if: 'always' } });
      });

      it('an expired item is no obstacle: to writers, too, it is absent', async () => {
        const pk = partition();
        const ttl = Math.floor(Date.now() / 1000) - 60;
        for (const sk of ['a', 'b', 'c']) {
          await table().write({ put: thing(pk, sk, 5, { ttl, at: 9 }), condition: { if: 'absent' } });
        }
        await table().write({ put: thing(pk, 'a', 1), condition: { if: 'absent' } });
        await table().write({ put: thing(pk, 'b', 1, { at: 1 }), condition: { if: 'newer', attribute: 'at' } });
        await table().write({ remove: { pk, sk: 'c' }, condition: { if: 'version', is: 4 } });
        expect(await table().query(pk)).toEqual([thing(pk, 'a', 1), thing(pk, 'b', 1, { at: 1 })]);
      });
    });

    it('loses no update of 50 writers on one item', async () => {
      const pk = partition();
      await table().write({ put: thing(pk, 'a', 1, { count: 0 }), condition: { if: 'absent' } });
      let conflicts = 0;
      const increment = async (): Promise<void> => {
        const { version, count } = (await table().get({ pk, sk: 'a' })) as Item & { count: number };
        try {
          await table().write({
            put: thing(pk, 'a', version + 1, { count: count + 1 }),
            condition: { if: 'version', is: version },
          });
        } catch (error) {
          if (!(error instanceof ConflictError)) throw error;
          conflicts += 1;
          await increment();
        }
      };
      await Promise.all(Array.from({ length: 50 }, increment));
      expect(await table().get({ pk, sk: 'a' })).toEqual(thing(pk, 'a', 51, { count: 50 }));
      expect(conflicts).toBeGreaterThan(0);
    });

    tableTransactionContract(table);
    tableReadContract(table);
  });
}
