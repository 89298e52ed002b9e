// Throws lines of the quarantine away, because somebody said why.
import type { AskedOf } from '../../domain/operations.ts';
import { quarantineKey } from '../../table/keys.ts';
import { adding, type RunSlice } from './slice.ts';

export const drop: RunSlice<AskedOf<'drop'>> = async ({ table }, { asked, report }) => {
  const there = await table.getMany(asked.ids.map(quarantineKey));
  for (const { pk, sk } of there) await table.write({ remove: { pk, sk }, condition: { if: 'always' } });
  return { done: true, report: adding(report, { dropped: there.length, notFound: asked.ids.length - there.length }) };
};
