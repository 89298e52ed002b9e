import { expect, test } from 'vitest';
import * as z from 'zod';
import { packedMailLists } from '../../infra/packed-lists.ts';
import { disposableList, freemailList } from '../../lib/domain/mail-lists.ts';

const module = z.object({ freemailList: z.function(), disposableList: z.function() });
const list = z.array(z.string());

test('unpacked, the lists of a bundle are those of their packages', async () => {
  const packed = packedMailLists();
  const lists = module.parse(await import(`data:text/javascript,${encodeURIComponent(packed)}`));

  expect(list.parse(lists.freemailList())).toEqual([...freemailList()].sort());
  expect(list.parse(lists.disposableList())).toEqual([...disposableList()].sort());
  expect(packed.length).toBeLessThan(130_000);
});
