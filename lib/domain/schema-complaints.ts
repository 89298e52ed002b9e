// What a document has wrong, and what zod refuses in the words of somebody who writes YAML: what is wrong, then what to do about it.
import * as z from 'zod';
import { suggestion } from './nearest.ts';

export interface Problem {
  /** Keys from the document's root. */
  path: readonly PropertyKey[];
  message: string;
  /** The key itself is wrong, not what stands behind it. */
  isKey?: boolean;
}

type Json = z.core.JSONSchema.BaseSchema;
type Issue = z.core.$ZodIssue;

const isSchema = (node: unknown): node is Json => typeof node === 'object' && node !== null;

/** The keys a place of the document may have; empty where any will do. */
const settingsAt = (schema: z.ZodType, path: readonly PropertyKey[]): string[] => {
  const alternatives = (node: Json): Json[] => [node, ...(node.anyOf ?? []).flatMap(alternatives)];
  let nodes = alternatives(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  for (const key of path) {
    nodes = nodes
      .map(
        (node) => node.properties?.[String(key)] ?? (typeof key === 'number' ? node.items : node.additionalProperties),
      )
      .filter(isSchema)
      .flatMap(alternatives);
  }
  return [
    ...new Set(
      nodes.flatMap((node) => {
        const names = isSchema(node.propertyNames) ? (node.propertyNames.enum ?? []) : [];
        return [...Object.keys(node.properties ?? {}), ...names.map(String)];
      }),
    ),
  ];
};

const valueAt = (document: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], document);

const kindOf = (value: unknown): string => {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  return { object: 'a group of settings', string: 'text', number: 'a number', boolean: 'true or false' }[
    typeof value as 'object'
  ];
};

const wanted: Record<string, string> = {
  string: 'text, in quotes if it looks like a number',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list, such as [one, two]',
  object: 'settings, one `key: value` a line',
  record: 'settings, one `key: value` a line',
};

const ofType = ({ expected }: z.core.$ZodIssueInvalidType, value: unknown): string => {
  const what = wanted[expected] ?? expected;
  if (value === undefined) return `is missing; add it: ${what}`;
  const isFraction = expected === 'int' && typeof value === 'number';
  return `is ${isFraction ? 'no whole number' : kindOf(value)}; write ${what}`;
};

const ofSize = (issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string => {
  const small = issue.code === 'too_small';
  const limit = Number(small ? issue.minimum : issue.maximum);
  const [few, many] = small ? ['few', 'least'] : ['many', 'most'];
  if (issue.origin === 'array') return `has too ${few}; give at ${many} ${limit}`;
  if (issue.origin === 'string') {
    if (small) return 'is empty; write something or leave the setting out';
    return `is too long; write at most ${limit} characters`;
  }
  if (!issue.inclusive) return `is too ${small ? 'small; take more' : 'large; take less'} than ${limit}`;
  return `is too ${small ? 'small' : 'large'}; take ${limit} or ${small ? 'more' : 'less'}`;
};

/** Of several ways to write a thing, the complaint about the one that was tried: the one that got furthest. */
const tried = ({ errors }: z.core.$ZodIssueInvalidUnion): readonly Issue[] => {
  const far = ([issue]: readonly Issue[]): number =>
    issue === undefined ? 0 : issue.path.length * 2 + (issue.code === 'invalid_type' ? 0 : 1);
  return errors.reduce((best, issues) => (far(issues) > far(best) ? issues : best));
};

const worded = (issue: Issue, value: unknown): string => {
  switch (issue.code) {
    case 'invalid_type':
      return ofType(issue, value);
    case 'invalid_value': {
      const names = issue.values.map(String);
      if (value === undefined) return `is missing; ${suggestion('', names, '')}`;
      const kind = kindOf(value);
      // What a number is like another says nothing of what was meant.
      if (kind === 'a number') return `${value} is not possible here; there are: ${names.join(', ')}`;
      return `${kind === 'text' ? value : kind} is not possible here; ${suggestion(String(value), names, '')}`;
    }
    case 'too_small':
    case 'too_big':
      return ofSize(issue);
    case 'invalid_format':
      return issue.format === 'email' ? 'is no e-mail address; write one such as ada@company.example' : issue.message;
    default:
      return issue.message;
  }
};

/** Every complaint about a document that the schema refused. */
export const schemaComplaints = (
  schema: z.ZodType,
  document: unknown,
  issues: readonly Issue[],
  at: readonly PropertyKey[] = [],
): Problem[] => {
  const misspelt = issues.filter(({ code }) => code === 'unrecognized_keys').map(({ path }) => path.join('.'));
  return issues.flatMap((issue): Problem[] => {
    // That something is missing follows from its being misspelt.
    if (issue.code === 'custom' && misspelt.includes(issue.path.join('.'))) return [];
    const path = [...at, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      const known = settingsAt(schema, path);
      return issue.keys.map((key) => {
        const message = `is not a setting here; ${suggestion(key, known, 'take it out')}`;
        return { path: [...path, key], message, isKey: true };
      });
    }
    if (issue.code === 'invalid_key') {
      const [first] = issue.issues;
      return first ? [{ path, message: worded(first, path.at(-1)), isKey: true }] : [];
    }
    // A union that says in its own words what it wants is taken by its word.
    if (issue.code === 'invalid_union' && issue.message === 'Invalid input') {
      return schemaComplaints(schema, document, tried(issue), path);
    }
    return [{ path, message: worded(issue, valueAt(document, path)) }];
  });
};
