// Scores everybody and every account in a journal, without holding it: heard once from beginning to end, then read again account
// by account. A million lines take about half a minute of one core.
import { closeSync } from 'node:fs';
import type { Captured } from '../../events/catalogue.ts';
import type { TouchCaptured } from '../../events/touch-captured.v1.ts';
import { networkOwners } from '../../lib/adapters/network-owners.ts';
import { packedNetworkOwners } from '../../lib/adapters/network-owners-package.ts';
import { type AccountAssessment, assessGroup, type LeadAssessment } from '../../lib/domain/assessment.ts';
import { hear, nothingHeard } from '../../lib/domain/journal/heard.ts';
import {
  accountsIn,
  type JournalAccount,
  type JournalMember,
  type Wanted,
} from '../../lib/domain/journal/journal-accounts.ts';
import { holdersIn, identitiesOf, personsIn } from '../../lib/domain/journal/persons.ts';
import type { Playbook } from '../../lib/domain/playbook/playbook.ts';
import { eachLine, lineReader, openJournal, refusePipe } from '../journal.ts';

export interface ScoredLead {
  member: JournalMember;
  assessment: LeadAssessment;
}

export interface ScoredAccount {
  group: JournalAccount;
  assessment: AccountAssessment;
  /** In the order of their ids; visitors nobody knows are none. */
  leads: ScoredLead[];
}

export interface Scoring {
  playbook: Playbook;
  /** ISO. */
  asOf: string;
  /** Lines that were heard. */
  lines: number;
  /** In the order of account ids; each call begins anew. Of `wanted` accounts only. */
  accounts(wanted?: Wanted): Generator<ScoredAccount>;
  /** The same, not scored. */
  groups(): Generator<JournalAccount>;
  /** The lead whom an identity turned out to be, or was merged into; undefined where nothing was heard of it, or it is nobody's. */
  holderOf(identity: string): string | undefined;
  /** Every delivery of a person's touches. */
  touchesOf(member: JournalMember): TouchCaptured[];
  quarantined: { id: string; reason: string }[];
}

export interface ScoreOptions {
  journal: string;
  playbook: Playbook;
  /** What happened later is left out; without it nothing is, and the moment is when the last line was received. */
  asOf?: string | undefined;
  /** Told the lines read so far, every so often. */
  onProgress?: (lines: number) => void;
}

const toldEvery = 50_000;
const beginning = '1970-01-01T00:00:00.000Z';

const scoredAccount = (group: JournalAccount, playbook: Playbook, asOf: string): ScoredAccount => {
  const { account, leads } = assessGroup(group, playbook, asOf);
  const members = new Map(group.members.map((member) => [member.leadId, member]));
  return {
    group,
    assessment: account,
    leads: leads.map((assessment) => ({ member: members.get(assessment.leadId)!, assessment })),
  };
};

/** Answers what `use` does with the scores; they are there no longer afterwards. Throws CommandError naming the lines that cannot
 * be read; then nothing was scored. */
export const scoreJournal = async <Result>(
  { journal, playbook, asOf, onProgress }: ScoreOptions,
  use: (scoring: Scoring) => Promise<Result>,
): Promise<Result> => {
  refusePipe(journal);
  const heard = nothingHeard<number>();
  let last = beginning;
  let [read, lines] = [0, 0];
  eachLine(journal, (line: Captured, offset) => {
    if (++read % toldEvery === 0) onProgress?.(read);
    if (asOf !== undefined && line.occurredAt > asOf) return;
    lines += 1;
    if (line.receivedAt > last) last = line.receivedAt;
    hear(heard, line, offset);
  });
  const moment = asOf ?? last;
  const file = openJournal(journal);
  const readLine = lineReader(file);
  const owners = networkOwners(packedNetworkOwners);
  const touchesAt = (offsets: readonly number[]) => offsets.map(readLine) as TouchCaptured[];
  try {
    // Awaited here: scores are read from the file for as long as they are printed.
    return await use({
      playbook,
      asOf: moment,
      lines,
      *accounts(wanted) {
        for (const group of accountsIn(heard, playbook, touchesAt, wanted, owners)) {
          yield scoredAccount(group, playbook, moment);
        }
      },
      groups: () => accountsIn(heard, playbook, touchesAt, undefined, owners),
      holderOf: (id) =>
        [...personsIn(heard, holdersIn(heard)).values()].find((person) => identitiesOf(person).includes(id))?.leadId,
      touchesOf: ({ identities }) => touchesAt(identities.flatMap((id) => heard.identities.get(id)?.touches ?? [])),
      quarantined: [...heard.quarantined]
        .map(([id, reason]) => ({ id, reason }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    });
  } finally {
    closeSync(file);
  }
};
