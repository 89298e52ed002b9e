// What a job title says of its holder: how senior, and in which part of the company. Read as strangers type it into forms.
import { functionsByWords } from './titles/functions.ts';
import { type JobFunction, type Seniority, seniority } from './titles/kinds.ts';
import { levelsByWords } from './titles/levels.ts';
import { isEdge, type Mark, Phrases, wordsOf } from './titles/phrases.ts';

export { type JobFunction, jobFunction, type Seniority, seniority } from './titles/kinds.ts';

/** One of the roles a title names. The stronger word says its function: 2 the trade itself, 1 a department, 0 a hint. */
interface Role {
  level?: Seniority;
  function?: JobFunction;
  weight: number;
  /** Joined by "and" to the one before. */
  joined: boolean;
  chief?: true;
  deputy?: true;
  assistant?: true;
}

let made: Phrases | undefined;
/** Made when the first title is read: it takes longer than all else a function does as it starts, and most read none. */
const phrases = (): Phrases => {
  made ??= new Phrases(levelsByWords, functionsByWords);
  return made;
};
const order = Object.fromEntries(seniority.options.map((level, index) => [level, index])) as Record<Seniority, number>;
const isAtLeast = (level: Seniority | undefined, least: Seniority): boolean =>
  level !== undefined && order[level] <= order[least];
const higher = (one: Seniority | undefined, other: Seniority): Seniority =>
  one !== undefined && order[one] <= order[other] ? one : other;

/** A deputy's level: one below, but who leads still leads. */
const below = (level: Seniority): Seniority =>
  isAtLeast(level, 'head') ? seniority.options[order[level] + 1]! : 'manager';

const levelOf = ({ level, deputy, assistant }: Role): Seniority | undefined => {
  if (level === undefined || level === 'entry' || level === 'student') return assistant ? (level ?? 'entry') : level;
  if (isAtLeast(level, 'manager')) return deputy || assistant ? below(level) : level;
  return assistant ? 'entry' : level;
};

const conjunctions = new Set(['&', 'e', 'ed', 'i', 'plus']);
const beforeBoss = new Set(['to', 'of', 'der', 'des', 'de', 'du', 'del', 'di', 'van', 'till', 'for']);
const beforeIt = new Set(['|', '&', 'of', 'for', 'in', 'de', 'der', 'des', 'du', 'la', 'l', 'di', 'da', 'van', 'av']);
const afterPronounIt = new Set(
  'is s was will would takes take depends happen happens all up out done does just really'.split(' '),
);

/** Whether "it" is the department and not the pronoun: what stands beside it belongs to a title. */
const isDepartment = (words: readonly string[], at: number): boolean => {
  const [before, after] = [words[at - 1]!, words[at + 1]!];
  if (afterPronounIt.has(after)) return false;
  return beforeIt.has(before) || phrases().knows(before) || phrases().knows(after);
};

const addFunction = (role: Role, name: JobFunction, weight: number): void => {
  if (role.function !== undefined && role.weight >= weight) return;
  role.function = name;
  role.weight = weight;
};

const addLevel = (role: Role, level: Seniority): void => {
  // A junior manager is a junior first, an intern in management an intern.
  const learns = role.level === 'student' || level === 'student' ? 'student' : 'entry';
  const holds = learns === 'student' || role.level === 'entry' || level === 'entry';
  role.level = holds ? learns : higher(role.level, level);
};

/** Forgets the boss a helper was named by ("CEO Assistant"), but not the department ("Marketing Assistant"). */
const forgetBoss = (role: Role): void => {
  if (!isAtLeast(role.level, 'manager')) return;
  delete role.level;
  delete role.function;
  role.weight = 0;
};

/** The roles in the order they are named; undefined when whoever holds the title works no more. */
const rolesOf = (words: readonly string[]): Role[] | undefined => {
  const roles: Role[] = [{ weight: 0, joined: false }];
  let role = roles[0]!;
  let hidden: 'past' | 'at' | undefined;
  let helps = false;
  for (let at = 1; at < words.length - 1; ) {
    const word = words[at]!;
    const found = phrases().longest(words, at);
    const next = at + (found?.length ?? 1);
    if (found?.mark === 'gone') return undefined;
    if (found?.mark === 'now' || (word === '|' && hidden === 'at')) hidden = undefined;
    if (hidden !== undefined) {
      at += 1;
      continue;
    }
    if (found === undefined) {
      if (word === '|' || conjunctions.has(word)) {
        role = { weight: 0, joined: word !== '|' };
        roles.push(role);
      }
    } else if (found.mark === 'stop') {
      return roles;
    } else if (found.mark === 'past' || found.mark === 'at') {
      hidden = found.mark;
    } else if (word !== 'it' || found.length > 1 || isDepartment(words, at)) {
      const helper =
        found.mark === 'helper' ||
        (found.mark === 'assistant' && (isEdge(words[next]) || beforeBoss.has(words[next]!)));
      if (helper) forgetBoss(role);
      if (found.function !== undefined) addFunction(role, found.function, found.weight);
      const level = helper && found.level === undefined ? 'entry' : found.level;
      if (level !== undefined && !helps) addLevel(role, level);
      if (helper) {
        helps = true;
        if (beforeBoss.has(words[next]!)) {
          addFunction(role, 'administration', 0);
          return roles;
        }
      } else if (found.mark !== undefined) {
        marked(role, found.mark);
      }
    }
    at = next;
  }
  return roles;
};

const marked = (role: Role, mark: Mark): void => {
  if (mark === 'deputy') role.deputy = true;
  if (mark === 'assistant') role.assistant = true;
  if (mark === 'chief') role.chief = true;
  if (mark === 'officer' && role.chief) role.level = 'c-level';
  // "CEO Office": near the boss, not the boss.
  if (mark === 'office' && isAtLeast(role.level, 'c-level')) forgetBoss(role);
};

const functionOf = (roles: readonly Role[], main: number): JobFunction | undefined => {
  // "Sales & Marketing Director" directs both; the first named stands for them.
  let first = main;
  while (first > 0 && roles[first]!.joined && roles[first - 1]!.level === undefined) first -= 1;
  const own = roles.slice(first, main + 1).find((role) => role.weight > 0 && role.function !== undefined);
  if (own !== undefined) return own.function;
  const rest = [roles[main]!, ...roles.slice(main + 1), ...roles.slice(0, main)].filter((role) => role.function);
  return (rest.find((role) => role.weight > 0) ?? rest[0])?.function;
};

/**
 * The highest of the roles the title names, and its function; each undefined where the words do not say it. Past roles, the
 * boss somebody assists and the name of a company after "at" count for nothing. Reads the first 500 characters, in linear time.
 */
export const readTitle = (title: string): { seniority?: Seniority; function?: JobFunction } => {
  const roles = rolesOf(wordsOf(title.slice(0, 500)));
  if (roles === undefined) return {};
  const levels = roles.map(levelOf);
  let main = 0;
  levels.forEach((level, index) => {
    if (level !== undefined && (levels[main] === undefined || order[level] < order[levels[main]!])) main = index;
  });
  const name = functionOf(roles, main);
  return { ...(levels[main] && { seniority: levels[main] }), ...(name && { function: name }) };
};
