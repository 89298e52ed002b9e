// Alarms on queues: what nobody could work off, and what waits for longer than is normal for it.
import { ofQueue } from '../watched-metrics.ts';
import { type AlarmRow, blipIsQuiet, minute, type Watched } from './row.ts';

interface Waiting {
  carries: string;
  /** How old its oldest may be. More than three times as long as a message that failed is hidden: it counts until it has been tried three
   * times, and one message nobody can work off is told of when it is a dead letter, not twice. A test holds it to that. */
  minutes: number;
  severity: AlarmRow['severity'];
}

const waiting: Readonly<Record<string, Waiting>> = {
  prompt: { carries: 'forms, CRM changes and decisions', minutes: 10, severity: 'now' },
  hits: { carries: 'web hits', minutes: 15, severity: 'today' },
  // A new playbook has 5,000 accounts judged every five minutes.
  assess: { carries: 'accounts to be judged', minutes: 15, severity: 'now' },
  route: { carries: 'leads to be given to a rep', minutes: 10, severity: 'now' },
  sla: { carries: 'clocks to be started and stopped', minutes: 10, severity: 'now' },
  timers: { carries: 'steps of clocks that are due', minutes: 10, severity: 'now' },
  notify: { carries: 'mails to be sent', minutes: 10, severity: 'now' },
  operate: { carries: 'what operators asked for', minutes: 30, severity: 'today' },
  salesforce: { carries: 'changes told by Salesforce', minutes: 10, severity: 'today' },
  // CRMs have limits a day, and are asked to wait for hours; that waits in the table. A batch may take a minute.
  'sync-crm': { carries: 'judgements to be told to a CRM', minutes: 30, severity: 'today' },
  outbound: { carries: 'posts to programs and channels', minutes: 15, severity: 'today' },
  publish: { carries: 'batches of the table’s stream', minutes: 5, severity: 'now' },
};

const waitingOn = (queue: string): Waiting => {
  const found = waiting[queue];
  if (found === undefined)
    throw new Error(`infra/alarms/of-queues.ts does not say how long the queue ${queue} may wait`);
  return found;
};

export const ofQueues = ({ tenant: { name: tenant }, queues, deadLetters }: Watched): AlarmRow[] => [
  ...deadLetters.map((queue): AlarmRow => {
    const { carries, severity } = waitingOn(queue);
    return {
      name: `dead-letters-${queue}`,
      says: `Of the ${carries}, some could not be worked off and wait with the dead letters of ${queue}.`,
      severity,
      watch: ofQueue(`muster-${tenant}-${queue}-dlq`, 'ApproximateNumberOfMessagesVisible', 'Maximum'),
      bad: { over: 0 },
      // A dead letter failed five times already: it is no blip.
      ...{ every: minute, times: 1, of: 1, silence: 'fine' },
    };
  }),
  ...queues.map((queue): AlarmRow => {
    const { carries, severity, minutes } = waitingOn(queue);
    return {
      name: `waiting-${queue}`,
      says: `Of the ${carries}, the oldest has waited for more than ${minutes} minutes.`,
      severity,
      watch: ofQueue(`muster-${tenant}-${queue}`, 'ApproximateAgeOfOldestMessage', 'Maximum'),
      bad: { over: minutes * minute },
      ...blipIsQuiet,
    };
  }),
];
