// One lead or account explained, as text or as JSON.
import { dayNumberOf, momentIn } from '../../lib/domain/days.ts';
import { touchesBehind } from '../../lib/domain/journal/touches-behind.ts';
import { explanationOf } from '../../lib/domain/scoring/explanation.ts';
import { shownJson, shownLine } from '../foreign-text.ts';
import { accountText } from './account-text.ts';
import { findSubject } from './find-subject.ts';
import { leadText } from './lead-text.ts';
import { accountView, leadView } from './score-document.ts';
import type { Scoring } from './score-journal.ts';

const asText = (lines: readonly string[]): string => `${lines.map(shownLine).join('\n')}\n`;
const asJson = (value: unknown): string => `${shownJson(value)}\n`;

/** Throws CommandError where nobody has this id. */
export const explain = (scoring: Scoring, id: string, format: 'text' | 'json'): string => {
  const { playbook, asOf } = scoring;
  const { account, lead, because } = findSubject(scoring, id);
  const about = { playbook: { name: playbook.name, version: playbook.version }, asOf };
  if (lead === undefined) {
    if (format === 'text') return asText(accountText(account, scoring));
    const leads = account.leads.map((one) => leadView(one, account));
    return asJson({ ...about, account: accountView(account), leads });
  }
  const end = momentIn(dayNumberOf(asOf) + 1);
  const touches = scoring.touchesOf(lead.member).filter(({ occurredAt }) => occurredAt < end);
  const behind = touchesBehind(touches, playbook);
  if (format === 'text') {
    const head = because === undefined ? [] : [`${id} ${because}:`, ''];
    return asText([...head, ...leadText(lead, account, scoring, behind)]);
  }
  const lines = explanationOf(lead.assessment).map((line) =>
    line.kind === 'behaviour' ? { ...line, behind: behind.get(line.rule) } : line,
  );
  return asJson({ ...about, ...(because && { askedFor: id, because }), lead: leadView(lead, account), lines });
};
