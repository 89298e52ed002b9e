// The records a stub of a CRM keeps, and what happens to them: each change is told to whoever sends the vendor's webhooks.
import type { StubRecord } from './stub-crm.ts';

export interface RecordEvents<Kind extends string> {
  created(kind: Kind, record: StubRecord): void;
  /** `before`: what the changed properties were. */
  changed(kind: Kind, record: StubRecord, before: Record<string, unknown>): void;
  removed(kind: Kind, record: StubRecord): void;
  merged(kind: Kind, into: StubRecord, from: StubRecord): void;
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

export class StubRecords<Kind extends string> {
  readonly #byKind = new Map<Kind, Map<string, StubRecord>>();
  readonly #events: RecordEvents<Kind>;
  readonly #now: () => number;
  #ids = 100;

  constructor(events: RecordEvents<Kind>, now: () => number) {
    this.#events = events;
    this.#now = now;
  }

  of(kind: Kind): Map<string, StubRecord> {
    const own = this.#byKind.get(kind) ?? new Map<string, StubRecord>();
    this.#byKind.set(kind, own);
    return own;
  }

  /** Neither deleted nor taken in by another. */
  living(kind: Kind, id: string): StubRecord | undefined {
    const record = this.of(kind).get(id);
    return record?.archivedAt === undefined && record?.mergedInto === undefined ? record : undefined;
  }

  create(kind: Kind, properties: Record<string, unknown>, given?: string): string {
    this.#ids += 1;
    const id = given ?? String(this.#ids);
    const at = this.#now();
    const times = { createdAt: at, updatedAt: at, history: [{ at, properties }] };
    const record = { id, properties: { ...properties }, ...times, associations: {} };
    this.of(kind).set(id, record);
    this.#events.created(kind, record);
    return id;
  }

  /** What it is already is no change, and nothing is told of it. */
  change(kind: Kind, id: string, properties: Record<string, unknown>): StubRecord {
    const record = this.#mustLive(kind, id);
    const changed = Object.entries(properties).filter(([name, value]) => !same(record.properties[name], value));
    if (changed.length === 0) return record;
    const before = Object.fromEntries(changed.map(([name]) => [name, record.properties[name] ?? null]));
    Object.assign(record.properties, Object.fromEntries(changed));
    record.updatedAt = this.#now();
    record.history.push({ at: record.updatedAt, properties: Object.fromEntries(changed) });
    this.#events.changed(kind, record, before);
    return record;
  }

  remove(kind: Kind, id: string): void {
    const record = this.#mustLive(kind, id);
    record.archivedAt = this.#now();
    record.updatedAt = record.archivedAt;
    this.#events.removed(kind, record);
  }

  /** What the one that stays does not say, the other does from now on. */
  merge(kind: Kind, into: string, from: string): StubRecord {
    const [stays, goes] = [this.#mustLive(kind, into), this.#mustLive(kind, from)];
    stays.properties = { ...goes.properties, ...stays.properties };
    stays.updatedAt = this.#now();
    goes.mergedInto = into;
    this.#events.merged(kind, stays, goes);
    return stays;
  }

  #mustLive(kind: Kind, id: string): StubRecord {
    const record = this.living(kind, id);
    if (record === undefined) throw new Error(`the stub has no ${kind} ${id}`);
    return record;
  }
}
