// `muster status` as somebody woken at night reads it.
import { expect, it } from 'vitest';
import { type SeenStatus, statusText } from '../../cli/operate/status-text.ts';

const well: SeenStatus = {
  needsAPerson: [],
  queues: [{ queue: 'prompt', waiting: 0, oldestWaiting: null, dead: 0, oldestDead: null }],
  timersLate: 0,
  held: { notices: 0, crmWrites: 0, crmRequests: 0 },
  quarantine: 0,
  sweep: { at: '2026-11-23T02:58:30.000Z' },
  playbook: { number: 3, since: '2026-11-20T09:30:00.000Z' },
  operations: [],
  serverTime: '2026-11-23T03:00:00.000Z',
};

it('says that nothing needs a person', () => {
  expect(statusText(well)).toBe(
    `2026-11-23T03:00:00.000Z
Nothing needs a person.

Queue   Waiting  Oldest  Dead  Oldest
prompt        0       -     0       -

Last sweep   1 min 30 s ago
Timers late  0
Held         0 notices, 0 CRM writes, 0 CRM requests
Quarantine   0 lines
Playbook     version 3, live since 2026-11-20T09:30:00.000Z`,
  );
});

it('says what does first, and of a queue whose first message nobody can date that it is not known', () => {
  const queues = [
    {
      queue: 'prompt',
      waiting: 12,
      oldestWaiting: '2026-11-23T02:59:18.000Z',
      dead: 1,
      oldestDead: '2026-11-20T22:30:00.000Z',
    },
    { queue: 'notify', waiting: 1_200, oldestWaiting: null, dead: 0, oldestDead: null },
    { queue: 'publish', waiting: null, oldestWaiting: null, dead: 0, oldestDead: null },
  ];
  const operations = [{ operationId: 'op_1', operation: 'rebuild', at: '2026-11-23T03:00:00.000Z' }];
  const needsAPerson = ['1 dead letter in prompt', 'the sweep has never run'];
  const held = { notices: 2, crmWrites: 3, crmRequests: 1 };
  const ill = { ...well, ...{ queues, operations, needsAPerson, held, timersLate: 4, quarantine: 1 } };
  expect(statusText({ ...ill, sweep: null, playbook: null })).toBe(
    `2026-11-23T03:00:00.000Z
A person is needed:
  1 dead letter in prompt
  the sweep has never run

Queue    Waiting   Oldest  Dead   Oldest
prompt        12     42 s     1  2 d 4 h
notify      1200  unknown     0        -
publish        -        -     0        -

Last sweep   never
Timers late  4
Held         2 notices, 3 CRM writes, 1 CRM requests
Quarantine   1 line
Playbook     none
Under way    rebuild op_1, asked for 0 s ago`,
  );
});
