// Everything scored as one JSON document, written piece by piece: of half a million leads no text holds more than one.
import { nameOf } from '../../lib/domain/person-name.ts';
import type { ScoredAccount, ScoredLead, Scoring } from './score-journal.ts';

export const leadView = ({ member, assessment }: ScoredLead, { group }: Pick<ScoredAccount, 'group'>) => ({
  email: member.email,
  name: nameOf(member),
  accountId: group.accountId,
  match: { rule: member.match.rule, evidence: member.match.evidence },
  ...assessment,
});

export const accountView = ({ group, assessment }: ScoredAccount) => ({ accountId: group.accountId, ...assessment });

/** A line each; accounts follow the leads, and are kept as text until then. */
export function* scoreDocument(scoring: Scoring): Generator<string> {
  const { playbook, asOf, lines, quarantined } = scoring;
  const { name, version } = playbook;
  yield `{"playbook":${JSON.stringify({ name, version })},"asOf":${JSON.stringify(asOf)},"lines":${lines},\n"leads":[`;
  const accounts: string[] = [];
  let between = '\n';
  for (const account of scoring.accounts()) {
    accounts.push(JSON.stringify(accountView(account)));
    for (const lead of account.leads) {
      yield `${between}${JSON.stringify(leadView(lead, account))}`;
      between = ',\n';
    }
  }
  yield '],\n"accounts":[';
  between = '\n';
  for (const account of accounts) {
    yield `${between}${account}`;
    between = ',\n';
  }
  yield `],\n"quarantined":${JSON.stringify(quarantined)}}\n`;
}
