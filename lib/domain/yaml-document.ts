// Reads a YAML document against a schema and names the place, line and column, of everything that is wrong with it.
import {
  type Alias,
  type Document,
  type ErrorCode,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import type * as z from 'zod';
import { type Problem, schemaComplaints } from './schema-complaints.ts';

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

/** The offset of what a path names: of the key where that is wrong, or stands for a group, else of the value; of what is
 * missing, its parent's. */
const offsetOf = (root: Node | null, path: Path, isKey = false): number => {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const [index, key] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(({ key: own }) => String(isScalar(own) ? own.value : own) === String(key));
      if (pair === undefined) return offset;
      const last = index === path.length - 1;
      const place = last && !isKey && isScalar(pair.value) ? pair.value : pair.key;
      offset = isNode(place) ? (place.range?.[0] ?? offset) : offset;
      node = pair.value;
    } else {
      node = (node as { items?: unknown[] } | undefined)?.items?.[Number(key)];
      offset = isNode(node) ? (node.range?.[0] ?? offset) : offset;
    }
  }
  return offset;
};

/** Where one may stand for a list of one, the schema counts it as the first; the document has no such key. */
const asWritten = (content: unknown, path: Path): Path => {
  let value = content;
  return path.filter((key) => {
    if (key === 0 && !Array.isArray(value)) return false;
    value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
    return true;
  });
};

/** The parser's message without its place and excerpt. */
const what = (message: string): string =>
  message
    .split('\n')[0]!
    .replace(/ at line.*$/, '')
    .replace(/; please use .*$/, '');

/** What to do about what is no YAML; the parser says what is wrong. */
const remedies: Partial<Record<ErrorCode, string>> = {
  DUPLICATE_KEY: 'keep one of the two',
  TAB_AS_INDENT: 'indent with spaces',
  MULTIPLE_DOCS: 'take out the line of `---` and what comes after it, or begin a file of its own with that',
};

/** Keys from the root to a node that `visit` came to by these ancestors. */
const keysTo = (ancestors: readonly unknown[], node: unknown): string[] =>
  ancestors.flatMap((ancestor, index): string[] => {
    if (isPair(ancestor)) return [String(ancestor.key)];
    return isSeq(ancestor) ? [String(ancestor.items.indexOf(ancestors[index + 1] ?? node))] : [];
  });

interface Fault {
  offset: number;
  at: string;
  message: string;
}

/** What YAML allows, and no value can be made of: aliases of nothing, and a key that JavaScript takes for something else. */
const faultsOf = (document: Document): Fault[] => {
  const anchors = new Set<string>();
  const faults: Fault[] = [];
  const fault = (node: Node, keys: readonly string[], message: string): void => {
    faults.push({ offset: node.range?.[0] ?? 0, at: keys.join('.'), message });
  };
  visit(document, {
    Value: (_, { anchor }) => void (anchor && anchors.add(anchor)),
    Pair: (_, { key }, ancestors) => {
      if (!isScalar(key) || key.value !== '__proto__') return;
      fault(key, [...keysTo(ancestors, undefined), '__proto__'], 'is a name of the machine’s own; write another');
    },
    Alias: (_, node, ancestors) => {
      if (anchors.has(node.source)) return;
      const message = `no &${node.source} stands above *${node.source}; put text that begins with * in quotes`;
      fault(node, keysTo(ancestors, node), message);
    },
  });
  return faults;
};

/** The document as values. Aliases of aliases can stand for billions of them in a few lines: the parser gives up early, and
 * this says so at the last, the one that holds the others. */
const contentOf = (document: Document): { content: unknown } | { faults: Fault[] } => {
  const faults = faultsOf(document);
  if (faults.length > 0) return { faults };
  try {
    return { content: document.toJS() };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    let last: { node: Alias; at: string } | undefined;
    visit(document, {
      Alias: (_, node, ancestors) => {
        last = { node, at: keysTo(ancestors, node).join('.') };
      },
    });
    const message = 'aliases stand for too much; write out what is meant here';
    return { faults: [{ offset: last?.node.range?.[0] ?? 0, at: last?.at ?? '', message }] };
  }
};

/** Parses and checks; `check` sees what the schema accepted. Complaints come in the order of the document. */
export const readYaml = <Schema extends z.ZodType>(
  source: string,
  schema: Schema,
  check: (value: z.output<Schema>) => Problem[] = () => [],
): Reading<z.output<Schema>> => {
  const counter = new LineCounter();
  const document = parseDocument(source, { lineCounter: counter, uniqueKeys: true });
  const complaint = (offset: number, at: string, message: string): Complaint => {
    const { line, col } = counter.linePos(offset);
    return { line, column: col, at, message };
  };
  if (document.errors.length > 0) {
    return {
      complaints: document.errors.map(({ code, pos, message }) =>
        complaint(
          pos[0],
          '',
          `${what(message)}; ${remedies[code] ?? 'close what is opened there, or put the text in quotes'}`,
        ),
      ),
    };
  }
  const read = contentOf(document);
  if ('faults' in read)
    return { complaints: read.faults.map(({ offset, at, message }) => complaint(offset, at, message)) };
  const { content } = read;
  const parsed = schema.safeParse(content);
  const problems = parsed.success ? check(parsed.data) : schemaComplaints(schema, content, parsed.error.issues);
  if (parsed.success && problems.length === 0) return { value: parsed.data };
  const complaints = problems.map(({ path, message, isKey }) => {
    const keys = asWritten(content, path);
    return complaint(offsetOf(document.contents, keys, isKey), keys.map(String).join('.'), message);
  });
  return { complaints: complaints.sort((a, b) => a.line - b.line || a.column - b.column) };
};
