// The step behind the intake queues: groups a batch by whom it is about and folds each once, however many lines there are.
import type { Captured } from '../../../events/catalogue.ts';
import { type Link, type Subject, sortLine } from '../../domain/journal/sort-line.ts';
import { holderOf } from '../../domain/lead.ts';
import { type Clock, type Consumer, described, type Log, type Table } from '../../ports.ts';
import type { StoredItem } from '../../table/items.ts';
import { quarantineKey } from '../../table/keys.ts';
import { capturedBatch } from '../capture.ts';
import type { PlaybookReader } from '../playbooks.ts';
import { foldAccount } from './fold-account.ts';
import { foldIdentity } from './fold-identity.ts';
import { foldPerson, type PersonWork } from './fold-person.ts';
import type { Folding } from './folding.ts';

export interface FoldPorts {
  table: Table;
  playbook: PlaybookReader;
  clock: Clock;
  log: Log;
}

interface Work {
  subject: Subject;
  lines: Captured[];
  links: Link[];
  messageIds: Set<string>;
}

const idOf = (subject: Subject): string => (subject.is === 'account' ? subject.accountId : subject.leadId);

const quarantine = async ({ table, clock, log }: FoldPorts, line: Captured, reason: string): Promise<void> => {
  log.warn('line quarantined', { reason });
  const at = new Date(clock.now()).toISOString();
  const put = { ...quarantineKey(line.id), type: 'quarantine', version: 1, line, reason, at };
  await table.write({ put, condition: { if: 'always' } });
};

/** One batch's work by subject. A message that cannot be read at all is failed, and rests in the dead-letter queue. */
const sortBatch = async (
  ports: FoldPorts,
  messages: Parameters<Consumer>[0],
): Promise<{ works: Work[]; failed: Set<string> }> => {
  const works = new Map<string, Work>();
  const failed = new Set<string>();
  for (const message of messages) {
    try {
      for (const line of capturedBatch.parse(JSON.parse(message.body))) {
        const sorted = sortLine(line);
        if ('refused' in sorted) {
          await quarantine(ports, line, sorted.refused);
          continue;
        }
        for (const { subject, line, link } of sorted.assignments) {
          const id = idOf(subject);
          const work = works.get(id) ?? { subject, lines: [], links: [], messageIds: new Set() };
          if (line !== undefined) work.lines.push(line);
          if (link !== undefined) work.links.push(link);
          work.messageIds.add(message.id);
          works.set(id, work);
        }
      }
    } catch (error) {
      ports.log.error('message refused', { messageId: message.id, attempt: message.attempt, ...described(error) });
      failed.add(message.id);
    }
  }
  return { works: [...works.values()], failed };
};

interface PersonTask extends PersonWork {
  parts: PersonWork['parts'][number][];
  messageIds: Set<string>;
}

/** Every person an identity was ever linked to: its holder takes it in, the others let it go. */
const addIdentity = (persons: Map<string, PersonTask>, identity: StoredItem<'lead'>, work: Work): void => {
  if (identity.kind === 'email') return;
  const holder = holderOf(identity.kind, identity.links);
  for (const [leadId, { email }] of Object.entries(identity.links)) {
    const task = persons.get(leadId) ?? { leadId, email, lines: [], parts: [], messageIds: new Set() };
    const { leadId: id, version, own } = identity;
    task.parts.push({ id, version, ...(leadId === holder && { state: own }) });
    for (const id of work.messageIds) task.messageIds.add(id);
    persons.set(leadId, task);
  }
};

export const createFold = (ports: FoldPorts): Consumer => {
  const { table, log } = ports;
  const attempt = async (
    messageIds: Iterable<string>,
    failed: Set<string>,
    fold: () => Promise<void>,
  ): Promise<void> => {
    try {
      await fold();
    } catch (error) {
      log.error('fold failed', described(error));
      for (const id of messageIds) failed.add(id);
    }
  };
  const foldBatch = async (folding: Folding, works: readonly Work[], failed: Set<string>): Promise<void> => {
    const persons = new Map<string, PersonTask>();
    for (const { subject, lines, messageIds } of works) {
      if (subject.is !== 'person') continue;
      persons.set(subject.leadId, { ...subject, lines, parts: [], messageIds });
    }
    // Each item has one writer within a batch: identities first, then the persons who hold them, then accounts, whose
    // claims may move persons.
    await Promise.all(
      works.map((work) =>
        attempt(work.messageIds, failed, async () => {
          const { subject, lines, links } = work;
          if (subject.is !== 'visitor' && subject.is !== 'crm') return;
          const identity = await foldIdentity(folding, {
            leadId: subject.leadId,
            kind: subject.is,
            lines,
            links,
          });
          addIdentity(persons, identity, work);
        }),
      ),
    );
    await Promise.all(
      [...persons.values()].map((task) => attempt(task.messageIds, failed, () => foldPerson(folding, task))),
    );
    for (const { subject, lines, messageIds } of works) {
      if (subject.is !== 'account') continue;
      await attempt(messageIds, failed, () => foldAccount(folding, { accountId: subject.accountId, lines }));
    }
  };
  return async (messages) => {
    const now = new Date(ports.clock.now()).toISOString();
    const folding = { table, playbook: await ports.playbook(), now };
    const { works, failed } = await sortBatch(ports, messages);
    await foldBatch(folding, works, failed);
    return { failed: [...failed] };
  };
};
