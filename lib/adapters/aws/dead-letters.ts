// The DeadLetters port on SQS. A letter is looked at by receiving it: until it is let go, or two minutes are over, nobody else sees it.
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { DeadLetter, DeadLetters, RedrivenQueue } from '../../mending.ts';
import { within } from '../../trace.ts';
import { sendUntilTaken } from './partial-failure.ts';
import { createQueue } from './queue.ts';

/** Where the letters of a queue rest, and the queue itself; the stream has none to send them to. */
export interface DeadLetterUrls {
  dead: string;
  queue?: string | undefined;
}

const atOnce = 10;
const hiddenSeconds = 120;
/** At most so many are looked at in one call: some 10 s. */
const mostLetters = 2_000;

interface Received extends DeadLetter {
  receipt: string;
  traceId: string | undefined;
}

/** Each with the trace it had: those of one together. */
const sendAgain = async (
  url: string,
  client: SQSClient,
  bodies: readonly { body: string; traceId: string | undefined }[],
) => {
  for (const [traceId, own] of Map.groupBy(bodies, (one) => one.traceId))
    await within(traceId, () => createQueue(url, client).send(own.map(({ body }) => body)));
};

const received = ({ MessageId = '', Body = '', ReceiptHandle = '', Attributes, ...rest }: Message): Received => ({
  id: MessageId,
  body: Body,
  receipt: ReceiptHandle,
  traceId: rest.MessageAttributes?.traceId?.StringValue,
  since: new Date(Number(Attributes?.SentTimestamp ?? 0)).toISOString(),
});

export function createDeadLetters(
  urls: Readonly<Partial<Record<RedrivenQueue, DeadLetterUrls>>>,
  client = new SQSClient(),
): DeadLetters {
  const urlsOf = (queue: RedrivenQueue): DeadLetterUrls => {
    const found = urls[queue];
    if (found === undefined) throw Object.assign(new Error(`${queue} has no dead letters`), { code: 'no-such-queue' });
    return found;
  };

  /** Who waits a second asks all of its servers: when none has any, there is none. */
  async function page(url: string): Promise<Received[]> {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        ...{ QueueUrl: url, MaxNumberOfMessages: atOnce, VisibilityTimeout: hiddenSeconds, WaitTimeSeconds: 1 },
        MessageSystemAttributeNames: ['SentTimestamp'],
        MessageAttributeNames: ['traceId'],
      }),
    );
    return Messages.map(received);
  }

  async function depthOf(url: string): Promise<number> {
    const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
    const { Attributes = {} } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...AttributeNames] }),
    );
    return AttributeNames.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
  }

  /** Takes letters until there are no more, or enough are wanted. Whoever takes them lets them go or removes them. */
  async function take(url: string, isEnough: (taken: readonly Received[]) => boolean): Promise<Received[]> {
    const taken: Received[] = [];
    while (taken.length < mostLetters && !isEnough(taken)) {
      const more = await page(url);
      if (more.length === 0) break;
      taken.push(...more);
    }
    return taken;
  }

  type Entry = { Id: string; ReceiptHandle: string };
  async function each(
    what: string,
    letters: readonly Received[],
    send: (entries: Entry[]) => Promise<{ Failed?: { Id?: string | undefined }[] | undefined }>,
  ) {
    for (let from = 0; from < letters.length; from += atOnce) {
      const entries = letters.slice(from, from + atOnce).map(({ receipt }, index) => ({
        ...{ Id: String(index), ReceiptHandle: receipt },
      }));
      await sendUntilTaken(what, entries, async (left) => {
        const { Failed = [] } = await send([...left]);
        const failed = new Set(Failed.map(({ Id }) => Id));
        return left.filter(({ Id }) => failed.has(Id));
      });
    }
  }

  const remove = (url: string, letters: readonly Received[]) =>
    each('removing dead letters', letters, (Entries) =>
      client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries })),
    );

  const letGo = (url: string, letters: readonly Received[]) =>
    each('letting dead letters go', letters, (entries) =>
      client.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl: url,
          Entries: entries.map((entry) => ({ ...entry, VisibilityTimeout: 0 })),
        }),
      ),
    );

  return {
    queues: Object.keys(urls) as RedrivenQueue[],

    count: (queue) => depthOf(urlsOf(queue).dead),

    async waiting(queue) {
      const { queue: url } = urlsOf(queue);
      // SQS says nobody when the first was sent but whoever receives it; CloudWatch says it minutes late.
      return url === undefined ? undefined : { count: await depthOf(url) };
    },

    async list(queue, limit) {
      const { dead } = urlsOf(queue);
      const taken = await take(dead, ({ length }) => length >= limit);
      await letGo(dead, taken);
      const sorted = taken.sort((a, b) => (a.since < b.since ? -1 : 1)).slice(0, limit);
      return sorted.map(({ id, body, since }) => ({ id, body, since }));
    },

    async redrive(queue, { before, ids, limit }) {
      const { dead, queue: target } = urlsOf(queue);
      if (target === undefined) throw Object.assign(new Error(`${queue} has no queue`), { code: 'no-such-queue' });
      const isMeant = ({ id, since }: Received) => since < before && (ids === undefined || ids.includes(id));
      const enough = Math.min(limit, ids?.length ?? limit);
      const taken = await take(dead, (all) => all.filter(isMeant).length >= enough);
      const meant = taken.filter(isMeant).slice(0, enough);
      const chosen = new Set(meant);
      // Sent before they are removed: cut short in between, they are sent twice, which every step knows.
      if (meant.length > 0) await sendAgain(target, client, meant);
      await remove(dead, meant);
      const left = taken.filter((letter) => !chosen.has(letter));
      await letGo(dead, left);
      return meant.length;
    },

    async rewrite(queue, change) {
      const { dead } = urlsOf(queue);
      const taken = await take(dead, () => false);
      const changes = taken.map((letter) => ({ letter, next: change(letter.body) }));
      const changed = changes.filter(({ letter, next }) => next !== letter.body);
      const again = changed.flatMap(({ letter, next }) =>
        next === undefined ? [] : [{ body: next, traceId: letter.traceId }],
      );
      if (again.length > 0) await sendAgain(dead, client, again);
      await remove(
        dead,
        changed.map(({ letter }) => letter),
      );
      const same = changes.filter(({ letter, next }) => next === letter.body).map(({ letter }) => letter);
      await letGo(dead, same);
      return { changed: changed.length, isAll: taken.length < mostLetters };
    },
  };
}
