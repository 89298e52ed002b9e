// What every Table's transactions must do: all of it or nothing.
import { describe, expect, it } from 'vitest';
import { ConflictError, type Table, type Write } from '../../lib/ports.ts';
import { partition, thing } from './table-contract.ts';

export function tableTransactionContract(table: () => Table): void {
  describe('a transaction', () => {
    it('writes, removes and checks together', async () => {
      const pk = partition();
      await table().write({ put: thing(pk, 'kept', 3), condition: { if: 'always' } });
      await table().write({ put: thing(pk, 'old', 1), condition: { if: 'always' } });
      await table().transact([
        { put: thing(pk, 'new', 1), condition: { if: 'absent' } },
        { put: thing(pk, 'snapshot', 1, { of: 4 }), condition: { if: 'newer', attribute: 'of' } },
        { remove: { pk, sk: 'old' }, condition: { if: 'version', is: 1 } },
        { check: { pk, sk: 'kept' }, condition: { if: 'version', is: 3 } },
        { check: { pk, sk: 'nowhere' }, condition: { if: 'absent' } },
        { check: { pk, sk: 'whatever' }, condition: { if: 'always' } },
      ]);
      expect((await table().query(pk)).map((item) => item.sk)).toEqual(['kept', 'new', 'snapshot']);
    });

    const failing: [string, (pk: string) => Write][] = [
      ['absent', (pk) => ({ put: thing(pk, 'there', 1), condition: { if: 'absent' } })],
      ['version', (pk) => ({ put: thing(pk, 'there', 2), condition: { if: 'version', is: 1 } })],
      ['newer', (pk) => ({ put: thing(pk, 'there', 2, { at: 5 }), condition: { if: 'newer', attribute: 'at' } })],
      ['remove', (pk) => ({ remove: { pk, sk: 'there' }, condition: { if: 'version', is: 1 } })],
      ['check of a version', (pk) => ({ check: { pk, sk: 'there' }, condition: { if: 'version', is: 1 } })],
      ['check of absence', (pk) => ({ check: { pk, sk: 'there' }, condition: { if: 'absent' } })],
    ];
    it.each(failing)('changes nothing when one condition does not hold: %s', async (_, write) => {
      const pk = partition();
      const there = thing(pk, 'there', 4, { at: 5 });
      await table().write({ put: there, condition: { if: 'absent' } });
      // The one that fails stands first, in the middle and last.
      for (const place of [0, 1, 2]) {
        const writes: Write[] = ['x', 'y'].map((sk) => ({ put: thing(pk, sk, 1), condition: { if: 'absent' } }));
        writes.splice(place, 0, write(pk));
        await expect(table().transact(writes)).rejects.toBeInstanceOf(ConflictError);
      }
      expect(await table().query(pk)).toEqual([there]);
    });

    it('of nothing succeeds, of one is a write, of one check is a check', async () => {
      const pk = partition();
      await table().transact([]);
      await table().transact([{ put: thing(pk, 'a', 1), condition: { if: 'absent' } }]);
      await table().transact([{ check: { pk, sk: 'a' }, condition: { if: 'version', is: 1 } }]);
      const again = table().transact([{ put: thing(pk, 'a', 1), condition: { if: 'absent' } }]);
      await expect(again).rejects.toBeInstanceOf(ConflictError);
      const check = table().transact([{ check: { pk, sk: 'a' }, condition: { if: 'absent' } }]);
      await expect(check).rejects.toBeInstanceOf(ConflictError);
    });

    it('takes 100 writes, refuses 101 and refuses one key twice', async () => {
      const pk = partition();
      const writes = Array.from({ length: 101 }, (_, n): Write => {
        return { put: thing(pk, String(n).padStart(3, '0'), 1), condition: { if: 'absent' } };
      });
      await expect(table().transact(writes)).rejects.toMatchObject({ code: 'refused', retryable: false });
      await table().transact(writes.slice(1));
      expect(await table().query(pk)).toHaveLength(100);
      const twice: Write[] = [1, 2].map((version) => ({ put: thing(pk, 'x', version), condition: { if: 'always' } }));
      await expect(table().transact(twice)).rejects.toMatchObject({ code: 'refused' });
    });

    it('of many at once on the same two items keeps them in step', async () => {
      const pk = partition();
      const step = async (): Promise<void> => {
        const [a, b] = await Promise.all([table().get({ pk, sk: 'a' }), table().get({ pk, sk: 'b' })]);
        const put = (sk: string, version: number): Write => ({
          put: thing(pk, sk, version + 1),
          condition: version === 0 ? { if: 'absent' } : { if: 'version', is: version },
        });
        try {
          await table().transact([put('a', a?.version ?? 0), put('b', b?.version ?? 0)]);
        } catch (error) {
          if (!(error instanceof ConflictError)) throw error;
          await step();
        }
      };
      await Promise.all(Array.from({ length: 10 }, step));
      expect((await table().query(pk)).map((item) => item.version)).toEqual([10, 10]);
    });
  });
}
