// Tells an account's owner what concerns all of it: a surge, a threshold reached.
import type { PublishedOf } from '../../../events/catalogue.ts';
import type { AccountAssessment } from '../../domain/assessment.ts';
import type { Notice } from '../../domain/notices/notice.ts';
import { noticeOfAccount } from '../../domain/notices/of-account.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import { crmOwnerOf } from '../../domain/routing/crm-owner.ts';
import { mayMarketTo } from '../../domain/status/marketing.ts';
import type { Table } from '../../ports.ts';
import { as } from '../../table/items.ts';
import { accountKey, assessmentKey, repKey } from '../../table/keys.ts';
import { at, companyIn, peopleIn, rolesIn } from './told.ts';

export type AccountEvent = PublishedOf<'account-surged.v1' | 'account-threshold-reached.v1'>;

/** What is told of an account, as it stands by now: undefined when it is over already. */
const newsOf = (
  event: AccountEvent,
  { surge, reached = [] }: AccountAssessment,
): { what: string; why: string } | undefined => {
  if (event.type === 'account-surged.v1')
    return surge?.standing ? { what: 'far more activity than usual', why: surge.why } : undefined;
  const threshold = reached.find(({ id }) => id === event.threshold);
  return threshold && { what: threshold.label, why: threshold.why };
};

/** To the account's owner in the CRM, else the rep who has it. Nobody else is told, and only people of the playbook are. */
export const accountNotice = async (
  table: Table,
  playbook: Playbook,
  event: AccountEvent,
): Promise<Notice | undefined> => {
  const { accountId } = event;
  const items = await table.getMany([assessmentKey, repKey, accountKey].map((key) => key(accountId)));
  const account = as('account-assessment', at(items, assessmentKey(accountId)))?.assessment;
  const news = account && newsOf(event, account);
  if (account === undefined || news === undefined || !mayMarketTo(account.status)) return undefined;
  const rep = as('rep', at(items, repKey(accountId)))?.owner.email;
  const { email: inCrm } = crmOwnerOf(as('account', at(items, accountKey(accountId)))?.facts ?? {}, playbook);
  const owner = [inCrm, rep].flatMap((email) => playbook.people.find((person) => person.email === email) ?? [])[0];
  if (owner === undefined) return undefined;
  const kind = event.type === 'account-surged.v1' ? 'account-surged' : 'account-threshold';
  return noticeOfAccount(kind, owner.email, {
    company: companyIn(account),
    ...news,
    accountStatus: account.status,
    accountReason: account.reason,
    score: account.score,
    people: peopleIn(account),
    buyingGroup: rolesIn(account),
    owner: owner.name,
  });
};
