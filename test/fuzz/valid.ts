// Values that a JSON Schema allows, at random: as much of the language as zod writes.
import fc from 'fast-check';
import type { Schema } from '../../docs/made/schema-rows.ts';

/** Values that mean something in the system at hand, by the name of the field: most of what is made up is nobody's. */
export type Known = Readonly<Record<string, readonly unknown[]>>;

const moments = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

const texts = ({ minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 60)) }),
    fc.string({ unit: 'grapheme', minLength, maxLength: Math.max(minLength, Math.min(maxLength, 12)) }),
  );

const text = (schema: Schema): fc.Arbitrary<unknown> => {
  if (schema.format === 'date-time') return moments;
  if (schema.format === 'email') return fc.emailAddress();
  if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern));
  return texts(schema);
};

const list = ({ items = {}, minItems = 0, maxItems = 3 }: Schema, known: Known): fc.Arbitrary<unknown> =>
  fc.array(arbitraryOf(items, known), { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, 3)) });

const record = ({ propertyNames = { type: 'string' }, additionalProperties }: Schema, known: Known) =>
  fc.dictionary(
    arbitraryOf(propertyNames, known).map(String),
    arbitraryOf(typeof additionalProperties === 'object' ? additionalProperties : {}, known),
    { maxKeys: 4 },
  );

const object = (schema: Schema, known: Known): fc.Arbitrary<unknown> => {
  const { properties, required = [] } = schema;
  if (properties === undefined) return record(schema, known);
  const fields = Object.entries(properties).map(([name, of]) => {
    const among = Object.hasOwn(known, name) ? known[name]! : [];
    const free = arbitraryOf(of, known);
    return [
      name,
      among.length === 0 ? free : fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...among) }, free),
    ] as const;
  });
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...required] });
};

const byType: Readonly<Record<string, (schema: Schema, known: Known) => fc.Arbitrary<unknown>>> = {
  string: text,
  integer: ({ minimum = -1_000, maximum = 1_000_000 }) => fc.integer({ min: minimum, max: maximum }),
  number: ({ minimum = -1_000, maximum = 1_000_000 }) => fc.double({ min: minimum, max: maximum, noNaN: true }),
  boolean: () => fc.boolean(),
  null: () => fc.constant(null),
  array: list,
  object,
};

export const arbitraryOf = (schema: Schema, known: Known): fc.Arbitrary<unknown> => {
  const among = schema.anyOf ?? schema.oneOf;
  if (among !== undefined) return fc.oneof(...among.map((one) => arbitraryOf(one, known)));
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  return types.length === 0
    ? fc.jsonValue({ maxDepth: 2 })
    : fc.oneof(...types.map((type) => byType[type]!(schema, known)));
};
