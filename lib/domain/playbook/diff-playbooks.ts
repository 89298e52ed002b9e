// What changed between two playbooks, in words. What the tables do not know is said by its setting's name, so nothing is omitted.
import { type Change, canonical, isSettings, type Path, type Settings, shown, worded } from './diff-words.ts';
import type { Playbook } from './playbook.ts';

interface Subject {
  /** `*` is any one name: the subject is then a thing that can be new or removed. */
  at: Path;
  what: string;
}

/** The first that fits says what a change is about. In the order in which changes are told. */
const subjects: readonly Subject[] = [
  { at: ['forms', '*'], what: 'form' },
  { at: ['signals', '*'], what: 'signal' },
  { at: ['fit', '*'], what: 'fit rule' },
  { at: ['personas', '*'], what: 'persona' },
  { at: ['productLines', '*'], what: 'product line' },
  { at: ['grades'], what: 'grades' },
  { at: ['qualification', 'mql'], what: 'marketing qualified' },
  { at: ['qualification', 'sql'], what: 'sales qualified' },
  { at: ['qualification'], what: 'qualification' },
  { at: ['strong'], what: 'strong dimensions' },
  { at: ['models', '*'], what: 'model' },
  { at: ['suppression', '*'], what: 'suppression' },
  { at: ['account', 'thresholds', '*'], what: 'account threshold' },
  { at: ['account', 'surge'], what: 'surge' },
  { at: ['account'], what: 'account score' },
  { at: ['networks', '*'], what: 'network' },
  { at: ['matching'], what: 'matching' },
  { at: ['crm', '*'], what: 'CRM connection' },
  { at: ['stages', '*'], what: 'stage' },
  { at: ['flapping'], what: 'flapping' },
  { at: ['calendars', '*'], what: 'calendar' },
  { at: ['people', '*'], what: 'person' },
  { at: ['teams', '*'], what: 'team' },
  { at: ['routing', 'rules', '*'], what: 'routing rule' },
  { at: ['routing', 'territories', '*'], what: 'territory' },
  { at: ['routing', 'pools', '*'], what: 'pool' },
  { at: ['routing'], what: 'routing' },
  { at: ['sla', 'targets', '*'], what: 'SLA' },
  { at: ['sla', 'otherwise'], what: 'SLA of every other grade' },
  { at: ['sla', 'calendar', 'hours'], what: 'working time' },
  { at: ['sla', 'calendar'], what: 'calendar' },
  { at: ['sla'], what: 'SLA' },
  { at: [], what: 'playbook' },
];

/** Whole sentences for what is most often changed. */
const sentences: Readonly<Record<string, (grade: string, after: string, before: string) => string>> = {
  'grades fit': (grade, after, before) => `Grade ${grade} needs ${after} fit points, was ${before}.`,
  'grades person': (grade, after, before) => `Grade ${grade} of the person needs ${after} fit points, was ${before}.`,
  'grades company': (grade, after, before) => `Grade ${grade} of the company needs ${after} fit points, was ${before}.`,
  'grades engagement': (grade, after, before) => `Engagement ${grade} needs ${after} points, was ${before}.`,
};

const sentence = ({ path, before, after }: Change): string | undefined =>
  path.length === 3 ? sentences[path.slice(0, 2).join(' ')]?.(path[2]!, shown(after), shown(before)) : undefined;

/** Lists of people are told apart by e-mail, of rules by name, as long as each has one of its own. */
const byCaller = (value: unknown): unknown => {
  if (!Array.isArray(value) || value.length === 0) return value;
  const key = ['email', 'name'].find((one) => value.every((each) => isSettings(each) && typeof each[one] === 'string'));
  if (key === undefined) return value;
  const called = new Map(value.map((one: Settings) => [String(one[key]), one]));
  return called.size === value.length ? Object.fromEntries(called) : value;
};

const changesIn = (before: unknown, after: unknown, path: Path): Change[] => {
  if (canonical(before) === canonical(after)) return [];
  // Where there are none on one side they can be told apart all the same.
  const none = (value: unknown, other: unknown): unknown =>
    Array.isArray(value) && value.length === 0 && Array.isArray(other) ? {} : value;
  const [listed, listedNow] = [byCaller(before), byCaller(after)];
  const was = isSettings(listedNow) ? none(listed, after) : listed;
  const is = isSettings(listed) ? none(listedNow, before) : listedNow;
  if (!isSettings(was) || !isSettings(is)) return [{ path, before, after }];
  const found = [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((key) =>
    changesIn(was[key], is[key], [...path, key]),
  );
  if (was === before) return found;
  const both = (one: Settings, other: Settings): string[] => Object.keys(one).filter((key) => key in other);
  const [order, now] = [both(was, is), both(is, was)];
  return order.join() === now.join() ? found : [...found, { path, before: order, after: now }];
};

const fits = ({ at }: Subject, path: Path): boolean =>
  at.length <= path.length && at.every((name, index) => name === '*' || name === path[index]);

const subjectOf = (path: Path): Subject => subjects.find((subject) => fits(subject, path))!;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The setting a thing is called by, besides its name. */
const callers: Readonly<Record<string, string>> = { form: 'title', person: 'name', network: 'domain' };

const nameOf = ({ at, what }: Subject, path: Path, thing: unknown): string => {
  if (at.at(-1) !== '*') return what;
  const called = isSettings(thing) ? thing[callers[what] ?? 'label'] : undefined;
  return `${what} ${path[at.length - 1]}${called === undefined ? '' : ` (${String(called)})`}`;
};

/** All there is to say of a new thing, besides its name. */
const contents = ({ what }: Subject, thing: unknown): string =>
  shown(isSettings(thing) ? { ...thing, [callers[what] ?? 'label']: undefined } : thing);

const thingAt = (playbook: Settings, path: Path): unknown =>
  path.reduce<unknown>((value, key) => (byCaller(value) as Settings | undefined)?.[key], playbook);

const lineFor = (subject: Subject, changes: readonly Change[], before: Settings, after: Settings): string[] => {
  const depth = subject.at.length;
  const path = changes[0]!.path.slice(0, depth);
  const [was, is] = [thingAt(before, path), thingAt(after, path)];
  const name = nameOf(subject, path, is ?? was);
  const isThing = subject.at.at(-1) === '*';
  if (isThing && was === undefined) return [`New ${name}: ${contents(subject, is)}.`];
  if (isThing && is === undefined) return [`Removed ${name}.`];
  const whole = changes.flatMap((change) => sentence(change) ?? []);
  const rest = changes.filter((change) => sentence(change) === undefined);
  if (rest.length === 0) return whole;
  return [...whole, `${capital(name)}: ${rest.map((change) => worded(change.path.slice(depth), change)).join('; ')}.`];
};

const modelOrder = (before: Playbook, after: Playbook): string[] => {
  const [was, is] = [Object.keys(before.models), Object.keys(after.models)];
  if (was.join() === is.join() || was.length === 0 || is.length === 0) return [];
  return [`Models speak in the order ${shown(is)}; was ${shown(was)}.`];
};

/** One sentence for each thing that changed, in the order of the playbook; none when they mean the same. */
export const diffPlaybooks = (before: Playbook, after: Playbook): string[] => {
  const [{ $schema: _, ...was }, { $schema: __, ...is }] = [before, after];
  const bySubject = Map.groupBy(changesIn(was, is, []), ({ path }) => {
    const subject = subjectOf(path);
    return JSON.stringify([subjects.indexOf(subject), path.slice(0, subject.at.length)]);
  });
  const groups = [...bySubject.values()].map((changes) => ({ subject: subjectOf(changes[0]!.path), changes }));
  groups.sort((a, b) => subjects.indexOf(a.subject) - subjects.indexOf(b.subject));
  return [
    ...groups.flatMap(({ subject, changes }) => lineFor(subject, changes, was, is)),
    ...modelOrder(before, after),
  ];
};
