// Takes a backup while everything runs.
import type { AskedOf } from '../../domain/operations.ts';
import { adding, type RunSlice } from './slice.ts';

/** One that is cut short after the backup was taken takes another: none is lost by it. */
export const backup: RunSlice<AskedOf<'backup'>> = async ({ backups, clock }, { report }) => {
  if (backups === undefined) return { done: true, report: adding(report, { backups: 0 }, ['nothing is kept here']) };
  const name = `muster-${new Date(clock.now()).toISOString().replaceAll(/[:.]/g, '-')}`;
  return { done: true, report: adding(report, { backups: 1 }, [await backups.create(name)]) };
};
