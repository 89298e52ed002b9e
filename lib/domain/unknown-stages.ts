// Stages of a CRM that the playbook does not know: they mean nothing, so somebody is to say what they mean.
import type { AccountGroup } from './assessment.ts';
import type { Playbook } from './playbook/playbook.ts';
import type { Register } from './register.ts';
import { isUnknown, type StageObject } from './status/crm-stages.ts';

export interface UnknownStage {
  connection: string;
  object: StageObject;
  /** As the CRM writes it. */
  stage: string;
  /** How many records stand in it. */
  records: number;
}

const keyOf = ({ connection, object, stage }: UnknownStage): string => JSON.stringify([connection, object, stage]);

/** Counts of different groups as one, by connection, object and stage. */
export const stagesAddedUp = (parts: Iterable<readonly UnknownStage[]>): UnknownStage[] => {
  const counts = new Map<string, UnknownStage>();
  for (const part of parts) {
    for (const one of part) {
      const known = counts.get(keyOf(one));
      counts.set(keyOf(one), known === undefined ? one : { ...known, records: known.records + one.records });
    }
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);
};

/** Of one account: those that were said last of a record, without a word of ours that says what is meant. */
export const unmappedStages = (
  { account, members, opportunities }: Pick<AccountGroup, 'account' | 'members' | 'opportunities'>,
  playbook: Playbook,
): UnknownStage[] => {
  const found: UnknownStage[] = [];
  const look = (
    object: StageObject,
    word: Register<unknown> | undefined,
    stage: Register<string> | undefined,
  ): void => {
    if (!isUnknown(object, word, stage, playbook)) return;
    found.push({ connection: stage.source, object, stage: stage.value, records: 1 });
  };
  if (account) look('account', account.standing, account.crmStage);
  for (const { state } of members) look('person', state.stage, state.crmStage);
  for (const { state, crmStage, deleted } of opportunities) {
    if (deleted?.value !== true) look('opportunity', state, crmStage);
  }
  return stagesAddedUp([found]);
};
