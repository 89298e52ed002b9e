// What differs between two documents, as lines a reader can act on: the place, what was expected, what came.

const show = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
};

/** Whom an item is about, so that a place reads `leads[bea@acme.example].parts[pricing].points`, and one that is gone does not make
 * all behind it differ. */
const nameOf = (item: unknown, index: number): string => {
  const { email, accountId, rule, leadId, persona, kind } = (item ?? {}) as Record<string, unknown>;
  return String(email ?? (leadId === undefined ? accountId : undefined) ?? rule ?? leadId ?? persona ?? kind ?? index);
};

const entriesOf = (value: object): [string, unknown][] =>
  Array.isArray(value)
    ? value.map((item, index) => [`[${nameOf(item, index)}]`, item])
    : Object.entries(value).map(([key, item]) => [`.${key}`, item]);

export const differences = (expected: unknown, actual: unknown, place = ''): string[] => {
  if (typeof expected === 'object' && typeof actual === 'object' && expected !== null && actual !== null) {
    const [before, after] = [new Map(entriesOf(expected)), new Map(entriesOf(actual))];
    const keys = [...new Set([...before.keys(), ...after.keys()])];
    const found = keys.flatMap((key) => differences(before.get(key), after.get(key), `${place}${key}`));
    if (found.length > 0 || JSON.stringify(expected) === JSON.stringify(actual)) return found;
    return [`${place}: the same in another order`];
  }
  return expected === actual ? [] : [`${place}: ${show(expected)} became ${show(actual)}`];
};
