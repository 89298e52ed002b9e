// Opportunities and contracts as facts: each of one account, whatever order the news comes in.
import { expect, it } from 'vitest';
import type { CrmChange } from '../../events/crm-change-captured.v1.ts';
import { type Deal, hearDeal } from '../../lib/domain/deals.ts';
import { accountIdOfCrm, leadIdOfCrmPerson } from '../../lib/domain/ids.ts';
import { crm } from '../simulation/lines.ts';

const at = (hour: number): string => new Date(Date.UTC(2026, 10, 20, hour)).toISOString();
type News = [hour: number, change: Partial<Extract<CrmChange, { object: 'opportunity' }>>];
const opportunity = (...news: News[]): Deal | undefined =>
  news.reduce<Deal | undefined>(
    (known, [hour, given]) =>
      hearDeal(known, crm(`l${hour}`, at(hour), { object: 'opportunity', externalId: 'o', ...given })),
    undefined,
  );
const [a, b] = ['A', 'B'].map((id) => accountIdOfCrm('crm', id));

it.each<[string, News[], string | null | undefined]>([
  ['no account until one is named', [[1, { state: 'open' }]], undefined],
  [
    'the account it moved to last',
    [
      [1, { accountExternalId: 'A' }],
      [2, { accountExternalId: 'B' }],
    ],
    b,
  ],
  [
    'the account it came back to',
    [
      [1, { accountExternalId: 'A' }],
      [2, { accountExternalId: 'B' }],
      [3, { accountExternalId: 'A' }],
    ],
    a,
  ],
  [
    'none any more',
    [
      [1, { accountExternalId: 'A' }],
      [2, { accountExternalId: null }],
    ],
    null,
  ],
  [
    'the same where only something else is said',
    [
      [1, { accountExternalId: 'A' }],
      [2, { state: 'won' }],
    ],
    a,
  ],
])('is with %s', (_, news, expected) => {
  expect(opportunity(...news)?.facts.account?.value).toBe(expected);
  expect(opportunity(...[...news].reverse())).toEqual(opportunity(...news));
});

it('has its contacts by their records, each as said last', () => {
  const news: News[] = [
    [
      1,
      {
        contacts: [
          { externalId: 'p1', is: 'primary' },
          { externalId: 'p2', is: 'other' },
        ],
      },
    ],
    [2, { contacts: [{ externalId: 'p1', is: 'none' }] }],
  ];
  const contacts = {
    [leadIdOfCrmPerson('crm', 'p1')]: { value: 'none', at: at(2), source: 'crm' },
    [leadIdOfCrmPerson('crm', 'p2')]: { value: 'other', at: at(1), source: 'crm' },
  };

  for (const heard of [news, [...news].reverse()]) expect(opportunity(...heard)?.facts).toMatchObject({ contacts });
});

it('has the contacts that were said last, in whatever order, where a script gave it hundreds', () => {
  const contacts = (hour: number, from: number, to: number): News => [
    hour,
    { contacts: Array.from({ length: to - from }, (_, n) => ({ externalId: `p${from + n}`, is: 'other' })) },
  ];
  const news = [
    contacts(1, 0, 50),
    contacts(2, 50, 100),
    contacts(3, 100, 150),
    contacts(4, 0, 10),
    contacts(5, 150, 201),
  ];
  const deal = opportunity(...news);
  expect(deal?.facts).toMatchObject({ contacts: { [leadIdOfCrmPerson('crm', 'p0')]: { at: at(4) } } });
  expect(Object.keys(deal?.is === 'opportunity' ? deal.facts.contacts! : {})).toHaveLength(200);
  expect(opportunity(...news.toReversed())).toEqual(deal);
});

it('is a contract where that is said, and nothing by what is about neither', () => {
  const contract = crm('c', at(1), { object: 'contract', externalId: 'c', accountExternalId: 'A', endsAt: null });
  expect(hearDeal(undefined, contract)).toMatchObject({
    is: 'contract',
    facts: { account: { value: a }, endsAt: { value: null } },
  });
  expect(hearDeal(undefined, crm('x', at(1), { object: 'account', externalId: 'A' }))).toBeUndefined();
});
