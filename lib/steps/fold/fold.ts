// The step behind the intake queues: groups a batch by whom it is about and folds each once, however many lines there are.
import type { Captured } from '../../../events/catalogue.ts';
import { type Subject, sortLine } from '../../domain/journal/sort-line.ts';
import { type Clock, type Consumer, described, type Log, type NetworkOwners, type Table } from '../../ports.ts';
import { quarantineKey } from '../../table/keys.ts';
import { capturedBatch } from '../capture.ts';
import type { PlaybookReader } from '../playbooks.ts';
import { isKeptOut } from './erased.ts';
import { foldBatch, type Work } from './fold-batch.ts';

export interface FoldPorts {
  table: Table;
  playbook: PlaybookReader;
  clock: Clock;
  log: Log;
  owners?: NetworkOwners | undefined;
}

const idOf = (subject: Subject): string => {
  if (subject.is === 'account') return subject.accountId;
  if ('dealId' in subject) return subject.dealId;
  if (subject.is === 'name') return `name:${subject.nameId}`;
  return subject.is === 'domain' ? `domain:${subject.domain}` : subject.leadId;
};

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
        if (await isKeptOut(ports.table, line, sorted)) continue;
        if ('refused' in sorted) {
          await quarantine(ports, line, sorted.refused);
          continue;
        }
        for (const { subject, line, link, alias, tookIn, decided, meaning } of sorted.assignments) {
          const id = idOf(subject);
          const work = works.get(id) ?? {
            subject,
            lines: [],
            links: [],
            aliases: [],
            tookIn: [],
            decisions: [],
            meanings: [],
            messageIds: new Set(),
          };
          if (line !== undefined) work.lines.push(line);
          if (link !== undefined) work.links.push(link);
          if (alias !== undefined) work.aliases.push(alias);
          if (tookIn !== undefined) work.tookIn.push(tookIn);
          if (decided !== undefined) work.decisions.push(decided);
          if (meaning !== undefined) work.meanings.push(meaning);
          // A decision may name by its id what others name by address.
          Object.assign(work.subject, subject);
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

export const createFold =
  (ports: FoldPorts): Consumer =>
  async (messages) => {
    const now = new Date(ports.clock.now()).toISOString();
    const folding = { table: ports.table, playbook: await ports.playbook(), now, owners: ports.owners };
    const { works, failed } = await sortBatch(ports, messages);
    await foldBatch(folding, ports.log, works, failed);
    return { failed: [...failed] };
  };
