// Folds what a batch has for each identity, person and account, each once and in the order they need each other.
import type { Captured } from '../../../events/catalogue.ts';
import type { Alias, Link, Subject } from '../../domain/journal/sort-line.ts';
import { holderIn } from '../../domain/visitor-names.ts';
import { described, type Log } from '../../ports.ts';
import type { StoredItem } from '../../table/items.ts';
import { foldAccount } from './fold-account.ts';
import { foldIdentity } from './fold-identity.ts';
import { foldPerson, type PersonWork } from './fold-person.ts';
import type { Folding } from './folding.ts';
import { isSettled, markSettled, settleNames } from './settle-names.ts';

/** What a batch has for one subject, and the messages it came in. */
export interface Work {
  subject: Subject;
  lines: Captured[];
  links: Link[];
  aliases: Alias[];
  messageIds: Set<string>;
}

interface PersonTask extends PersonWork {
  parts: PersonWork['parts'][number][];
  messageIds: Set<string>;
}

/** Every person an identity ever was: its holder takes it in, the others let it go. */
const addIdentity = (
  persons: Map<string, PersonTask>,
  identity: StoredItem<'lead'>,
  messageIds: ReadonlySet<string>,
): void => {
  const holder = holderIn(identity);
  const linked = Object.entries(identity.links).map(([leadId, { email }]) => [leadId, email]);
  const everyone: Record<string, string> = { ...identity.heirsBefore, ...Object.fromEntries(linked) };
  for (const [leadId, email] of Object.entries(everyone)) {
    const task = persons.get(leadId) ?? { leadId, email, lines: [], parts: [], messageIds: new Set() };
    const { leadId: id, version, own } = identity;
    task.parts.push({ id, version, ...(leadId === holder && { state: own }) });
    for (const id of messageIds) task.messageIds.add(id);
    persons.set(leadId, task);
  }
};

/** Folds works on distinct subjects, and notes the messages of those that failed. */
export const foldBatch = async (
  folding: Folding,
  log: Log,
  works: readonly Work[],
  failed: Set<string>,
): Promise<void> => {
  const attempt = async (messageIds: Iterable<string>, fold: () => Promise<void>): Promise<void> => {
    try {
      await fold();
    } catch (error) {
      log.error('fold failed', described(error));
      for (const id of messageIds) failed.add(id);
    }
  };
  const persons = new Map<string, PersonTask>();
  for (const { subject, lines, messageIds } of works) {
    if (subject.is !== 'person') continue;
    persons.set(subject.leadId, { ...subject, lines, parts: [], messageIds: new Set(messageIds) });
  }
  // Each item has one writer within a batch: identities first, then the persons who hold them, then accounts, whose
  // claims may move persons.
  const unsettled: { name: StoredItem<'lead'>; messageIds: ReadonlySet<string> }[] = [];
  await Promise.all(
    works.map(({ subject, messageIds, lines, links, aliases }) =>
      attempt(messageIds, async () => {
        if (subject.is !== 'visitor' && subject.is !== 'crm') return;
        const { leadId, is: kind } = subject;
        const signedIn = subject.is === 'visitor' ? subject.signedIn : undefined;
        const identity = await foldIdentity(folding, { leadId, kind, lines, links, aliases, signedIn });
        addIdentity(persons, identity, messageIds);
        if (!isSettled(identity)) unsettled.push({ name: identity, messageIds });
        for (const { other } of aliases) {
          if (identity.aliases?.[other] === undefined) {
            log.warn('alias refused', { names: [leadId, other], reason: 'too many names' });
          }
        }
      }),
    ),
  );
  // One by one, as they may concern the same names.
  for (const { name, messageIds } of unsettled) {
    await attempt(messageIds, async () => {
      const { names, refusals } = await settleNames(folding, name.leadId);
      for (const each of names) addIdentity(persons, each, messageIds);
      for (const refusal of refusals) log.warn('alias refused', { ...refusal });
    });
  }
  await Promise.all([...persons.values()].map((task) => attempt(task.messageIds, () => foldPerson(folding, task))));
  for (const { name, messageIds } of unsettled) {
    if ([...messageIds].some((id) => failed.has(id))) continue;
    await attempt(messageIds, () => markSettled(folding, name));
  }
  for (const { subject, lines, messageIds } of works) {
    if (subject.is !== 'account') continue;
    await attempt(messageIds, () => foldAccount(folding, { accountId: subject.accountId, lines }));
  }
};
