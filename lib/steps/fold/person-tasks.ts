// What a batch has to tell each person of the identities that are theirs, or are theirs no longer.
import { isPerson } from '../../domain/ids.ts';
import type { StoredItem } from '../../table/items.ts';
import { asPartOf, type Part } from './earlier-parts.ts';
import { asPart } from './fold-person.ts';
import type { PersonWork } from './person-work.ts';

interface PersonTask extends PersonWork {
  parts: Part[];
  messageIds: Set<string>;
}
export type PersonTasks = Map<string, PersonTask>;

const tell = (
  tasks: PersonTasks,
  { leadId, email }: { leadId: string; email?: string | undefined },
  part: Part,
  messageIds: ReadonlySet<string>,
): void => {
  const task = tasks.get(leadId) ?? { leadId, lines: [], parts: [], messageIds: new Set<string>() };
  task.email ??= email;
  task.parts.push(part);
  for (const id of messageIds) task.messageIds.add(id);
  tasks.set(leadId, task);
};

/** Every person an identity ever was. */
export const everyoneEver = ({ links, decisions = {}, heirsBefore = [] }: StoredItem<'lead'>): Set<string> =>
  new Set([...Object.keys(links), ...Object.keys(decisions).filter(isPerson), ...heirsBefore]);

/** Its holder takes it in, the others let it go. */
export const addIdentity = (
  tasks: PersonTasks,
  identity: StoredItem<'lead'>,
  messageIds: ReadonlySet<string>,
): void => {
  const { kind, links } = identity;
  if (kind === 'email') return;
  for (const leadId of everyoneEver(identity)) {
    tell(tasks, { leadId, email: links[leadId]?.email }, asPartOf(leadId, identity), messageIds);
  }
};

/** Everyone a person ever turned out to be. */
export const addMerged = (tasks: PersonTasks, person: StoredItem<'lead'>, messageIds: ReadonlySet<string>): void => {
  for (const leadId of person.mergedBefore ?? []) tell(tasks, { leadId }, asPart(person, leadId), messageIds);
};
