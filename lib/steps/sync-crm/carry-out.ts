// Has a CRM do what somebody asked of it, by its own calls: merge two of its records, convert a lead of its own. What that makes of
// people and accounts here follows from what the CRM then reports, as of any merge that somebody makes there.
import * as z from 'zod';
import { type CrmRequestDue, crmRequestDueV1 } from '../../../events/crm-request-due.v1.ts';
import { type Crm, type CrmOutcome, CrmUnavailable } from '../../crm.ts';
import { type CrmAsking, type CrmRequest, crmRequest } from '../../domain/crm-request.ts';
import { crmMappingOf } from '../../domain/playbook/crm-mapping.ts';
import { type Consumer, described, type Message } from '../../ports.ts';
import { conclude, type PutOff, putOff, type Stored, takeUp } from './request-log.ts';
import type { SyncPorts } from './sync-crm.ts';

/** A CRM that is away this short is waited for in the queue; for longer the request waits in its list, and no message dies. */
const queuePatienceMs = 60_000;
const queueTries = 3;
const longerMs = 15 * 60_000;
/** A merge cannot be undone: none is made that somebody asked for a day ago, and has perhaps seen to otherwise. */
const longestMs = 24 * 60 * 60_000;
/** What is left of a batch then waits for the sweep: the function has 60 s. */
const batchMs = 30_000;

interface Heard {
  requestId: string;
  /** Undefined where only the sweep asks. */
  asked: CrmRequest | undefined;
  messageIds: string[];
  /** Of the message that came most often. */
  attempt: number;
}

const body = z.discriminatedUnion('type', [crmRequest, crmRequestDueV1]);

/** Whether a message is one of these; one that is neither is refused by whoever reads it. */
export const isOfRequest = ({ body }: Message): boolean => /"type":"(?:crm-requested|crm-request-due)\.v1"/.test(body);

/** Each request once: as it was asked last. */
const heardIn = ({ log }: SyncPorts, messages: readonly Message[]): { heard: Heard[]; failed: string[] } => {
  const failed: string[] = [];
  const byRequest = new Map<string, Heard>();
  for (const { id, attempt, ...message } of messages) {
    try {
      const read: CrmRequest | CrmRequestDue = body.parse(JSON.parse(message.body));
      const { requestId } = read;
      const before = byRequest.get(requestId);
      const asked = read.type === 'crm-requested.v1' ? read : before?.asked;
      const messageIds = [...(before?.messageIds ?? []), id];
      byRequest.set(requestId, { requestId, asked, messageIds, attempt: Math.max(before?.attempt ?? 1, attempt) });
    } catch (error) {
      log.error('message refused', { messageId: id, attempt, ...described(error) });
      failed.push(id);
    }
  }
  return { heard: [...byRequest.values()], failed };
};

const crmFor = async ({ crmOf, playbook }: SyncPorts, source: string): Promise<Crm> => {
  const crm = await crmOf(source, crmMappingOf(await playbook(), source));
  if (crm !== undefined) return crm;
  throw new CrmUnavailable('the connection has no credentials', { retryAfterMs: longerMs });
};

type Answer = CrmOutcome & { contact?: string; account?: string };

const callCrm = async (crm: Crm, wants: CrmRequest['wants']): Promise<Answer> => {
  if (wants.call === 'merge') return crm.merge(wants.object, wants.into, wants.from);
  return crm.convert?.(wants.lead, wants.account) ?? { outcome: 'refused', why: 'this CRM has no leads to convert' };
};

/** A call that was not answered may have been heard: what the CRM then says of the next may be what the first one did. */
const asTold = (answer: Answer, { tries }: Stored): Omit<CrmAsking, 'since'> => {
  const { outcome: state, contact, account } = answer;
  if (state === 'written') return { state, contact, account };
  const detail =
    'why' in answer ? answer.why : 'the CRM has no such record, or no longer: it may be deleted, or merged already';
  return {
    state,
    detail: tries === 1 ? detail : `${detail}; an earlier try, which was not answered, may have done it`,
  };
};

/** What our own errors on the way say, which repeat nothing of the CRM's; others may. */
const detailOf = (error: unknown): string => {
  const isTheirs = error instanceof Error && 'code' in error && String(error.code).startsWith('crm-');
  return isTheirs ? error.message : 'it cannot be called as it is set up: the log has more';
};

const retryAtOf = (error: unknown, attempt: number, now: number): string | undefined => {
  const waitMs = error instanceof CrmUnavailable ? (error.retryAfterMs ?? 0) : 0;
  if (attempt < queueTries && waitMs <= queuePatienceMs) return undefined;
  return new Date(now + Math.max(waitMs, longerMs)).toISOString();
};

/** What the CRM answered, or why it could not be asked. */
const ask = async (ports: SyncPorts, { requestId, request }: Stored, attempt: number): Promise<Answer | PutOff> => {
  const { source, wants } = request;
  let wasCalled = false;
  try {
    const crm = await crmFor(ports, source);
    wasCalled = true;
    return await callCrm(crm, wants);
  } catch (error) {
    const retryAt = retryAtOf(error, attempt, ports.clock.now());
    const detail = detailOf(error);
    ports.log.warn('the CRM could not be asked', { requestId, source, detail, retryAt, ...described(error) });
    return { detail, wasCalled, retryAt };
  }
};

/** Answers whether it has to come again by the queue. */
const carryOut = async (ports: SyncPorts, { requestId, asked, attempt }: Heard, isLate: boolean): Promise<boolean> => {
  const now = (): string => new Date(ports.clock.now()).toISOString();
  const taken = await takeUp(ports, requestId, asked, now());
  if (taken === undefined) return false;
  const { request, detail } = taken;
  if (isLate) {
    await putOff(ports, taken, { detail: 'others came before it', wasCalled: false, retryAt: now() }, now());
    return false;
  }
  if (ports.clock.now() - Date.parse(request.at) > longestMs) {
    const tooLate = `not carried out within a day${detail === undefined ? '' : ` (${detail})`}: ask again`;
    await conclude(ports, taken, { state: 'refused', detail: tooLate }, now());
    return false;
  }
  const answer = await ask(ports, taken, attempt);
  if ('outcome' in answer) {
    await conclude(ports, taken, asTold(answer, taken), now());
    return false;
  }
  await putOff(ports, taken, answer, now());
  return answer.retryAt === undefined;
};

export const createCarryOut =
  (ports: SyncPorts): Consumer =>
  async (messages) => {
    const { heard, failed } = heardIn(ports, messages);
    const began = ports.clock.now();
    // One after the other: what is merged on and on is merged in the order it was asked.
    for (const one of heard) {
      try {
        const isLate = ports.clock.now() - began > batchMs;
        if (await carryOut(ports, one, isLate)) failed.push(...one.messageIds);
      } catch (error) {
        ports.log.error('a request failed', { requestId: one.requestId, ...described(error) });
        failed.push(...one.messageIds);
      }
    }
    return { failed };
  };
