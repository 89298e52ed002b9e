// What an earlier release stored is read as this one has it, and kept when it is written again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Started, start } from '../../cli/start.ts';
import type { Item } from '../../lib/ports.ts';
import { allOf, as, replacing } from '../../lib/table/items.ts';
import { type Upcaster, upcast, upcasters } from '../../lib/table/upcasters.ts';
import { eventually } from '../e2e/eventually.ts';
import { earlierItems, writeEarlierFile } from './earlier-file.ts';

const items = earlierItems();
const ofType = (type: string): Item[] => items.filter((item) => item.type === type);
const about = (type: string, email: string): Item => {
  const { leadId } = ofType('lead').find((item) => item.email === email) as Item & { leadId: string };
  return ofType(type).find((item) => item.leadId === leadId)!;
};

describe('an item of the previous release', () => {
  it('has an assignment that was its owner’s first', () => {
    const earlier = about('assignment', 'breached@acme.example');
    expect(as('assignment', earlier)).toMatchObject({
      ...earlier,
      turn: 1,
      assignmentId: `${earlier.generation}.1`,
      qualifiedAt: earlier.at,
      explanation: [],
      history: [],
      listPk: 'OWNED#ada@demo.example',
    });
  });

  it.each([
    ['running@late-works.example', {}, [false, false]],
    ['breached@acme.example', { breachedAt: expect.any(String) }, [true, true]],
    ['answered@old-works.example', { ending: 'answered', met: true, answeredAt: expect.any(String) }, [false, false]],
  ])('has a clock with the steps it had, %s', (email, state, taken) => {
    const { clock } = as('sla', about('sla', email))!;
    expect(clock).toMatchObject({ within: 60_000, used: 0, ...state });
    expect([clock.stoppedAt !== undefined, clock.breachedAt !== undefined]).toEqual(['met' in state, taken[1]]);
    expect(clock.steps.map(({ takenAt }) => takenAt !== undefined)).toEqual(taken);
    expect(clock.steps.map(({ name, work }) => [name, work])).toEqual([
      ['remind-50%', 30_000],
      ['escalate-100%', 60_000],
    ]);
  });

  it('has notices that were sent, with what they said', () => {
    const notices = allOf('notice', items);
    expect(notices).toHaveLength(12);
    for (const { outcome, notice } of notices) {
      expect(outcome).toBe('sent');
      expect(notice.matter.said.join('')).not.toBe('');
    }
    const routed = notices.find(({ notice }) => notice.kind === 'lead-routed')!;
    expect(routed.notice.matter.facts?.map(({ name }) => name)).toEqual(expect.arrayContaining(['Who', 'Why now']));
  });

  it('is left as it is where nothing changed, and becomes the same however often it is read', () => {
    for (const item of items) {
      expect(upcast(upcast(item))).toEqual(upcast(item));
      if (upcasters[item.type] === undefined) expect(upcast(item)).toBe(item);
      else expect(upcast(item)).not.toEqual(item);
    }
  });
});

describe('versions of a shape', () => {
  const steps: Record<string, Upcaster[]> = {
    thing: [(item) => ({ ...item, two: true }), (item) => ({ ...item, three: true })],
  };
  const thing = (more: object) => ({ pk: 'a', sk: 'a', type: 'thing', version: 1, unknown: 'kept', ...more });
  it('are gone through from the one an item has', () => {
    expect(upcast(thing({}), steps)).toEqual(thing({ two: true, three: true }));
    expect(upcast(thing({ schema: 2 }), steps)).toEqual(thing({ schema: 2, three: true }));
    expect(upcast(thing({ schema: 3 }), steps)).toEqual(thing({ schema: 3 }));
  });
  it('of a later release are left as they are', () => {
    expect(upcast(thing({ schema: 9 }), steps)).toEqual(thing({ schema: 9 }));
  });
});

it('a field that a later release added outlives being written by this one', () => {
  const later = { ...as('rep', ofType('rep')[0])!, addedLater: { by: 'a later release' } };
  const { put } = replacing(later, { ...later, reason: 'changed' }) as { put: Item };
  expect(put).toMatchObject({ addedLater: { by: 'a later release' }, reason: 'changed', version: later.version + 1 });
});

describe('a file of the previous release', () => {
  let data = '';
  let started: Started;
  beforeEach(async () => {
    data = mkdtempSync(join(tmpdir(), 'muster-earlier-'));
    writeEarlierFile(join(data, 'muster.db'));
    started = await start({ data, log: { info: () => {}, warn: () => {}, error: (...said) => failures.push(said) } });
  });
  const failures: unknown[] = [];
  afterEach(async () => {
    await started.stop();
    rmSync(data, { recursive: true });
  });
  const read = async (path: string) => {
    const headers = { authorization: `Bearer ${started.readToken}` };
    const response = await fetch(`${started.apiUrl}/api/${path}`, { headers });
    expect([path, response.status]).toEqual([path, 200]);
    return response.text();
  };

  it('opens, is read by every route, loses nothing, and its clocks go on', { timeout: 30_000 }, async () => {
    const accounts = ofType('account-assessment').map(({ pk }) => pk.replace('ACCOUNT#', ''));
    const list = await read('accounts');
    for (const id of accounts) {
      expect(list).toContain(id);
      expect(await read(`accounts/${id}`)).toContain(id);
    }
    for (const lead of ofType('lead')) await read(`leads/${lead.leadId}`);
    for (const path of ['me', 'review', 'data-quality', 'attainment']) await read(path);
    // Due while nothing ran: told by the sweep, to whom the assignment beside the clock names.
    const running = about('sla', 'running@late-works.example');
    const { table } = started.muster.embedded;
    const clock = await eventually({ what: 'the breach of the running clock', withinMs: 20_000 }, async () => {
      const stored = as('sla', await table.get(running))!;
      return stored.clock.breachedAt === undefined ? undefined : stored.clock;
    });
    expect(clock).toMatchObject({ owner: 'ada@demo.example', grade: 'A1' });
    expect(clock.steps.map(({ recipients }) => recipients)).toEqual([undefined, ['grace@demo.example']]);
    for (const { pk, sk, type } of items) expect((await table.get({ pk, sk }))?.type).toBe(type);
    expect(failures).toEqual([]);
  });
});
