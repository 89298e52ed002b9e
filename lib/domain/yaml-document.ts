// Reads a YAML document against a schema and names the place, line and column, of everything that is wrong with it.
import { isMap, isNode, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type * as z from 'zod';

export interface Complaint {
  line: number;
  column: number;
  /** Keys from the root, `sla.targets.A1`; empty for the document itself. */
  at: string;
  message: string;
}

/** One line a complaint, as editors and terminals link them: `file:line:column place: what`. */
export const complaintsText = (file: string, complaints: readonly Complaint[]): string =>
  complaints
    .map(({ line, column, at, message }) => `${file}:${line}:${column} ${at ? `${at}: ` : ''}${message}`)
    .join('\n');

export type Reading<Value> = { value: Value } | { complaints: Complaint[] };

type Path = readonly PropertyKey[];

/** The offset of what a path names: of the key for an unknown or missing one's parent, else of the value. */
const offsetOf = (root: Node | null, path: Path, unknown = false): number => {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const [index, key] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(({ key: own }) => String(isScalar(own) ? own.value : own) === String(key));
      if (pair === undefined) return offset;
      const last = index === path.length - 1;
      const place = last && !unknown && isScalar(pair.value) ? pair.value : pair.key;
      offset = isNode(place) ? (place.range?.[0] ?? offset) : offset;
      node = pair.value;
    } else {
      node = (node as { items?: unknown[] } | undefined)?.items?.[Number(key)];
      offset = isNode(node) ? (node.range?.[0] ?? offset) : offset;
    }
  }
  return offset;
};

/** What zod says, put so that somebody who writes playbooks understands it. */
const worded = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'invalid_type') {
    return issue.input === undefined && issue.message.includes('received undefined')
      ? `is missing (${issue.expected})`
      : issue.message.replace('Invalid input: expected', 'must be').replace('received', 'but is');
  }
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
  return issue.message.replace(/^Invalid input: /, '');
};

const flattened = (issues: readonly z.core.$ZodIssue[]): { path: Path; message: string; unknown?: boolean }[] =>
  issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key], message: 'is not a setting here', unknown: true }))
      : [{ path: issue.path, message: worded(issue) }],
  );

/** Parses and checks; `check` sees what the schema accepted. Complaints come in the order of the document. */
export const readYaml = <Schema extends z.ZodType>(
  source: string,
  schema: Schema,
  check: (value: z.output<Schema>) => { path: Path; message: string }[] = () => [],
): Reading<z.output<Schema>> => {
  const counter = new LineCounter();
  const document = parseDocument(source, { lineCounter: counter, uniqueKeys: true });
  const complaint = (offset: number, at: string, message: string): Complaint => {
    const { line, col } = counter.linePos(offset);
    return { line, column: col, at, message };
  };
  if (document.errors.length > 0) {
    return {
      complaints: document.errors.map(({ pos, message }) =>
        complaint(pos[0], '', message.split('\n')[0]!.replace(/ at line.*$/, '')),
      ),
    };
  }
  const parsed = schema.safeParse(document.toJS());
  const problems: { path: Path; message: string; unknown?: boolean }[] = parsed.success
    ? check(parsed.data)
    : flattened(parsed.error.issues);
  if (parsed.success && problems.length === 0) return { value: parsed.data };
  const complaints = problems.map(({ path, message, unknown }) =>
    complaint(offsetOf(document.contents, path, unknown), path.map(String).join('.'), message),
  );
  return { complaints: complaints.sort((a, b) => a.line - b.line || a.column - b.column) };
};
