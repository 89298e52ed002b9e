// Which account a lead belongs to, as the table stands. Who asks is noted first, under the name, domain or id it asks by, and only
// then is anything read: whoever changes an account after that finds the note, and has the lead matched again.
import type { MatchQuestion } from '../../domain/match-question.ts';
import { type MatchAnswer, matchLead } from '../../domain/matching.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import type { Table } from '../../ports.ts';
import { askByAccount, askByDomain, askByName } from './ask.ts';
import { createReading } from './known-accounts.ts';

/** Domains, words, further keys, cards, then parents level by level: of those who share a domain, of whom the name says instead, and
 * of whoever was found. */
const mostRounds = 60;

export const findAccount = async (
  table: Table,
  question: MatchQuestion,
  playbook: Pick<Playbook, 'matching'>,
): Promise<MatchAnswer> => {
  const { leadId, company } = question;
  const reading = createReading();
  let isNoted = false;
  for (let round = 0; round < mostRounds; round += 1) {
    const answer = matchLead(question, playbook, reading.known());
    const missing = reading.missing();
    if (missing === undefined) return answer;
    if (missing.by === 'id') {
      await Promise.all(missing.accountIds.map((accountId) => askByAccount(table, accountId, leadId)));
    }
    if (missing.by === 'domain') {
      await Promise.all(missing.domains.map((domain) => askByDomain(table, domain, leadId)));
    }
    if (missing.by === 'name' && !isNoted) {
      isNoted = true;
      await askByName(table, company!, leadId);
    }
    await reading.read(table);
  }
  throw new Error(`the account of ${leadId} would not be found`);
};
