// Which of a file's columns says what: by our names for them, or by a map that somebody wrote for files of this kind.
import { IANAZone } from 'luxon';
import * as z from 'zod';
import { nearest, suggestion } from '../nearest.ts';
import type { Problem } from '../schema-complaints.ts';
import { type Reading, readYaml } from '../yaml-document.ts';
import { type Dates, isFault } from './cells.ts';
import type { ListKind } from './kinds.ts';

const words = z.string().min(1).max(500);

const columnMap = z.strictObject({
  columns: z.record(z.string(), words).default({}).describe('Our column: theirs.'),
  constants: z
    .record(z.string(), z.union([words, z.number(), z.boolean()]).transform(String))
    .default({})
    .describe('Our column: what all rows say that have nothing in it.'),
  dates: z
    .strictObject({
      format: words
        .refine(
          (format) => ['y', 'M', 'd'].every((part) => format.includes(part)),
          'has no year, month or day: write dd/MM/yyyy',
        )
        .optional(),
      zone: words.refine((zone) => IANAZone.isValidZone(zone), 'is no time zone such as Europe/Berlin').optional(),
    })
    .default({}),
  ignore: z.array(words).default([]).describe('Their columns that need no warning.'),
});
export type ColumnMap = z.infer<typeof columnMap>;

export const noMap: ColumnMap = columnMap.parse({});

/** `First Name`, `first_name` and `firstName` are one. */
const folded = (name: string): string => name.toLowerCase().replace(/[\s_-]+/g, '');

/** What a list has two names for. */
const alsoCalled: Readonly<Record<string, string>> = { domains: 'domain', what: 'title' };

export interface Plan {
  /** Our column, and where in a row it stands. */
  places: readonly (readonly [column: string, index: number])[];
  constants: Readonly<Record<string, string>>;
  dates: Dates;
  /** Columns of the file that are not read. */
  unread: readonly string[];
}

const checkMap = (map: ColumnMap, kind: ListKind, header: readonly string[]): Problem[] => {
  const ours = Object.keys(kind.columns);
  const noColumn = (section: 'columns' | 'constants') =>
    Object.keys(map[section])
      .filter((column) => !Object.hasOwn(kind.columns, column))
      .map((column) => ({
        ...{ path: [section, column], isKey: true },
        message: `there is no such column; ${suggestion(column, ours, 'there is none')}`,
      }));
  const notThere = Object.entries(map.columns)
    .filter(([column, theirs]) => Object.hasOwn(kind.columns, column) && !header.includes(theirs))
    .map(([column, theirs]) => ({
      path: ['columns', column],
      message: `the file has no column ${theirs}; ${suggestion(theirs, header, 'it has none')}`,
    }));
  const unreadable = Object.entries(map.constants).flatMap(([column, value]) => {
    const read = Object.hasOwn(kind.columns, column) ? kind.columns[column]!(value, map.dates) : undefined;
    return isFault(read) ? [{ path: ['constants', column], message: read.fault }] : [];
  });
  return [...noColumn('columns'), ...noColumn('constants'), ...notThere, ...unreadable];
};

export const readColumnMap = (source: string, kind: ListKind, header: readonly string[]): Reading<ColumnMap> =>
  readYaml(source, columnMap, (map) => checkMap(map, kind, header));

const columnNamed = (theirs: string, kind: ListKind): string | undefined => {
  const name = folded(theirs);
  const own = Object.keys(kind.columns).find((column) => folded(column) === name);
  const other = alsoCalled[name];
  return own ?? (other !== undefined && Object.hasOwn(kind.columns, other) ? other : undefined);
};

/** Where each column stands, or why that cannot be said. A name that begins with `_` is not meant for us. */
export const planOf = (
  kind: ListKind,
  header: readonly string[],
  map: ColumnMap,
): { plan: Plan } | { problem: string } => {
  const places = new Map<string, number>();
  const unread: string[] = [];
  const mapped = new Set(Object.values(map.columns));
  for (const [column, theirs] of Object.entries(map.columns)) places.set(column, header.indexOf(theirs));
  for (const [index, theirs] of header.entries()) {
    if (mapped.has(theirs)) continue;
    const column = columnNamed(theirs, kind);
    if (column === undefined) {
      if (!theirs.startsWith('_') && !map.ignore.includes(theirs)) unread.push(theirs);
    } else if (!places.has(column)) places.set(column, index);
    else if (!Object.hasOwn(map.columns, column)) {
      return { problem: `${header[places.get(column)!]} and ${theirs} are both the column ${column}; keep one` };
    }
  }
  const missing = kind.required.find((any) => !any.some((one) => places.has(one) || Object.hasOwn(map.constants, one)));
  if (missing !== undefined) {
    const near = nearest(missing[0]!, unread);
    const hint = near === undefined ? '' : `; is it ${near}? Then say so in a map`;
    return { problem: `the column ${missing.join(' or ')} is missing; there are: ${header.join(', ')}${hint}` };
  }
  return { plan: { places: [...places], constants: map.constants, dates: map.dates, unread } };
};
