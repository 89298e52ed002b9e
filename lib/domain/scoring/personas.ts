// The part a person plays in a purchase, as their job title tells it.
import { phraseFinder, remembered } from '../phrases.ts';
import type { Persona } from '../playbook/fit.ts';
import type { Playbook } from '../playbook/playbook.ts';
import { type JobFunction, readTitle, type Seniority } from '../titles.ts';
import type { Subject } from './subject.ts';

export interface Roles {
  seniority?: Seniority | undefined;
  function?: JobFunction | undefined;
  /** Ids of the playbook's personas, in its order; undefined when there are none. */
  personas?: readonly string[] | undefined;
}

type Test = (title: string, read: ReturnType<typeof readTitle>) => boolean;

const testOf = ({ seniority, function: functions, title }: Persona): Test => {
  const has = title === undefined ? () => true : phraseFinder(title);
  return (text, read) =>
    (seniority === undefined || (read.seniority !== undefined && seniority.includes(read.seniority))) &&
    (functions === undefined || (read.function !== undefined && functions.includes(read.function))) &&
    has(text);
};

const readerOf = (playbook: Playbook): ((title: string) => Roles) => {
  const tests = Object.entries(playbook.personas).map(([id, persona]) => ({ id, holds: testOf(persona) }));
  return remembered((title) => {
    const read = readTitle(title);
    const personas = tests.filter(({ holds }) => holds(title, read)).map(({ id }) => id);
    return { ...read, personas: personas.length === 0 ? undefined : personas };
  });
};

/** Made once per playbook object; playbooks are replaced, never changed in place. */
const known = new WeakMap<Playbook, (title: string) => Roles>();

/** What the person's title says; undefined when no title is known. */
export const rolesIn = (playbook: Playbook, { state }: Subject): Roles | undefined => {
  const title = state.profile.jobTitle?.value;
  if (title === undefined) return undefined;
  let read = known.get(playbook);
  if (read === undefined) {
    read = readerOf(playbook);
    known.set(playbook, read);
  }
  return read(title);
};
