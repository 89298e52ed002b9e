// Folds what a batch has for each identity, person and account, each once and in the order they need each other.
import type { Captured } from '../../../events/catalogue.ts';
import type { DecidedOn } from '../../domain/identity-decisions.ts';
import type { Alias, Link, Subject } from '../../domain/journal/subjects.ts';
import type { Meaning } from '../../domain/match-decisions.ts';
import { described, type Log } from '../../ports.ts';
import type { StoredItem } from '../../table/items.ts';
import { within } from '../../trace.ts';
import { type AccountTask, foldAccounts } from './fold-account.ts';
import { foldDeal } from './fold-deal.ts';
import { foldIdentity } from './fold-identity.ts';
import { foldDomain, foldName } from './fold-meaning.ts';
import { foldPerson } from './fold-person.ts';
import type { Folding } from './folding.ts';
import { addIdentity, addMerged, type PersonTasks } from './person-tasks.ts';
import { isSettled, markSettled, settleNames } from './settle-names.ts';
import { settlePeople } from './settle-people.ts';
import { settleRecords } from './settle-records.ts';

/** What a batch has for one subject, and the messages it came in. */
export interface Work {
  subject: Subject;
  lines: Captured[];
  links: Link[];
  aliases: Alias[];
  /** Records that were merged into this one. */
  tookIn: string[];
  decisions: DecidedOn[];
  meanings: Meaning[];
  messageIds: Set<string>;
}

type MessageIds = ReadonlySet<string>;

/** What the stages of a batch hand on: the persons to tell, and who has to be settled with others. */
interface Batch {
  folding: Folding;
  log: Log;
  works: readonly Work[];
  persons: PersonTasks;
  /** Whoever turned out to be another name of somebody else. */
  survivors: PersonTasks;
  names: Unsettled[];
  people: Unsettled[];
  /** Runs it; should it fail, its messages did, and it answers so. */
  attempt: (messageIds: MessageIds, fold: () => Promise<void>) => Promise<boolean>;
}
interface Unsettled {
  item: StoredItem<'lead'>;
  messageIds: MessageIds;
}

const foldIdentities = async ({ folding, log, works, persons, names, attempt }: Batch): Promise<void> => {
  await Promise.all(
    works.map(({ subject, messageIds, ...work }) =>
      attempt(messageIds, async () => {
        if (subject.is !== 'visitor' && subject.is !== 'crm') return;
        const { leadId, is: kind } = subject;
        const about = subject.is === 'visitor' ? { signedIn: subject.signedIn } : { record: subject.record };
        const identity = await foldIdentity(folding, { leadId, kind, ...work, ...about });
        addIdentity(persons, identity, messageIds);
        if (!isSettled(identity)) names.push({ item: identity, messageIds });
        for (const { other } of work.aliases) {
          if (identity.aliases?.[other] === undefined) {
            log.warn('alias refused', { names: [leadId, other], reason: 'too many names' });
          }
        }
      }),
    ),
  );
};

const settleAllNames = async ({ folding, log, persons, names, attempt }: Batch): Promise<void> => {
  for (const { item, messageIds } of names) {
    await attempt(messageIds, async () => {
      if (item.kind === 'crm') {
        for (const each of await settleRecords(folding, item.leadId)) addIdentity(persons, each, messageIds);
        return;
      }
      const { names, refusals } = await settleNames(folding, item.leadId);
      for (const each of names) addIdentity(persons, each, messageIds);
      for (const refusal of refusals) log.warn('alias refused', { ...refusal });
    });
  }
};

const foldPersons = async ({ folding, persons, survivors, people, attempt }: Batch): Promise<void> => {
  await Promise.all(
    [...persons.values()].map((task) =>
      attempt(task.messageIds, async () => {
        const person = await foldPerson(folding, task);
        addMerged(survivors, person, task.messageIds);
        if (!isSettled(person)) people.push({ item: person, messageIds: task.messageIds });
      }),
    ),
  );
};

const settleAllPeople = async ({ folding, survivors, people, attempt }: Batch): Promise<void> => {
  for (const { item, messageIds } of people) {
    await attempt(messageIds, async () => {
      for (const each of await settlePeople(folding, item.leadId)) addMerged(survivors, each, messageIds);
    });
  }
  await Promise.all(
    [...survivors.values()].map((task) =>
      attempt(task.messageIds, async () => {
        await foldPerson(folding, task);
      }),
    ),
  );
};

/** What decides whose leads are, and so may move persons. */
const foldWhatMovesPersons = async ({ folding, works, attempt }: Batch): Promise<void> => {
  const accounts = works.flatMap(({ subject, lines, messageIds }): AccountTask[] =>
    subject.is === 'account' ? [{ ...subject, lines, attempt: (fold) => attempt(messageIds, fold) }] : [],
  );
  await foldAccounts(folding, accounts);
  for (const { subject, lines, meanings, messageIds } of works) {
    await attempt(messageIds, async () => {
      if ('dealId' in subject) await foldDeal(folding, { ...subject, lines });
      if (subject.is === 'name') await foldName(folding, subject, meanings);
      if (subject.is === 'domain') await foldDomain(folding, subject, meanings);
    });
  }
};

type Traces = ReadonlyMap<string, string | undefined>;

/** What several messages were about is the work of the last of them. */
const lastTrace = (messageIds: MessageIds, traces: Traces | undefined): string | undefined =>
  [...messageIds].map((id) => traces?.get(id)).findLast((traceId) => traceId !== undefined);

/** Folds works on distinct subjects, each within the trace of its messages, and notes the messages of those that failed. */
export const foldBatch = async (
  folding: Folding,
  log: Log,
  works: readonly Work[],
  failed: Set<string>,
  traces?: Traces,
): Promise<void> => {
  const attempt: Batch['attempt'] = (messageIds, fold) =>
    within(lastTrace(messageIds, traces), async () => {
      try {
        await fold();
        return true;
      } catch (error) {
        log.error('fold failed', described(error));
        for (const id of messageIds) failed.add(id);
        return false;
      }
    });
  const persons: PersonTasks = new Map();
  for (const { subject, lines, decisions, messageIds } of works) {
    if (subject.is !== 'person') continue;
    persons.set(subject.leadId, { ...subject, lines, decisions, parts: [], messageIds: new Set(messageIds) });
  }
  const batch: Batch = { folding, log, works, persons, survivors: new Map(), names: [], people: [], attempt };
  // Each item has one writer at a time: identities first, then the persons who hold them, then whoever these turned out to be,
  // then accounts and what stands for them, which may move persons. What concerns several items is settled one by one.
  await foldIdentities(batch);
  await settleAllNames(batch);
  await foldPersons(batch);
  await settleAllPeople(batch);
  for (const { item, messageIds } of [...batch.names, ...batch.people]) {
    if ([...messageIds].some((id) => failed.has(id))) continue;
    await attempt(messageIds, () => markSettled(folding, item));
  }
  await foldWhatMovesPersons(batch);
};
