// Behind each part of a score stand as many touches as it counts.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TouchCaptured } from '../../../events/touch-captured.v1.ts';
import { assessGroup } from '../../../lib/domain/assessment.ts';
import { hear, nothingHeard } from '../../../lib/domain/journal/heard.ts';
import { accountsIn } from '../../../lib/domain/journal/journal-accounts.ts';
import { touchesBehind } from '../../../lib/domain/journal/touches-behind.ts';
import { journal, lastMoment } from '../../simulation/journals.ts';
import { demoRequest, pageView, touch } from '../../simulation/lines.ts';
import { testPlaybook } from '../playbooks.ts';

const seed = Number(process.env.MUSTER_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`touches-behind: MUSTER_SEED=${seed}`);

const playbook = testPlaybook();
const now = new Date(lastMoment).toISOString();
const at = (minute: number): string => `2026-11-20T09:${String(minute).padStart(2, '0')}:00.000Z`;

describe('the touches behind a score', () => {
  it('are as many as each part counts, whoever the person turned out to be', () => {
    let parts = 0;
    fc.assert(
      fc.property(journal(40, { touches: 4, changes: 1 }), (lines) => {
        const heard = nothingHeard<TouchCaptured>();
        for (const line of [...lines, ...lines.slice(0, 5)]) hear(heard, line, line as TouchCaptured);
        for (const group of accountsIn(heard, playbook, (touches) => [...touches])) {
          for (const lead of assessGroup(group, playbook, now).leads) {
            const { identities } = group.members.find(({ leadId }) => leadId === lead.leadId)!;
            const behind = touchesBehind(
              identities.flatMap((id) => heard.identities.get(id)?.touches ?? []),
              playbook,
            );
            for (const { rule, count } of lead.parts) {
              const { touches, more } = behind.get(rule)!;
              expect(touches.length + more).toBe(count);
              parts += 1;
            }
          }
        }
      }),
      { seed, numRuns: 100 },
    );
    expect(parts).toBeGreaterThan(50);
  });

  it('are the latest ten, the latest first, each once, with what they were about', () => {
    const views = Array.from({ length: 13 }, (_, n) => pageView(`v${10 + n}`, at(n), 'anon:1', '/pricing?from=mail'));
    const form = demoRequest('f', at(30), 'bea@acme.example');
    const bot = touch({ id: 'b', occurredAt: at(40), page: { url: 'https://s.example/pricing' }, flag: 'bot' });
    const behind = touchesBehind([...views, form, bot, ...views.slice(0, 3)], playbook);

    expect(behind.get('demo-request')).toEqual({
      touches: [{ id: 'f', at: at(30), kind: 'form', what: 'demo-request' }],
      more: 0,
    });
    const pricing = behind.get('pricing')!;
    expect(pricing.touches[0]).toEqual({ id: 'v22', at: at(12), kind: 'page', what: 'www.seller.example/pricing' });
    expect(pricing.touches.map(({ id }) => id).at(-1)).toBe('v13');
    expect(pricing.more).toBe(3);
  });
});
