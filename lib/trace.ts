// Whose work this is: the id that goes with a form from the door to the mail, and the step that is at it. It says where to look and
// nothing else: no state depends on it. Kept beside the calls rather than in them, so that no rule has to pass it on.
import { AsyncLocalStorage } from 'node:async_hooks';

interface Work {
  traceId?: string | undefined;
  step?: string | undefined;
}

const works = new AsyncLocalStorage<Work>();
const nothing: Work = {};

/** `1-`, when it was minted as seconds in eight hex digits, and 24 more: X-Ray's own, docs.aws.amazon.com/xray. */
const form = /^1-[0-9a-f]{8}-[0-9a-f]{24}$/;
export const isTraceId = (text: string): boolean => form.test(text);

/** What `work` does, and all that it starts, is of that trace; without one, of none. */
export const within = <Value>(traceId: string | undefined, work: () => Value): Value => {
  const { traceId: outer, step } = works.getStore() ?? nothing;
  return traceId === outer ? work() : works.run({ traceId, step }, work);
};

/** Names the step in the lines of its log. Its messages have their own traces. */
export const inStep = <Value>(step: string, work: () => Value): Value => works.run({ step }, work);

export const currentTrace = (): string | undefined => works.getStore()?.traceId;
export const currentStep = (): string | undefined => works.getStore()?.step;

/** The same, said to be of the work at hand unless it says whose it is. */
export const traced = <Carrier extends { traceId?: string | undefined }>(carrier: Carrier): Carrier => {
  const traceId = currentTrace();
  return traceId === undefined || carrier.traceId !== undefined ? carrier : { ...carrier, traceId };
};

/** At most so many are named in one line, the first of them. */
const mostNamed = 100;

/** For the line of a batch: whose work it was, each once. */
export const tracesOf = (traceIds: Iterable<string | undefined>): { traceIds?: string[] } => {
  const distinct = [...new Set(traceIds)].filter((each) => each !== undefined);
  return distinct.length === 0 ? {} : { traceIds: distinct.slice(0, mostNamed) };
};
