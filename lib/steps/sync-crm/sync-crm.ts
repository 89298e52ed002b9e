// Tells the CRM what was judged of its records: status, grade, score and reason, in the properties the connection names. Whatever
// event asks, the present state is told, and once.
import type { PublishedOf } from '../../../events/catalogue.ts';
import { type Crm, CrmUnavailable, type WriteOutcome } from '../../crm.ts';
import type { Connection } from '../../domain/connection.ts';
import type { CrmMapping } from '../../domain/playbook/crm.ts';
import { crmMappingOf } from '../../domain/playbook/crm-mapping.ts';
import { type Clock, type Consumer, described, type Log, type Meter, type Table } from '../../ports.ts';
import { type Heard, heardIn } from '../consume.ts';
import type { PlaybookReader } from '../playbooks.ts';
import { planOf, type Telling } from './plan.ts';
import { type Claim, claim, finish, giveBack, release } from './record-log.ts';

/** The CRM of a connection; undefined where nobody has given its credentials. */
export type CrmOf = (source: string, mapping: CrmMapping) => Promise<Crm | undefined>;

export interface SyncPorts {
  table: Table;
  playbook: PlaybookReader;
  clock: Clock;
  log: Log;
  meter?: Meter | undefined;
  connections: Readonly<Record<string, Connection>>;
  crmOf: CrmOf;
}

/** As many as the smallest of the vendors' batches takes. */
const atOnce = 100;
/** A CRM that is away this short is waited for in the queue; for longer the record waits in its list, and no message dies. */
const queuePatienceMs = 60_000;
const queueTries = 3;
const longerMs = 15 * 60_000;
/** Somebody has to do something about it first. */
const untilMendedMs = 60 * 60_000;

type Asked = Heard<PublishedOf<'judgement-changed.v1'>>;
interface Planned {
  asked: Asked;
  telling: Telling;
}

const retryAtOf = (error: unknown, attempt: number, now: number): string | undefined => {
  const waitMs = error instanceof CrmUnavailable ? (error.retryAfterMs ?? 0) : untilMendedMs;
  const isShort = !(error instanceof CrmUnavailable) || waitMs <= queuePatienceMs;
  if (attempt < queueTries && isShort) return undefined;
  return new Date(now + Math.max(waitMs, longerMs)).toISOString();
};

const crmFor = async ({ crmOf, playbook }: SyncPorts, source: string): Promise<Crm> => {
  const crm = await crmOf(source, crmMappingOf(await playbook(), source));
  if (crm !== undefined) return crm;
  throw new CrmUnavailable('the connection has no credentials', { retryAfterMs: untilMendedMs });
};

type AskedClaim = Claim & { asked: Asked };

/** As things stand now that nobody else can tell it: between the plan and the claim somebody may have told of a later state. */
const stillToTell = async (ports: SyncPorts, claims: readonly AskedClaim[], now: string): Promise<AskedClaim[]> => {
  const asked = new Map(claims.map(({ asked: { event } }) => [`${event.accountId} ${event.leadId ?? ''}`, event]));
  const plans = await Promise.all([...asked.values()].map((whose) => planOf(ports.table, ports.connections, whose)));
  const tellings = new Map(plans.flat().map((telling) => [telling.recordId, telling]));
  const left = claims.map(async (one) => {
    const telling = tellings.get(one.item.recordId);
    if (telling !== undefined && telling.fingerprint !== one.before.written) return { ...one, telling };
    await giveBack(ports, one, now);
    return [];
  });
  return (await Promise.all(left)).flat();
};

/** An outcome of each, whatever happens. */
const outcomesOf = async (
  ports: SyncPorts,
  source: string,
  due: readonly AskedClaim[],
): Promise<readonly WriteOutcome[]> => {
  try {
    const crm = await crmFor(ports, source);
    return await crm.write(due.map(({ telling }) => telling.update));
  } catch (error) {
    return due.map(() => ({ outcome: 'later', error }));
  }
};

const warn = ({ log, meter }: SyncPorts, source: string, error: unknown, records: number): void => {
  meter?.record({ CrmSyncStopped: records });
  if (error instanceof CrmUnavailable) {
    const { message: why, retryAfterMs } = error;
    log.warn('the CRM could not be told', { source, records, why, retryAfterMs });
  } else log.error('the CRM cannot be told as it is set up', { source, records, ...described(error) });
};

/** Writes records of one connection. Answers what of it has to come again by the queue. */
const tell = async (ports: SyncPorts, source: string, planned: readonly Planned[]): Promise<Asked[]> => {
  const now = () => new Date(ports.clock.now()).toISOString();
  const claims: AskedClaim[] = [];
  for (const { asked, telling } of planned) {
    const claimed = await claim(ports, telling, now());
    if (claimed !== undefined) claims.push({ ...claimed, asked });
  }
  const due = await stillToTell(ports, claims, now());
  if (due.length === 0) return [];
  const outcomes = await outcomesOf(ports, source, due);
  const late = outcomes.filter((one) => one.outcome === 'later');
  if (late.length > 0) warn(ports, source, late[0]!.error, late.length);
  const comeAgain = due.map(async (one, place) => {
    const outcome = outcomes[place]!;
    if (outcome.outcome !== 'later') {
      await finish(ports, one, outcome, now());
      return [];
    }
    const retryAt = retryAtOf(outcome.error, one.asked.attempt, ports.clock.now());
    await release(ports, one, now(), retryAt);
    return retryAt === undefined ? [one.asked] : [];
  });
  return (await Promise.all(comeAgain)).flat();
};

/** People and accounts apart: who may not write the one would have the other written again and again, and never noted. */
const chunksOf = (planned: readonly Planned[]): Planned[][] =>
  [...Map.groupBy(planned, ({ telling }) => telling.update.object).values()].flatMap((own) =>
    Array.from({ length: Math.ceil(own.length / atOnce) }, (_, page) => own.slice(page * atOnce, (page + 1) * atOnce)),
  );

export const createSyncCrm =
  (ports: SyncPorts): Consumer =>
  async (messages) => {
    const types = ['judgement-changed.v1'] as const;
    const whose = ({ accountId, leadId = '' }: Asked['event']) => `${accountId} ${leadId}`;
    const { heard, failed } = heardIn(ports.log, messages, types, whose);
    const again = (asked: Asked, error?: unknown): void => {
      if (error) ports.log.error('event failed', { eventId: asked.event.id, ...described(error) });
      failed.push(...asked.messageIds);
    };
    const plans = heard.map(async (asked): Promise<Planned[]> => {
      try {
        const tellings = await planOf(ports.table, ports.connections, asked.event);
        return tellings.map((telling) => ({ asked, telling }));
      } catch (error) {
        again(asked, error);
        return [];
      }
    });
    const bySource = Map.groupBy((await Promise.all(plans)).flat(), ({ telling }) => telling.source);
    const sources = [...bySource].map(async ([source, planned]) => {
      for (const chunk of chunksOf(planned)) {
        try {
          for (const asked of await tell(ports, source, chunk)) again(asked);
        } catch (error) {
          for (const { asked } of chunk) again(asked, error);
        }
      }
    });
    await Promise.all(sources);
    return { failed: [...new Set(failed)] };
  };
