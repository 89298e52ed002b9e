// A JSON Schema as rows of a table: each field by its path, with what it may be and what it means.

export interface Schema {
  type?: string | readonly string[];
  const?: unknown;
  enum?: readonly unknown[];
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  allOf?: readonly Schema[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: boolean | Schema;
  propertyNames?: Schema;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  pattern?: string;
  format?: string;
  default?: unknown;
  description?: string;
}

/** zod says of every whole number that it is a safe one. */
const limit = (value: number | undefined): number | undefined =>
  value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined;

const range = (least: number | undefined, most: number | undefined, what = ''): string => {
  const [from, to] = [limit(least), limit(most)];
  if (from !== undefined && to !== undefined) return `, ${from} to ${to}${what}`;
  if (to !== undefined) return `, at most ${to}${what}`;
  return from === undefined ? '' : `, at least ${from}${what}`;
};

const unique = (texts: readonly string[]): string => [...new Set(texts)].join(' or ');
const code = (value: unknown): string => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;

const plain = (schema: Schema, type: string): string => {
  const { minLength, maxLength, minimum, maximum, exclusiveMinimum, minItems, maxItems, format } = schema;
  if (type === 'string') {
    if (format === 'date-time') return 'moment';
    const text = format === undefined ? 'text' : format;
    return text + range(minLength === 1 && maxLength === undefined ? undefined : minLength, maxLength, ' characters');
  }
  if (type === 'integer' || type === 'number')
    return `${type}${exclusiveMinimum === undefined ? '' : `, above ${exclusiveMinimum}`}${range(minimum, maximum)}`;
  if (type === 'array') return `list of ${kindOf(schema.items ?? {})}${range(minItems, maxItems, ' of them')}`;
  if (type === 'object' && schema.properties === undefined && typeof schema.additionalProperties === 'object')
    return `by name: ${kindOf(schema.additionalProperties)}`;
  return type === 'boolean' ? '`true` or `false`' : type;
};

/** What a value may be, in words. */
const kindOf = (schema: Schema): string => {
  if ('const' in schema) return code(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(code).join(', ');
  const among = schema.anyOf ?? schema.oneOf;
  if (among !== undefined) return unique(among.map(kindOf));
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  return types.length === 0 ? 'anything' : unique(types.map((type) => plain(schema, type)));
};

/** Schemas whose fields are shown under this one's, and what is put behind its path. */
const inside = (schema: Schema): [behind: string, schema: Schema][] => [
  ...(schema.properties === undefined ? [] : ([['', schema]] as [string, Schema][])),
  ...(schema.items === undefined
    ? []
    : inside(schema.items).map(([behind, one]): [string, Schema] => [`[]${behind}`, one])),
  ...(typeof schema.additionalProperties === 'object'
    ? inside(schema.additionalProperties).map(([behind, one]): [string, Schema] => [`.<name>${behind}`, one])
    : []),
  ...(schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []).flatMap(inside),
];

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const row = (path: string, schema: Schema, isRequired: boolean): string => {
  const kind =
    schema.default === undefined ? kindOf(schema) : `${kindOf(schema)}; ${code(schema.default)} when left out`;
  return `| \`${path}\` | ${cell(kind)} | ${isRequired ? 'yes' : ''} | ${cell(schema.description ?? '')} |`;
};

/** Every field under a schema, the same path once. */
const rowsOf = (schema: Schema, path = ''): string[] => {
  const rows = inside(schema).flatMap(([behind, { properties = {}, required = [] }]) =>
    Object.entries(properties).flatMap(([name, field]) => {
      const own = [path + behind, name].filter(Boolean).join('.');
      return [row(own, field, required.includes(name)), ...rowsOf(field, own)];
    }),
  );
  return [...new Set(rows)];
};

export const tableOf = (schema: Schema): string => {
  const rows = rowsOf(schema);
  if (rows.length === 0) return `${kindOf(schema)}.`;
  return ['| field | what it may be | required | |', '| --- | --- | --- | --- |', ...rows].join('\n');
};
