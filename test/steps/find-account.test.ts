// The matcher over the table answers as the same matcher over lists in memory does, and reads no more the more accounts there are.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksOf } from '../../lib/domain/account-matching/blocks.ts';
import type { KnownAccount } from '../../lib/domain/account-matching/card.ts';
import { accountIdOfCrm } from '../../lib/domain/ids.ts';
import type { MatchQuestion } from '../../lib/domain/match-question.ts';
import { type KnownAccounts, matchLead } from '../../lib/domain/matching.ts';
import type { Table } from '../../lib/ports.ts';
import { findAccount } from '../../lib/steps/matching/find-account.ts';
import { type LabelledLead, organisations } from '../bench/matching/labelled.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { crm } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';

const at = '2026-11-20T09:00:00.000Z';
const playbook = testPlaybook();
const asked = 150;
const { accounts, leads } = organisations();

/** Those the leads are of, with their parents, and as many others as make `count`. */
const chosen = (count: number, about: readonly LabelledLead[]): KnownAccount[] => {
  const expected = new Set(about.map((lead) => lead.expected));
  const first = accounts.filter(({ id }) => expected.has(id));
  const others = accounts.filter(({ id }, at) => !expected.has(id) && at % 7 === 0);
  return [...first, ...others].slice(0, count);
};
const about = leads.filter((_, at) => at % Math.floor(leads.length / asked) === 0).slice(0, asked);
const inTable = (account: KnownAccount): KnownAccount => ({
  ...account,
  id: accountIdOfCrm('crm', account.id),
  parentId: account.parentId ? accountIdOfCrm('crm', account.parentId) : undefined,
});
const lineOf = ({ id, name, domains = [], country, parentId }: KnownAccount) =>
  crm(`account:${id}`, at, {
    ...{ object: 'account', externalId: id, name },
    ...(domains.length > 0 && { domains: domains.map(({ domain }) => domain) }),
    ...(country && { country }),
    ...(parentId && { parentExternalId: parentId }),
  });
const questionOf = ({ id, company, country }: LabelledLead): MatchQuestion => ({
  leadId: `lead_${id}`,
  company,
  country: country || undefined,
});

interface Reads {
  items: number;
  rounds: number;
}
const counting = (table: Table, reads: Reads): Table => ({
  get: (key) => {
    reads.items += 1;
    return table.get(key);
  },
  getMany: (keys) => {
    reads.items += keys.length;
    reads.rounds += 1;
    return table.getMany(keys);
  },
  query: (...args) => table.query(...args),
  list: (...args) => table.list(...args),
  count: (...args) => table.count(...args),
  write: (write) => table.write(write),
  transact: (writes) => table.transact(writes),
});

const open = async (count: number): Promise<{ world: World; all: KnownAccount[] }> => {
  const world = await openWorld('2026-11-20T12:00:00.000Z');
  const all = chosen(count, about);
  for (let from = 0; from < all.length; from += 250) await world.deliver(all.slice(from, from + 250).map(lineOf));
  return { world, all };
};

describe('an account found in the table', { timeout: 120_000 }, () => {
  const count = 1_500;
  let world: World;
  let all: KnownAccount[];
  beforeAll(async () => {
    ({ world, all } = await open(count));
  }, 120_000);
  afterAll(() => world.close());

  it('is the one found in memory, with the same candidates, scores and reasons', async () => {
    const nothingDecided = { decidedName: () => undefined, decidedDomain: () => undefined, fateOf: () => undefined };
    const known: KnownAccounts = { ...blocksOf(all.map(inTable)), ...nothingDecided };
    let matched = 0;
    for (const lead of about) {
      const question = questionOf(lead);
      const found = await findAccount(world.embedded.table, question, playbook);
      expect(found, lead.company).toEqual(matchLead(question, playbook, known));
      if (found.match.rule.endsWith('-name')) matched += 1;
    }
    expect(matched).toBeGreaterThan(asked / 3);
  });

  it('costs a bounded number of reads', async () => {
    const most = { items: 0, rounds: 0 };
    let items = 0;
    for (const lead of about) {
      const one = { items: 0, rounds: 0 };
      const question = { ...questionOf(lead), leadId: `other_${lead.id}` };
      await findAccount(counting(world.embedded.table, one), question, playbook);
      items += one.items;
      most.items = Math.max(most.items, one.items);
      most.rounds = Math.max(most.rounds, one.rounds);
    }
    // Lists by a hundred keys, the candidates' cards, the lists of their whole names.
    expect(most.items).toBeLessThanOrEqual(200);
    expect(most.rounds).toBeLessThanOrEqual(8);
    expect(items / about.length).toBeLessThan(60);
  });

  it('needs no more reads among four times as many', async () => {
    const few = await open(400);
    const readsIn = async (world: World): Promise<number> => {
      const reads = { items: 0, rounds: 0 };
      for (const lead of about) await findAccount(counting(world.embedded.table, reads), questionOf(lead), playbook);
      return reads.items;
    };
    try {
      await readsIn(few.world);
      expect(await readsIn(world)).toBeLessThan(1.5 * (await readsIn(few.world)));
    } finally {
      await few.world.close();
    }
  });
});
