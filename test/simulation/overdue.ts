// Whether every account will be judged anew in time. Which moment is stored depends on the order of news, by design: an
// earlier one stays. So it is no part of the state that must be equal; but it must never be later than the true one.
import { assessGroup } from '../../lib/domain/assessment.ts';
import { nextChange } from '../../lib/domain/next-change.ts';
import type { Playbook } from '../../lib/domain/playbook/playbook.ts';
import type { Item } from '../../lib/ports.ts';
import { groupOf } from '../../lib/steps/assess.ts';
import { allOf } from '../../lib/table/items.ts';

/** Accounts that change earlier than the sweep will look, with that moment. */
export const overdueIn = (items: readonly Item[], playbook: Playbook, now: string): string[] =>
  allOf('account-assessment', items).flatMap(({ pk, accountId }) => {
    const own = items.filter((item) => item.pk === pk);
    const group = groupOf(own);
    const due = allOf('due', own)[0];
    if (due !== undefined && (due.listPk === undefined || due.at <= now)) return [`${accountId} was due at ${due.at}`];
    const judged = assessGroup(group, playbook, now);
    const missed = nextChange({ group, playbook, now, judged, before: due?.at });
    return missed === undefined ? [] : [`${accountId} changes at ${missed}, and is looked at ${due?.at ?? 'never'}`];
  });

export const lookedAtIn = (items: readonly Item[]): number => allOf('due', items).length;
