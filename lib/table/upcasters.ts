// What an earlier release wrote, as this one has it: a step for each kind of item and version, applied wherever items are read. The
// stored item becomes one of today when it is next written; nothing has to be rewritten before a release runs.
import type { Item } from '../ports.ts';
import { ownedList } from './keys.ts';

/** Makes an item of one version one of the next. Pure; fields it does not know it keeps. */
export type Upcaster = (item: Item) => Item;

interface EarlierAssignment {
  leadId: string;
  generation: string;
  owner: { email: string; name: string };
  at: string;
}

/** An assignment was all there was of it: nobody counted turns. It was its owner's first. */
const firstTurn: Upcaster = (item) => {
  if ('assignmentId' in item) return item;
  const { leadId, generation, owner, at } = item as Item & EarlierAssignment;
  const listed = { listPk: ownedList(owner.email), listSk: `${at}#${leadId}` };
  const turn = { turn: 1, assignmentId: `${generation}.1`, qualifiedAt: at, explanation: [], history: [] };
  return { ...item, ...turn, ...listed };
};

interface EarlierClock {
  generation: string;
  startedAt: string;
  remindAt: string;
  dueAt: string;
  remindedAt?: string;
  breachedAt?: string;
  stoppedAt?: string;
  met?: boolean;
}

const ended = ({ stoppedAt, met }: EarlierClock): object => {
  if (stoppedAt === undefined) return {};
  return met === undefined ? { ending: 'over' } : { ending: 'answered', answeredAt: stoppedAt };
};

/** A clock had two moments and said neither whose it was nor of what grade its lead: that stands beside it (`steps/sla`). Time until
 * it is due counts as all working time, which only matters where somebody pauses it. */
const clockOfSteps: Upcaster = (item) => {
  const { clock } = item as Item & { clock: EarlierClock };
  if ('assignmentId' in clock) return item;
  const { remindAt, remindedAt, ...kept } = clock;
  const { generation, startedAt, dueAt, breachedAt } = clock;
  const workUntil = (moment: string): number => Date.parse(moment) - Date.parse(startedAt);
  const step = (name: string, does: string, to: string, at: string, takenAt: string | undefined) => ({
    ...{ name, do: does, to, work: workUntil(at), at },
    ...(takenAt !== undefined && { takenAt }),
  });
  const steps = [
    step('remind-50%', 'remind', 'rep', remindAt, remindedAt ?? breachedAt),
    step('escalate-100%', 'escalate', 'manager', dueAt, breachedAt),
  ];
  const assigned = {
    assignmentId: `${generation}.1`,
    qualifiedAt: startedAt,
    owner: '',
    grade: '',
    routedAt: startedAt,
  };
  const running = { within: workUntil(dueAt), used: 0, acts: [], rests: [], steps, past: [] };
  return { ...item, clock: { ...kept, ...assigned, ...running, ...ended(clock) } };
};

const factLine = /^([A-Z][A-Za-z ]{0,20}): (.*)$/;

/** A notice was its text, and kept once it was sent. */
const noticeOfMatter: Upcaster = (item) => {
  const { notice } = item as Item & { notice: { text?: string } };
  if (notice.text === undefined) return item;
  const { text, ...kept } = notice;
  const lines = text.split('\n').filter((line) => line !== '');
  const facts = lines.flatMap((line) => {
    const [, name, value] = factLine.exec(line) ?? [];
    return name === undefined ? [] : [{ name, value }];
  });
  const said = lines.filter((line) => !factLine.test(line));
  return { outcome: 'sent', ...item, notice: { ...kept, matter: { said, facts } } };
};

/** By kind of item, what makes one of version 1 one of version 2, and so on. What carries no version is of 1 or 2, which only their
 * shape tells apart: releases before this one wrote none. */
export const upcasters: Readonly<Record<string, readonly Upcaster[]>> = {
  assignment: [firstTurn],
  sla: [clockOfSteps],
  notice: [noticeOfMatter],
};

const unnumbered = 2;

/** As today's release has it. One of a later release is as it stands: what that release added, this one keeps. */
export const upcast = (item: Item, known: typeof upcasters = upcasters): Item => {
  const steps = known[item.type];
  if (steps === undefined) return item;
  const { schema = 1 } = item;
  return steps.slice(schema - 1).reduce((older, step) => step(older), item);
};

/** The version items of this kind are written with; none up to the last that was told by shape. */
export const schemaOf = (type: string, known: typeof upcasters = upcasters): { schema?: number } => {
  const version = (known[type]?.length ?? 0) + 1;
  return version > unnumbered ? { schema: version } : {};
};
