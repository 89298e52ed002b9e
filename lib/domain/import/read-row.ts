// A row of a list as what is sent of it, or why it cannot be taken in.
import { crmChange } from '../../../events/crm-change-captured.v1.ts';
import { type Dates, isFault } from './cells.ts';
import type { Plan } from './column-map.ts';
import type { ListKind, RowContext } from './kinds.ts';
import { changeSent, touchSent } from './sent.ts';

export type ReadRow = { item: object } | { refused: string };

/** Put before what a spreadsheet would run, by us and others who write tables. */
const guarded = /^'(?=[=+\-@＝＋－＠])/u;

/** Constants are read with every row: they are few, and the map has said where they are wrong. */
const cellsOf = ({ places, constants }: Plan, record: readonly string[]): Map<string, string> => {
  const cells = new Map(Object.entries(constants));
  for (const [column, index] of places) {
    const typed = (record[index]?.trim() ?? '').replace(guarded, '');
    if (typed !== '') cells.set(column, typed);
  }
  return cells;
};

const refusal = (faults: readonly string[]): ReadRow => ({ refused: faults.join('; ') });

/** Our columns are named in what is wrong, and what stood there is not said: who reads a log need not see it. */
export const readRow = (kind: ListKind, plan: Plan, record: readonly string[], context: RowContext): ReadRow => {
  const dates: Dates = plan.dates;
  const values: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const [column, typed] of cellsOf(plan, record)) {
    const value = kind.columns[column]!(typed, dates);
    if (isFault(value)) faults.push(`${column} ${value.fault}`);
    else values[column] = value;
  }
  if (faults.length > 0) return refusal(faults);
  const missing = kind.required.filter((any) => !any.some((column) => values[column] !== undefined));
  if (missing.length > 0) return refusal(missing.map((any) => `${any.join(' or ')} is empty`));
  const item = kind.item(values, context);
  const checked = kind.posted === 'touches' ? touchSent.safeParse(item) : sentChange(item);
  if (!checked.success) return refusal(checked.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`));
  const column = kind.posted === 'touches' ? 'occurredAt' : 'changedAt';
  return Date.parse(String(values[column])) > context.now ? refusal([`${column} lies ahead`]) : { item };
};

const sentChange = (item: object) => {
  const { occurredAt, ...fields } = item as { occurredAt?: unknown };
  const dated = changeSent.safeParse({ occurredAt });
  return dated.success ? crmChange.safeParse(fields) : dated;
};
