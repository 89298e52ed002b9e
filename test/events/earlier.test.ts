// Events of the previous release: those it published are in the stream, on queues and among dead letters when it is replaced.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { captured, type Published, published, samples } from '../../events/catalogue.ts';
import { upcastEvent } from '../../events/earlier.ts';
import { createPublish } from '../../lib/steps/publish.ts';
import { earlierFile, earlierItems } from '../table/earlier-file.ts';

const lines = readFileSync(earlierFile('events.ndjson'), 'utf8').trim().split('\n');
const about = {
  ...{ id: 'evt_3f2c9a7be01d44c8a1b2', at: '2026-11-20T09:30:01.000Z' },
  ...{ accountId: 'acct_5d41402abc4b2a76', leadId: 'lead_9b74c9897bac770f' },
};
const generation = 'evt_0c1d2e3f4a5b6c7d8e9f';
const assignmentId = `${generation}.1`;

describe('an event of the previous release', () => {
  it.each(lines.map((line) => [JSON.parse(line).type, line]))('%s is read', (_, line) => {
    const event: unknown = JSON.parse(line);
    expect(captured.safeParse(event).success || published.safeParse(event).success).toBe(true);
  });

  it('is of the first turn of its lead, and says why a clock stopped', () => {
    const stopped = { type: 'sla-stopped.v1', ...about, generation };
    expect(published.parse({ type: 'lead-routed.v1', ...about, generation })).toMatchObject({ assignmentId });
    expect(published.parse({ ...stopped, met: true })).toEqual({
      ...stopped,
      assignmentId,
      because: 'answered',
      met: true,
    });
    expect(published.parse({ ...stopped, met: false })).toEqual({ ...stopped, assignmentId, because: 'over' });
  });

  it('that reminds is the step of the clock that reminds', () => {
    const reminder = { type: 'sla-reminder-due.v1', ...about, generation, traceId: 'trace_1' };
    const due = { type: 'sla-step-due.v1', ...about, assignmentId, step: 'remind-50%', traceId: 'trace_1' };
    expect(published.parse(reminder)).toEqual(due);
  });

  it('is published from the outboxes of what was stored', async () => {
    const outboxes = earlierItems().flatMap(({ outbox }) => (typeof outbox === 'string' ? [outbox] : []));
    const heard: Published[] = [];
    const bus = { publish: async (events: readonly Published[]) => void heard.push(...events) };
    await createPublish({ bus })(outboxes);
    expect(heard.filter(({ type }) => type === 'lead-routed.v1')).toHaveLength(4);
    expect(heard.filter(({ type }) => type === 'sla-breached.v1')).toHaveLength(2);
  });
});

it('an event of this release is as it stands', () => {
  for (const sample of samples) expect(upcastEvent(sample)).toBe(sample);
});
