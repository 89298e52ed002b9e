// What facts can tell of touches that feed several signals, against the touches themselves.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { factsOfDay } from '../../../lib/domain/facts/count-day.ts';
import { distinctTouches } from '../../../lib/domain/scoring/distinct-touches.ts';
import { matchedSignals } from '../../../lib/domain/signals.ts';
import { touch } from '../../simulation/lines.ts';
import { testPlaybook } from '../playbooks.ts';

const playbook = testPlaybook();
const signals = ['pricing', 'any-page', 'webinar', 'demo-request'];
const what = fc.oneof(
  fc
    .constantFrom('/', '/pricing', '/pricing/plans', '/about')
    .map((path) => ({ page: { url: `https://a.example${path}` } })),
  fc.constant({ kind: 'webinar' as const, campaign: 'spring' }),
  fc.constant({ kind: 'form' as const, form: { id: 'demo-request', answers: {} } }),
);
const touches = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), what), { minLength: 1, maxLength: 12 }).map((list) =>
  list.map(([second, given], n) => {
    const occurredAt = new Date(Date.parse('2026-11-19T09:00:00.000Z') + second * 1_000).toISOString();
    return touch({ id: `t${n}`, occurredAt, ...given });
  }),
);

it('are never more than there were, no fewer than of any signal, and all of them where no signals overlap', () => {
  fc.assert(
    fc.property(touches, fc.subarray(signals, { minLength: 1 }), (list, wanted) => {
      const facts = factsOfDay(list, playbook);
      const counts = wanted.flatMap((signal) => (facts[signal] ? [facts[signal]] : []));
      const found = distinctTouches(counts).reduce((sum, { count }) => sum + count, 0);
      const feeding = list.map((one) => matchedSignals(one, playbook).filter((signal) => wanted.includes(signal)));
      const distinct = feeding.filter((of) => of.length > 0).length;
      expect(found).toBeLessThanOrEqual(distinct);
      expect(found).toBeGreaterThanOrEqual(Math.max(0, ...counts.map(([, count]) => count)));
      if (feeding.every((of) => of.length < 2)) expect(found).toBe(distinct);
    }),
    { seed: 20_261_122, numRuns: 500 },
  );
});
