// How a change of a setting reads: settings and values in words, lists by what came and went.
export type Path = readonly string[];
export type Settings = Readonly<Record<string, unknown>>;

export interface Change {
  path: Path;
  before: unknown;
  after: unknown;
}

const settings: Readonly<Record<string, string>> = {
  capPerDay: 'points a day at most',
  cap: 'points at most',
  halfLifeDays: 'half-life',
  count: 'counts',
  personas: 'speaks for personas',
  productLines: 'speaks for product lines',
  speaks: 'the model that speaks',
  remindAt: 'reminder after',
};

const units: Readonly<Record<string, string>> = {
  halfLifeDays: ' days',
  within: ' business days',
  days: ' business days',
};

export const isSettings = (value: unknown): value is Settings =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same text for the same value, whatever the order of its keys. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    isSettings(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  ) ?? '';

const inWords = (setting: string): string =>
  settings[setting] ?? setting.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const longest = 60;

export const shown = (value: unknown, setting = ''): string => {
  if (value === undefined) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return `${value}${units[setting] ?? ''}`;
  if (typeof value === 'string') return /^(\S+|\d+ [a-z]+)$/.test(value) ? value : JSON.stringify(value);
  if (Array.isArray(value)) return listed(value);
  if (!isSettings(value)) return String(value);
  if (value.from !== undefined) return `${value.from}–${value.to}`;
  return described(value) || 'nothing set';
};

const listed = (list: readonly unknown[]): string => {
  const isGroup = (one: unknown): boolean => list.length > 1 && isSettings(one) && one.from === undefined;
  return list.length === 0
    ? 'an empty list'
    : list.map((one) => (isGroup(one) ? `(${shown(one)})` : shown(one))).join(', ');
};

/** Settings in one line, without those that say nothing. */
const described = (all: Settings): string =>
  Object.entries(all)
    .filter(
      ([, value]) => value !== undefined && value !== false && canonical(value) !== '[]' && canonical(value) !== '{}',
    )
    .map(([setting, value]) => `${inWords(setting)} ${isSettings(value) ? `(${shown(value)})` : shown(value, setting)}`)
    .join(', ');

const isNames = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

const listChange = (before: readonly string[], after: readonly string[]): string => {
  const added = after.filter((one) => !before.includes(one)).map((one) => shown(one));
  const gone = before.filter((one) => !after.includes(one)).map((one) => shown(one));
  if (added.length + gone.length === 0) return `now in the order ${shown(after)}`;
  return [added.length > 0 && `new ${added.join(', ')}`, gone.length > 0 && `without ${gone.join(', ')}`]
    .filter((part) => part !== false)
    .join(', ');
};

export const worded = (names: Path, { before, after }: Change): string => {
  const what = names.map(inWords).join(' ');
  if (isNames(before) && isNames(after)) return `${what}: ${listChange(before, after)}`;
  const [was, is] = [shown(before, names.at(-1)), shown(after, names.at(-1))];
  const isLong = typeof before === 'string' && typeof after === 'string' && Math.max(was.length, is.length) > longest;
  return isLong ? `${what} reworded` : `${what} ${was} → ${is}`;
};
