// The step behind the intake queues: groups a batch by whom it is about and folds each once, however many lines there are.
import type { Captured } from '../../../events/catalogue.ts';
import { sortLine } from '../../domain/journal/sort-line.ts';
import type { Sorted as SortedLine, Subject } from '../../domain/journal/subjects.ts';
import { daysFrom, type Retention, tooOld } from '../../domain/retention.ts';
import {
  type Clock,
  type Consumer,
  described,
  type Log,
  type Message,
  type Meter,
  type NetworkOwners,
  type Table,
} from '../../ports.ts';
import { quarantineKey } from '../../table/keys.ts';
import { tracesOf, within } from '../../trace.ts';
import { capturedBatch } from '../capture.ts';
import type { PlaybookReader } from '../playbooks.ts';
import { isKeptOut } from './erased.ts';
import { foldBatch, type Work } from './fold-batch.ts';

export interface FoldPorts {
  table: Table;
  playbook: PlaybookReader;
  clock: Clock;
  log: Log;
  meter?: Meter | undefined;
  owners?: NetworkOwners | undefined;
  /** Without it nothing ever grows too old. */
  retention?: Retention | undefined;
}

const idOf = (subject: Subject): string => {
  if (subject.is === 'account') return subject.accountId;
  if ('dealId' in subject) return subject.dealId;
  if (subject.is === 'name') return `name:${subject.nameId}`;
  return subject.is === 'domain' ? `domain:${subject.domain}` : subject.leadId;
};

const quarantine = async (
  { table, clock, log, retention }: FoldPorts,
  line: Captured,
  reason: string,
): Promise<void> => {
  log.warn('line quarantined', { reason });
  const at = new Date(clock.now()).toISOString();
  const ttl = retention && daysFrom(at, retention.quarantineDays);
  const put = { ...quarantineKey(line.id), type: 'quarantine', version: 1, line, reason, at, ttl };
  await table.write({ put, condition: { if: 'always' } });
};

interface Sorted {
  works: Work[];
  failed: Set<string>;
  quarantined: number;
  /** When the line came that waited longest. */
  oldest: string | undefined;
}

const sortedInTime = ({ retention }: FoldPorts, line: Captured, now: string): SortedLine => {
  const refused = tooOld(retention, line, now);
  return refused === undefined ? sortLine(line) : { refused };
};

/** One batch's work by subject. A message that cannot be read at all is failed, and rests in the dead-letter queue. */
const sortBatch = async (ports: FoldPorts, messages: readonly Message[], now: string): Promise<Sorted> => {
  const works = new Map<string, Work>();
  const failed = new Set<string>();
  let quarantined = 0;
  let oldest: string | undefined;
  for (const message of messages) {
    try {
      for (const line of capturedBatch.parse(JSON.parse(message.body))) {
        if (oldest === undefined || line.receivedAt < oldest) oldest = line.receivedAt;
        const sorted = sortedInTime(ports, line, now);
        if (await isKeptOut(ports.table, line, sorted)) continue;
        if ('refused' in sorted) {
          await within(message.traceId, () => quarantine(ports, line, sorted.refused));
          quarantined += 1;
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
      const { id: messageId, attempt, traceId } = message;
      ports.log.error('message refused', { messageId, attempt, ...(traceId && { traceId }), ...described(error) });
      failed.add(message.id);
    }
  }
  return { works: [...works.values()], failed, quarantined, oldest };
};

/** One line and one record a batch: a line a hit would cost as much as half of all the rest. */
const tell = ({ log, meter, clock }: FoldPorts, messages: readonly Message[], sorted: Sorted): void => {
  const { works, failed, quarantined, oldest } = sorted;
  const folded = messages.length - failed.size;
  const outcome = {
    messages: messages.length,
    subjects: works.length,
    ...(failed.size > 0 && { failed: failed.size }),
  };
  log.info('folded', { ...outcome, ...tracesOf(messages.map(({ traceId }) => traceId)) });
  const lag = oldest === undefined ? 0 : Math.max(0, clock.now() - Date.parse(oldest)) / 1_000;
  meter?.record({
    ...{ Folded: folded, FoldFailed: failed.size, Quarantined: quarantined },
    ...(oldest !== undefined && { FoldLagSeconds: lag }),
  });
};

export const createFold =
  (ports: FoldPorts): Consumer =>
  async (messages) => {
    const now = new Date(ports.clock.now()).toISOString();
    const { table, owners, retention } = ports;
    const folding = { table, playbook: await ports.playbook(), now, owners, retention };
    const sorted = await sortBatch(ports, messages, now);
    const { works, failed } = sorted;
    const traces = new Map(messages.map(({ id, traceId }) => [id, traceId]));
    await foldBatch(folding, ports.log, works, failed, traces);
    tell(ports, messages, sorted);
    return { failed: [...failed] };
  };
