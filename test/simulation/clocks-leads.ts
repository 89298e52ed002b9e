// Leads as the steps before the clocks write them: judged, routed, moved, answered, and what sellers said of them. What was really so
// is kept beside it, for the tests to judge by.
import type { Published } from '../../events/catalogue.ts';
import type { Grade } from '../../lib/domain/playbook/grade.ts';
import type { Item, Key, Table } from '../../lib/ports.ts';
import { assessmentKey, assignmentKey, leadKey, leadTrailKey } from '../../lib/table/keys.ts';
import { ada, ben } from '../domain/sla/clocks.ts';

export interface Turn {
  assignmentId: string;
  owner: string;
  routedAt: string;
  until?: string;
}

export interface Lead {
  leadId: string;
  accountId: string;
  grade: Grade;
  assignmentId: string;
  owner: string;
  turns: Turn[];
  moves: number;
  pauses: { from: string; to?: string }[];
  answeredAt?: string;
}

export interface Leads {
  all(): readonly Lead[];
  qualify(leadId: string, grade: Grade): Promise<Lead>;
  reassign(lead: Lead): Promise<void>;
  move(lead: Lead, isSameOwner: boolean): Promise<void>;
  /** Somebody followed up at that moment, which is heard now. */
  answer(lead: Lead, answeredAt: string): Promise<void>;
  /** It is logged that somebody had followed up then, which changes no status. */
  correct(lead: Lead, answeredAt: string): Promise<void>;
  act(lead: Lead, does: 'pause' | 'resume', occurredAt: string, until?: string): Promise<void>;
}

export const leadsOf = (table: Table, now: () => string): Leads => {
  const leads: Lead[] = [];
  let count = 0;
  const eventId = (): string => {
    count += 1;
    return `evt_${count}`;
  };
  const put = async (key: Key, type: string, attributes: object, events: readonly Published[] = []): Promise<void> => {
    const before = await table.get(key);
    const outbox = events.length === 0 ? {} : { outbox: JSON.stringify(events) };
    const item: Item = { ...key, type, version: (before?.version ?? 0) + 1, ...attributes, ...outbox };
    await table.write({ put: item, condition: { if: 'always' } });
  };
  const judged = (lead: Lead, status: string, more: object, events: Published[]): Promise<void> => {
    const { accountId, leadId, grade } = lead;
    const assessment = { leadId, grade, status, reason: '', ...(lead.answeredAt && { followedUpAt: lead.answeredAt }) };
    return put(assessmentKey(accountId, leadId), 'lead-assessment', { accountId, assessment, ...more }, events);
  };
  const statusChanged = ({ accountId, leadId }: Lead, to: string): Published => ({
    ...{ type: 'lead-status-changed.v1', id: eventId(), at: now(), accountId, leadId, from: 'Qualified', to },
  });
  const assign = async (lead: Lead, cameFrom?: string): Promise<void> => {
    const { accountId, leadId, assignmentId, owner, turns } = lead;
    const { routedAt } = turns.at(-1)!;
    const history = turns.slice(0, -1).map((turn) => ({ ...turn, owner: { email: turn.owner, name: '' } }));
    const given = { generation: `gen_${leadId}`, qualifiedAt: turns[0]!.routedAt, at: routedAt, history, cameFrom };
    const about = { accountId, leadId, assignmentId, owner: { email: owner, name: '' }, ...given };
    const ids = { id: eventId(), at: now(), accountId, leadId, generation: given.generation, assignmentId };
    const routed: Published = { type: 'lead-routed.v1', ...ids };
    await put(assignmentKey(accountId, leadId), 'assignment', about, [routed]);
  };
  const nextTurn = (lead: Lead): void => {
    const at = now();
    lead.turns.at(-1)!.until = at;
    lead.owner = lead.owner === ada ? ben : ada;
    lead.assignmentId = `gen_${lead.leadId}.${lead.turns.length + 1}`;
    lead.turns.push({ assignmentId: lead.assignmentId, owner: lead.owner, routedAt: at });
  };
  const match = ({ leadId, accountId }: Lead): Promise<void> =>
    put(leadKey(leadId), 'lead', { leadId, kind: 'email', links: {}, parts: {}, movedFrom: {}, match: { accountId } });

  return {
    all: () => leads,
    async qualify(leadId, grade) {
      const turn = { assignmentId: `gen_${leadId}.1`, owner: ada, routedAt: now() };
      const { assignmentId, owner } = turn;
      const lead = {
        leadId,
        accountId: `acct_${leadId}`,
        grade,
        assignmentId,
        owner,
        turns: [turn],
        moves: 0,
        pauses: [],
      };
      leads.push(lead);
      await match(lead);
      await judged(lead, 'Qualified', {}, []);
      await assign(lead);
      return lead;
    },
    async reassign(lead) {
      if (lead.answeredAt !== undefined) return;
      nextTurn(lead);
      await assign(lead);
    },
    async move(lead, isSameOwner) {
      if (lead.answeredAt !== undefined) return;
      const { accountId: from, leadId } = lead;
      const left = await table.get(assignmentKey(from, leadId));
      await judged(lead, 'Qualified', { gone: true }, [statusChanged(lead, 'Moved')]);
      lead.moves += 1;
      lead.accountId = `acct_${leadId}_${lead.moves}`;
      await match(lead);
      await judged(lead, 'Qualified', {}, []);
      const { outbox: _, ...assignment } = left!;
      await put(assignmentKey(from, leadId), 'assignment', {
        ...assignment,
        version: left!.version + 1,
        movedTo: lead.accountId,
      });
      if (!isSameOwner) nextTurn(lead);
      await assign(lead, from);
    },
    async answer(lead, answeredAt) {
      if (lead.answeredAt !== undefined) return;
      lead.answeredAt = answeredAt;
      await judged(lead, 'Sales Working', {}, [statusChanged(lead, 'Sales Working')]);
    },
    async correct(lead, answeredAt) {
      lead.answeredAt = answeredAt;
      await judged(lead, 'Sales Working', {}, []);
    },
    async act(lead, does, occurredAt, until) {
      const id = `action:${eventId()}`;
      const line = {
        ...{
          type: 'action-captured.v1',
          id,
          source: 'action',
          occurredAt,
          receivedAt: now(),
          lead: lead.leadId,
          by: ada,
        },
        action: { does, ...(until && { until }) },
      };
      const open = lead.pauses.at(-1);
      if (does === 'pause') lead.pauses.push({ from: occurredAt, ...(until && { to: until }) });
      else if (open !== undefined) open.to = open.to === undefined || open.to > occurredAt ? occurredAt : open.to;
      const key = leadTrailKey(lead.leadId, occurredAt.slice(0, 10));
      const before = (await table.get(key)) as { lines?: object[] } | undefined;
      const acted: Published = {
        ...{ type: 'lead-acted.v1', id: eventId(), at: now(), leadId: lead.leadId, lineId: id, occurredAt, does },
      };
      await put(
        key,
        'trail',
        { owner: lead.leadId, day: occurredAt.slice(0, 10), lines: [...(before?.lines ?? []), line] },
        [acted],
      );
    },
  };
};
