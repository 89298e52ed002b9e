// What every Table's reads must answer: the very values, in the same order, and nothing that has expired.
import { describe, expect, it } from 'vitest';
import type { Item, Table } from '../../lib/ports.ts';
import { partition, thing } from './table-contract.ts';

export function tableReadContract(table: () => Table): void {
  const putAll = (items: readonly Item[]) =>
    Promise.all(items.map((put) => table().write({ put, condition: { if: 'always' } })));
  const names = (items: readonly Item[]) => items.map((item) => item.sk);

  describe('reading', () => {
    it('gives back every value as it was written', async () => {
      const pk = partition();
      const item = thing(pk, 'values', 1, {
        integers: [0, 1, -1, 42, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
        floats: [0.1, -2.5, 1e-7, 123456.789],
        texts: ['', ' ', 'naïve café', '日本語', '👩‍🚀', 'a"b\\c\nd', "'; DROP TABLE items; --"],
        yes: true,
        no: false,
        nothing: null,
        nested: { list: [{ deep: null, empty: {}, none: [] }], 'odd key.with#signs': 1 },
      });
      await putAll([item]);
      expect(await table().get({ pk, sk: 'values' })).toEqual(item);
    });

    it('leaves out what is undefined', async () => {
      const pk = partition();
      await putAll([thing(pk, 'a', 1, { gone: undefined, ttl: undefined, nested: { gone: undefined, kept: 1 } })]);
      const found = await table().get({ pk, sk: 'a' });
      expect(found).toStrictEqual(thing(pk, 'a', 1, { nested: { kept: 1 } }));
      expect(Object.keys(found ?? {})).not.toContain('gone');
    });

    it('keeps what was written, whatever its owner does to it afterwards', async () => {
      const pk = partition();
      const item = thing(pk, 'a', 1, { tags: ['x'] });
      const written = putAll([item]);
      (item.tags as string[]).push('y');
      await written;
      const found = await table().get({ pk, sk: 'a' });
      (found?.tags as string[]).push('z');
      expect((await table().get({ pk, sk: 'a' }))?.tags).toEqual(['x']);
    });

    it('takes an item of 300 KB and refuses one of 500, which is no conflict', async () => {
      const pk = partition();
      await putAll([thing(pk, 'big', 1, { text: 'x'.repeat(300_000) })]);
      expect((await table().get({ pk, sk: 'big' }))?.text).toHaveLength(300_000);
      const refused = putAll([thing(pk, 'bigger', 1, { text: 'x'.repeat(500_000) })]);
      await expect(refused).rejects.not.toMatchObject({ code: 'conflict' });
      expect(await table().get({ pk, sk: 'bigger' })).toBeUndefined();
    });

    it('gets many at once, without the missing and the double', async () => {
      const pk = partition();
      const items = Array.from({ length: 99 }, (_, n) => thing(pk, `n${n}`, 1, { text: 'x'.repeat(1_000) }));
      await putAll(items);
      const keys = [...items, { pk, sk: 'missing' }].map(({ sk }) => ({ pk, sk }));
      const found = await table().getMany(keys);
      expect(new Set(names(found))).toEqual(new Set(names(items)));
      expect(await table().getMany([...keys.slice(0, 2), ...keys.slice(0, 1)])).toHaveLength(2);
      expect(await table().getMany([])).toEqual([]);
      await expect(table().getMany([...keys, { pk, sk: 'one more' }])).rejects.toMatchObject({ code: 'refused' });
    });

    it('queries a partition in the order of the sort keys’ UTF-8 bytes', async () => {
      const pk = partition();
      // UTF-16 would put U+FF5E after U+1F600, whose first unit is 0xD83D.
      const sorted = ['!', 'A', 'B', 'a', 'a#', 'a#1', 'a#10', 'a#2', 'b', 'ä', '日', '\uff5e', '\u{1f600}'];
      await putAll(sorted.toReversed().map((sk) => thing(pk, sk, 1)));
      expect(names(await table().query(pk))).toEqual(sorted);
      expect(names(await table().query(pk, 'a'))).toEqual(['a', 'a#', 'a#1', 'a#10', 'a#2']);
      expect(names(await table().query(pk, 'a#1'))).toEqual(['a#1', 'a#10']);
      expect(names(await table().query(pk, 'ä'))).toEqual(['ä']);
      expect(await table().query(pk, 'nothing')).toEqual([]);
      expect(await table().query(partition())).toEqual([]);
    });

    it('queries the first so many of a partition, or of what begins so', async () => {
      const pk = partition();
      const expired = Math.floor(Date.now() / 1000) - 60;
      await putAll(['b#3', 'b#1', 'a', 'c', 'b#2'].map((sk) => thing(pk, sk, 1)));
      await putAll(['A', 'b#0'].map((sk) => thing(pk, sk, 1, { ttl: expired })));
      expect(names(await table().query(pk, '', 2))).toEqual(['a', 'b#1']);
      expect(names(await table().query(pk, 'b#', 1))).toEqual(['b#1']);
      expect(names(await table().query(pk, 'b#', 3))).toEqual(['b#1', 'b#2', 'b#3']);
      expect(names(await table().query(pk, 'b#', 9))).toEqual(['b#1', 'b#2', 'b#3']);
      expect(names(await table().query(pk, undefined, 9))).toEqual(['a', 'b#1', 'b#2', 'b#3', 'c']);
      expect(await table().query(pk, 'nothing', 1)).toEqual([]);
    });

    it('queries as many as are asked for where they fill more than a page of the service', async () => {
      const pk = partition();
      const items = Array.from({ length: 15 }, (_, n) =>
        thing(pk, `n${String(n).padStart(2, '0')}`, 1, { text: 'x'.repeat(100_000) }),
      );
      await putAll(items);
      expect(names(await table().query(pk, 'n', 12))).toEqual(names(items.slice(0, 12)));
    });

    it('queries more than one page of the service holds', async () => {
      const pk = partition();
      const items = Array.from({ length: 30 }, (_, n) =>
        thing(pk, `n${String(n).padStart(2, '0')}`, 1, { text: 'x'.repeat(100_000) }),
      );
      await putAll(items);
      expect(names(await table().query(pk))).toEqual(names(items));
    });

    it('never answers an expired item, deleted yet or not', async () => {
      const pk = partition();
      const now = Math.floor(Date.now() / 1000);
      const list = (sk: string) => ({ listPk: pk, listSk: sk });
      await putAll([
        thing(pk, 'expired', 1, { ttl: now - 60, ...list('1') }),
        thing(pk, 'live', 1, { ttl: now + 600, ...list('2') }),
        thing(pk, 'lasting', 1, list('3')),
      ]);
      expect(await table().get({ pk, sk: 'expired' })).toBeUndefined();
      expect(
        names(
          await table().getMany([
            { pk, sk: 'expired' },
            { pk, sk: 'live' },
          ]),
        ),
      ).toEqual(['live']);
      expect(names(await table().query(pk))).toEqual(['lasting', 'live']);
      expect(names(await table().list(pk))).toEqual(['live', 'lasting']);
      expect(names(await table().list(pk, { limit: 1 }))).toEqual(['live']);
    });
  });

  describe('a list', () => {
    it('holds the items that name it, in the order of their list keys', async () => {
      const list = partition();
      const item = (n: number, listSk: string) => thing(`${list}/${n}`, 'a', 1, { listPk: list, listSk });
      await putAll([item(3, 'c'), item(1, 'a'), item(4, 'é'), item(2, 'b'), thing(`${list}/5`, 'a', 1)]);
      const keys = async (options: Parameters<Table['list']>[1]) =>
        (await table().list(list, options)).map(({ listSk }) => listSk);
      expect(await keys({})).toEqual(['a', 'b', 'c', 'é']);
      expect(await keys({ newestFirst: true })).toEqual(['é', 'c', 'b', 'a']);
      expect(await keys({ upTo: 'b' })).toEqual(['a', 'b']);
      expect(await keys({ upTo: 'b', newestFirst: true, limit: 1 })).toEqual(['b']);
      expect(await keys({ limit: 2 })).toEqual(['a', 'b']);
      expect(await keys({ limit: 9 })).toEqual(['a', 'b', 'c', 'é']);
      expect(await keys({ after: 'b' })).toEqual(['c', 'é']);
      expect(await keys({ after: 'bb', newestFirst: true })).toEqual(['é', 'c']);
      expect(await keys({ after: 'a', upTo: 'c' })).toEqual(['b', 'c']);
      expect(await keys({ after: 'a', upTo: 'é', limit: 2 })).toEqual(['b', 'c']);
      expect(await keys({ after: 'aa', upTo: 'b' })).toEqual(['b']);
      expect(await keys({ after: 'c', upTo: 'c' })).toEqual([]);
      expect(await keys({ after: 'c', upTo: 'a' })).toEqual([]);
      expect(await keys({ after: 'é' })).toEqual([]);
      expect(await table().list(partition())).toEqual([]);
    });

    it('is counted, as far as asked for, without what has expired', async () => {
      const list = partition();
      const now = Math.floor(Date.now() / 1000);
      const item = (n: number, more = {}) =>
        thing(`${list}/${n}`, 'a', 1, { listPk: list, listSk: String(n).padStart(2, '0'), ...more });
      await putAll([item(0, { ttl: now - 60 }), ...Array.from({ length: 12 }, (_, n) => item(n + 1))]);
      expect(await table().count(list, 100)).toBe(12);
      expect(await table().count(list, 5)).toBe(5);
      expect(await table().count(partition(), 5)).toBe(0);
    });

    it('is read page by page, each beginning after the one before', async () => {
      const list = partition();
      await putAll(
        Array.from({ length: 25 }, (_, n) =>
          thing(`${list}/${n}`, 'a', 1, {
            listPk: list,
            listSk: `2026-11-20T09:00:00.000Z#${String(n).padStart(3, '0')}`,
          }),
        ),
      );
      const seen: unknown[] = [];
      for (let after: string | undefined; ; ) {
        const page = await table().list(list, { after, upTo: '2026-11-20T09:00:00.000Z#~', limit: 10 });
        if (page.length === 0) break;
        seen.push(...page.map(({ pk }) => pk));
        after = page.at(-1)?.listSk;
      }
      expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => `${list}/${n}`));
    });

    it('is left by an item that moves, stops naming it or goes', async () => {
      const [list, other] = [partition(), partition()];
      const item = (n: number, listPk?: string) => thing(`${list}/${n}`, 'a', 1, listPk ? { listPk, listSk: 'x' } : {});
      await putAll([item(1, list), item(2, list), item(3, list)]);
      await putAll([item(1, other), item(2)]);
      await table().write({ remove: { pk: `${list}/3`, sk: 'a' }, condition: { if: 'always' } });
      expect(await table().list(list)).toEqual([]);
      expect(await table().list(other)).toHaveLength(1);
    });
  });
}
