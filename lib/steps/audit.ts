// The audit log: who changed what. Noted before what is noted is done, so that nothing is done that is not noted; the same thing sent
// again is there already. Another thing sent under the same id is another entry: whoever sends chooses the id, and hides nothing by it.
import { dayMilliseconds, dayOf } from '../domain/days.ts';
import type { Deed } from '../domain/deeds.ts';
import { fingerprintOf } from '../domain/ids.ts';
import { ConflictError, type Table, type Write } from '../ports.ts';
import { allOf, replacing, type StoredItem } from '../table/items.ts';
import { auditList, deedKey } from '../table/keys.ts';

export interface AuditPorts {
  table: Pick<Table, 'write'>;
  /** How many days a deed is kept. */
  auditDays: number;
}

/** Of all of it but when, and of what was sent. */
const keyIdOf = ({ id, who, via, saidBy, what, about, lines }: Deed, sent: unknown): string =>
  `${id}.${fingerprintOf(JSON.stringify([who, via, saidBy, what, about, lines, sent]))}`;

/** For what is written with it, all or nothing. `sent`: the body it came in. */
export const deedWrite = (deed: Deed, auditDays: number, sent?: unknown): Write => {
  const { at } = deed;
  const keyId = keyIdOf(deed, sent);
  const list = { listPk: auditList(dayOf(at)), listSk: `${at}#${keyId}` };
  const ttl = Math.ceil((Date.parse(at) + auditDays * dayMilliseconds) / 1_000);
  return replacing(undefined, { ...deedKey(keyId), type: 'deed', ...deed, ...list, ttl });
};

/** Throws where it could not be kept: then it must not be done. */
export const noteDeed = async ({ table, auditDays }: AuditPorts, deed: Deed, sent?: unknown): Promise<void> => {
  try {
    await table.write(deedWrite(deed, auditDays, sent));
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
};

export interface AuditAsked {
  /** Days such as 2026-11-22, both included; today where neither is given. */
  from: string | null;
  to: string | null;
  /** `next` of the page before. */
  cursor: string | null;
}
export interface AuditPage {
  from: string;
  to: string;
  deeds: Deed[];
  /** Null when that is all. */
  next: string | null;
}

const pageSize = 200;
/** A day without any costs one read of the index; a month at a time answers within a second. */
const mostDays = 31;
const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && dayAfter(text, 0) === text;
const dayAfter = (day: string, days: number): string | undefined => {
  const moment = Date.parse(`${day}T00:00:00.000Z`);
  return Number.isNaN(moment) ? undefined : dayOf(new Date(moment + days * dayMilliseconds).toISOString());
};

const cursorShape = /^(\d{4}-\d\d-\d\d)T[\d:.]{8,15}Z#[\x20-\x7e]{1,300}$/;

/** From one day to another, oldest first. Undefined where these are no days, turned round or more than 31, or the cursor is none. */
export const readAudit = async (
  table: Pick<Table, 'list'>,
  asked: AuditAsked,
  /** ISO. */
  now: string,
): Promise<AuditPage | undefined> => {
  const to = asked.to ?? dayOf(now);
  const from = asked.from ?? to;
  const after = asked.cursor === null ? undefined : Buffer.from(asked.cursor, 'base64url').toString();
  const begins = after === undefined ? from : cursorShape.exec(after)?.[1];
  if (!isDay(from) || !isDay(to) || from > to || dayAfter(from, mostDays - 1)! < to) return undefined;
  if (begins === undefined || begins < from || begins > to) return undefined;
  const found: StoredItem<'deed'>[] = [];
  for (let day = begins; day <= to; day = dayAfter(day, 1)!) {
    const items = await table.list(auditList(day), {
      after: day === begins ? after : undefined,
      limit: pageSize - found.length,
    });
    found.push(...allOf('deed', items));
    if (found.length >= pageSize) break;
  }
  const last = found.length >= pageSize ? found.at(-1)?.listSk : undefined;
  const next = last === undefined ? null : Buffer.from(last).toString('base64url');
  return { from, to, deeds: found.map(deedOf), next };
};

const deedOf = ({ id, at, who, via, saidBy, what, about, lines }: Deed): Deed => ({
  ...{ id, at, who, via, what, about },
  ...(saidBy !== undefined && { saidBy }),
  ...(lines !== undefined && { lines }),
});
