// The statuses a second time, from nothing but what was said, read over and over: slow, and so plain that it can be checked by
// looking at it. Knows the sentences of random histories only (properties.test.ts); one happening a day.
import { DateTime } from 'luxon';

export interface Said {
  /** A day, ISO. */
  on: string;
  sentence: string;
}

const personStages: Record<string, string> = {
  New: 'open',
  Working: 'working',
  Recycled: 'nurture',
  'Bad fit': 'Disqualified',
  Reseller: 'Partner',
  Left: 'No Longer With Company',
};
/** Of an opportunity; the others are open. */
const meanings: Record<string, string> = { won: 'won', lost: 'lost', outpriced: 'lost' };
const accountStages: Record<string, string> = { Prospect: '', Competitor: 'Disqualified', Reseller: 'Partner' };

/** What is known of a company by a day, in whatever order it was said. */
export const referenceOf = (said: readonly Said[], today: string) => {
  const log = [...said].sort((a, b) => (a.on < b.on ? -1 : 1));
  /** The words in brackets of each such sentence, with its day. */
  const all = (pattern: RegExp): (string[] & { on: string })[] =>
    log.flatMap(({ on, sentence }) => {
      const match = pattern.exec(sentence);
      return match === null ? [] : [Object.assign(match.slice(1), { on })];
    });
  const last = (pattern: RegExp) => all(pattern).at(-1);
  const later = (...days: (string | undefined)[]): string =>
    days
      .map((day) => day ?? '')
      .sort()
      .at(-1) ?? '';

  const terms = ['C', 'D'].flatMap((id) => {
    if (last(new RegExp(`^Contract ${id} is deleted`)) !== undefined) return [];
    const runs = last(new RegExp(`^Contract ${id} runs from (\\S+) to (\\S+)`));
    return runs === undefined ? [] : [{ from: runs[0]!, to: runs[1]! }];
  });
  const ofP = all(/^Deal P is (opened|won)/);
  // Said again it is no news, here as below.
  const won = ofP[ofP.findLastIndex(([state]) => state !== ofP.at(-1)![0]) + 1];
  if (won?.[0] === 'won') terms.push({ from: won.on, to: DateTime.fromISO(won.on).plus({ months: 12 }).toISODate()! });
  const activeOn = (day: string) => terms.filter(({ from, to }) => from <= day && day < to);
  const nearEndOn = (day: string): boolean =>
    activeOn(day).some(({ to }) => DateTime.fromISO(to).minus({ months: 3 }).toISODate()! <= day);
  const active = activeOn(today);

  const people = ['Bea', 'Cyd', 'Una'].filter(
    (name) => all(new RegExp(`${name}(,| is imported| asks| reads| is moved)|calls ${name}`)).length > 0,
  );
  const deals = [
    ...['X', 'Y'].flatMap((id) => {
      const heard = all(new RegExp(`^Opportunity ${id} (?:is opened in|moves to) (\\w+)`));
      return heard.length === 0 || last(new RegExp(`^Opportunity ${id} is deleted`))
        ? []
        : [{ id, heard, renewal: false }];
    }),
    { id: 'R', heard: all(/^Renewal R (?:is made|moves to (\w+))/), renewal: last(/^Renewal R is made/) !== undefined },
    { id: 'P', heard: all(/^Deal P is (opened|won)/), renewal: false },
  ]
    .filter(({ heard }) => heard.length > 0)
    .map(({ id, heard, renewal }) => {
      const stages = heard.map(([stage = 'Discovery']) => stage);
      const meant = stages.map((one) => meanings[one.toLowerCase()] ?? 'open');
      const isOpen = (one: string): boolean => !Object.hasOwn(meanings, one.toLowerCase());
      const state = meant.at(-1)!;
      // Said again, or in another word for the same, it is no news.
      const since = heard[meant.findLastIndex((one) => one !== state) + 1]!.on;
      const isMoved = stages.some((one) => one !== stages[0] && isOpen(one));
      const worked = isMoved || last(/^Renewal R is worked/) !== undefined;
      const countedOn = (day: string) => !renewal || worked || nearEndOn(day);
      // Of its stages the first two are remembered.
      const second = heard.find(([stage]) => stage !== heard[0]![0]);
      const opened = [heard[0]!, ...(second ? [second] : [])].find(([stage = '']) => isOpen(stage));
      // What each was called last.
      const roles = ['Bea', 'Cyd'].flatMap((name) => {
        const role = last(
          new RegExp(`^${name} becomes (the primary|a) contact of opportunity ${id}$|^\\w+ ${id} is .* with ${name}$`),
        );
        return role === undefined ? [] : [{ name, on: role.on, isPrimary: role[0] !== 'a' }];
      });
      roles.sort((a, b) => (a.on < b.on ? -1 : 1));
      const areHere = roles.filter(({ name }) => people.includes(name));
      const primary = roles.some(({ isPrimary }) => isPrimary)
        ? areHere.findLast(({ isPrimary }) => isPrimary)
        : areHere[0];
      return {
        state,
        on: since,
        opened: opened?.on ?? since,
        counts: countedOn(today),
        hasEnded: state !== 'open' && countedOn(since),
        primary: primary?.name,
      };
    });
  const open = deals.filter(({ state, counts }) => state === 'open' && counts);
  const lastOpened = later(...deals.filter(({ counts }) => counts).map(({ opened }) => opened));

  const standing = accountStages[last(/^The account is moved to (.+)/)?.[0] ?? 'Prospect']!;

  const leads = people.map((name) => {
    const demos = all(new RegExp(`^${name}(?:, with a private address,)? asks`)).map(({ on }) => on);
    const touched = later(...demos, last(new RegExp(`^${name} reads`))?.on);
    const moves = all(new RegExp(`^${name} is moved to (.+)`));
    // Said again it is no news.
    const moved = moves[moves.findLastIndex(([stage]) => stage !== moves.at(-1)![0]) + 1];
    const stage = personStages[moved?.[0] ?? 'New']!;
    const mine = deals.filter(({ primary }) => primary === name);
    const sentBack = later(
      ...mine.filter(({ hasEnded }) => hasEnded).map(({ on }) => on),
      stage === 'nurture' ? moved?.on : '',
    );
    const active = [
      ...all(new RegExp(`^Sales calls ${name}`)).map(({ on }) => on),
      ...(stage === 'working' ? [moved!.on] : []),
    ];
    const lastActive = later(...active);
    const new_ = demos.filter((on) => on > sentBack);
    const fits = name !== 'Una';
    const qualified = fits ? (new_.find((on) => on > lastActive) ?? new_[0]) : undefined;
    const status = (): string => {
      if (/^[A-Z]/.test(stage)) return stage;
      if (standing !== '') return standing;
      if (open.some(({ primary }) => primary === name)) return 'Opportunity Open';
      if (qualified) return active.some((on) => on >= qualified) ? 'Sales Working' : 'Qualified';
      if (sentBack !== '' || touched !== '') return 'Nurture';
      return 'Pre-Qualified';
    };
    const is = status();
    const isEngaged =
      is === 'Qualified' || (!/^(Disq|Part|No )/.test(is) && new_.some((on) => on > lastOpened) && is !== '');
    return { name, status: is, touched, isEngaged };
  });

  const account = (): string => {
    if (standing !== '') return standing;
    const some = (status: string): boolean => leads.some((lead) => lead.status === status);
    if (active.length > 0) {
      if (open.length > 0) return 'Customer Opportunity';
      return leads.some(({ isEngaged }) => isEngaged) ? 'Customer Engaged' : 'Customer';
    }
    if (open.length > 0) return 'Opportunity Open';
    if (some('Sales Working')) return 'Sales Working';
    if (some('Qualified')) return 'Qualified';
    const touched = later(...leads.map(({ touched }) => touched), last(/^An unknown visitor/)?.on);
    const ended = later(...terms.map(({ to }) => to));
    const isOver = terms.length > 0 && terms.every(({ to, from }) => to <= today && from <= today);
    if (isOver && touched < ended && !leads.some(({ isEngaged }) => isEngaged)) return 'Churned';
    const isPast =
      some('Nurture') || deals.some(({ state }) => state !== 'open') || terms.some(({ to }) => to <= today);
    return touched !== '' || isPast ? 'Nurture' : 'Pre-Qualified';
  };
  return { account: account(), leads: Object.fromEntries(leads.map(({ name, status }) => [name, status])) };
};
