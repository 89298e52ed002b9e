// Steps of clocks: that whoever they go to is there, that no two are the same, and that nothing is said twice.
import { suggestion } from '../nearest.ts';
import type { Problem } from '../schema-complaints.ts';
import type { Playbook } from './playbook.ts';
import { usualRemindAt } from './sla.ts';

const parts: ReadonlySet<string> = new Set(['rep', 'manager', 'manager of manager']);

export const checkSla = ({ sla, people }: Playbook): Problem[] => {
  const { steps, remindAt } = sla;
  if (steps === undefined) return [];
  const emails = new Set(people.map(({ email }) => email));
  const seen = new Set<string>();
  const problems = steps.flatMap((step, index): Problem[] => {
    const at = ['sla', 'steps', index];
    const strangers = (step.to ?? []).flatMap((to, number): Problem[] => {
      if (parts.has(to) || emails.has(to)) return [];
      const message = `nobody among \`people\` has ${to}; ${suggestion(to, emails, 'add them there')}`;
      return [{ path: [...at, 'to', number], message }];
    });
    const same = JSON.stringify([step.do, step.at, step.after, step.to]);
    const again = seen.has(same) ? [{ path: at, message: 'is here twice; take one of the two out' }] : [];
    seen.add(same);
    return [...strangers, ...again];
  });
  if (remindAt === usualRemindAt) return problems;
  const message =
    'counts only where there are no `steps`; take it out, or write it as a step: { do: remind, at: "50%" }';
  return [...problems, { path: ['sla', 'remindAt'], message }];
};
