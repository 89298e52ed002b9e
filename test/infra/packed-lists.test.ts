import { expect, test } from 'vitest';
import * as z from 'zod';
import { packedData, packedMailLists } from '../../infra/packed-lists.ts';
import { disposableList, freemailList } from '../../lib/domain/mail-lists.ts';

const lists = z.object({ freemailList: z.function(), disposableList: z.function() });
const list = z.array(z.string()).transform((domains) => domains.toSorted());

const imported = (code: string): Promise<unknown> => import(`data:text/javascript,${encodeURIComponent(code)}`);

test('unpacked, the mail domains of a bundle are those of their packages', async () => {
  const packed = packedMailLists();
  const { freemailList: freemail, disposableList: disposable } = lists.parse(await imported(packed));

  expect(list.parse(freemail())).toEqual([...new Set(freemailList())].sort());
  expect(list.parse(disposable())).toEqual([...new Set(disposableList())].sort());
  expect(packed.length).toBeLessThan(90_000);
});

test.each([
  ['public suffixes', '../../node_modules/tldts-icann/dist/es6/src/data/trie.js', 35_000],
  ['telephone numbers', '../../node_modules/libphonenumber-js/metadata.min.json.js', 35_000],
])('unpacked, what is known of %s is what its package says', async (_, path, bytes) => {
  const exported = await import(path);
  const packed = packedData(exported);

  expect({ ...Object(await imported(packed)) }).toStrictEqual({ ...exported });
  expect(packed.length).toBeLessThan(bytes);
});
