// Steps of clocks that cannot be meant are refused, at their place; those that can are not.
import { describe, expect, it, test } from 'vitest';
import { complaints } from './complaints-of.ts';

const within = '  otherwise: { within: 4 hours }\n';
/** Complaints without line and column, `steps` and more being under `sla`. */
const of = (...lines: string[]): string[] =>
  complaints(within, `${within}${lines.map((line) => `  ${line}\n`).join('')}`).map((line) =>
    line.slice(line.indexOf(' ') + 1),
  );

describe('steps', () => {
  it('are taken with shares, times after, people and parts', () => {
    expect(
      of(
        'steps:',
        '  - { do: remind, at: "50%" }',
        '  - { do: escalate, at: "100%", to: [manager, grace@seller.example], urgent: true }',
        '  - { do: escalate, after: 2 hours, to: manager of manager }',
        '  - { do: reassign, after: 4 hours }',
        'onReassign: carry',
        'pauses: { longest: 16 hours }',
      ),
    ).toEqual([]);
    expect(of('remindAt: 0.25')).toEqual([]);
  });

  test.each([
    ['a share beyond the time', '{ do: remind, at: "120%" }', 'must be a share of the time from 1% to 100%'],
    ['neither a share nor a time', '{ do: remind }', 'needs `at` or `after`, one of both'],
    ['both', '{ do: remind, at: "50%", after: 1 hour }', 'needs `at` or `after`, one of both'],
    ['somebody to reassign to', '{ do: reassign, after: 1 hour, to: rep }', 'take out `to`'],
    ['a stranger', '{ do: remind, at: "50%", to: gracia@seller.example }', 'did you mean grace@seller.example'],
  ])('are refused with %s', (_, step, message) => expect(of(`steps: [${step}]`).join()).toContain(message));

  it('are refused where one is there twice, and beside what they stand for', () => {
    expect(of('steps: [{ do: remind, at: "50%" }, { do: remind, at: "50%" }]')).toEqual([
      'sla.steps.1: is here twice; take one of the two out',
    ]);
    expect(of('steps: []', 'remindAt: 0.25').join()).toContain('sla.remindAt: counts only where there are no `steps`');
  });
});
