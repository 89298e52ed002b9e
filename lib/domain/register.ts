// A value that several sources write: the last writer by the time at the source wins, whatever order the news arrives in.

export interface Register<Value> {
  value: Value;
  /** When it became so at its source, ISO. */
  at: string;
  source: string;
}

/** Total order on writes, so that ties too are settled the same way everywhere. */
const isLater = (a: Register<unknown>, b: Register<unknown>): boolean => {
  if (a.at !== b.at) return a.at > b.at;
  if (a.source !== b.source) return a.source > b.source;
  return JSON.stringify(a.value) > JSON.stringify(b.value);
};

export const latest = <Value>(
  known: Register<Value> | undefined,
  heard: Register<Value> | undefined,
): Register<Value> | undefined => {
  if (known === undefined) return heard;
  if (heard === undefined) return known;
  return isLater(heard, known) ? heard : known;
};

export type Registers<Field extends string = string> = Partial<Record<Field, Register<string>>>;

/** Field by field; keys in alphabetical order, so that equal states are equal texts. */
export const latestOfEach = <Field extends string>(
  known: Registers<Field>,
  heard: Registers<Field>,
): Registers<Field> => {
  const fields = [...new Set([...Object.keys(known), ...Object.keys(heard)])].sort() as Field[];
  const merged: Registers<Field> = {};
  for (const field of fields) merged[field] = latest(known[field], heard[field]);
  return merged;
};
