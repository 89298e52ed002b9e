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
  const [valueA, valueB] = [JSON.stringify(a.value), JSON.stringify(b.value)];
  return valueA === valueB ? JSON.stringify(a) > JSON.stringify(b) : valueA > valueB;
};

export const latest = <Kept extends Register<unknown>>(
  known: Kept | undefined,
  heard: Kept | undefined,
): Kept | undefined => {
  if (known === undefined) return heard;
  if (heard === undefined) return known;
  return isLater(heard, known) ? heard : known;
};

/** What the latest says, and beside it the latest of every other source that ever spoke: whom to believe is the playbook's to
 * say, and to change, and that two disagree is worth knowing. */
export interface Heard<Value> extends Register<Value> {
  /** The later before the earlier; absent where there is only one source. */
  others?: Register<Value>[];
}

const saidIn = <Value>({ others = [], value, at, source }: Heard<Value>): Register<Value>[] => [
  { value, at, source },
  ...others,
];

const heardOf = <Value>([first, ...others]: readonly Register<Value>[]): Heard<Value> => ({
  ...first!,
  ...(others.length > 0 && { others }),
});

/** The latest of each source, in any order the same. */
export const latestOfSources = <Value>(
  known: Heard<Value> | undefined,
  heard: Heard<Value> | undefined,
): Heard<Value> | undefined => {
  if (known === undefined || heard === undefined) return known ?? heard;
  const bySource = new Map<string, Register<Value>>();
  for (const said of [...saidIn(known), ...saidIn(heard)]) {
    bySource.set(said.source, latest(bySource.get(said.source), said)!);
  }
  return heardOf([...bySource.values()].sort((a, b) => (isLater(a, b) ? -1 : 1)));
};

/** Who is believed: of the sources named the first that spoke, else the latest. */
export const believed = <Value>(heard: Heard<Value>, sources: readonly string[]): Heard<Value> => {
  if (heard.others === undefined || sources.length === 0) return heard;
  const all = saidIn(heard);
  const named = sources.flatMap((source) => all.find((said) => said.source === source) ?? []);
  return named[0] === undefined ? heard : heardOf([named[0], ...all.filter((said) => said !== named[0])]);
};

export type Registers<Field extends string = string> = Partial<Record<Field, Heard<string>>>;

/** Field by field; keys in alphabetical order, so that equal states are equal texts. */
export const latestOfEach = <Field extends string>(
  known: Registers<Field>,
  heard: Registers<Field>,
): Registers<Field> => {
  const fields = [...new Set([...Object.keys(known), ...Object.keys(heard)])].sort() as Field[];
  const merged: Registers<Field> = {};
  for (const field of fields) merged[field] = latestOfSources(known[field], heard[field]);
  return merged;
};

/** Field by field, whom the playbook's order of sources believes. */
export const believedOfEach = <Field extends string>(
  registers: Registers<Field>,
  sources: readonly string[],
): Registers<Field> => {
  const chosen: Registers<Field> = {};
  for (const [field, heard] of Object.entries<Heard<string> | undefined>(registers)) {
    if (heard !== undefined) chosen[field as Field] = believed(heard, sources);
  }
  return chosen;
};
