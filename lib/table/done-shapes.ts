// The shape of each kind of item that keeps what was judged of what is known, and done about it.
import type { Captured, Published, PublishedOf } from '../../events/catalogue.ts';
import type { CrmOutcome, PulledObject } from '../crm.ts';
import type { AccountAssessment, LeadAssessment } from '../domain/assessment.ts';
import type { CrmAsked } from '../domain/crm-request.ts';
import type { Deed } from '../domain/deeds.ts';
import type { Notice } from '../domain/notices/notice.ts';
import type { Operation } from '../domain/operations.ts';
import type { Playbook } from '../domain/playbook/playbook.ts';
import type { Assignment, Owner } from '../domain/routing/assignment.ts';
import type { PoolCounts } from '../domain/routing/pool.ts';
import type { Attainment } from '../domain/sla/attainment.ts';
import type { SlaClock } from '../domain/sla/clock.ts';
import type { StatusChange } from '../domain/status/history.ts';
import type { WriteLog } from '../domain/write-loop.ts';

/** Events that wait for their moment: published then, with an id and that moment. */
export type WakingEvent =
  | Omit<PublishedOf<'routing-due.v1'>, 'id' | 'at'>
  | Omit<PublishedOf<'notices-due.v1'>, 'id' | 'at'>
  | Omit<PublishedOf<'delivery-due.v1'>, 'id' | 'at'>
  | Omit<PublishedOf<'operation-due.v1'>, 'id' | 'at'>;

/** What people are told because of. */
export type TellingEvent = PublishedOf<
  | 'lead-routed.v1'
  | 'sla-step-due.v1'
  | 'sla-stopped.v1'
  | 'form-submitted.v1'
  | 'account-surged.v1'
  | 'account-threshold-reached.v1'
>;

export interface DoneShapes {
  'account-assessment': {
    accountId: string;
    assessment: AccountAssessment;
    since: string;
    assessedAt: string;
    /** The latest surge its owner was told of. */
    toldSurge?: { since: string; endsAt: string } | undefined;
    /** What its CRM is to be told hangs on this: `steps/judgement-told.ts`. */
    told?: string | undefined;
    history: StatusChange[];
  };
  'lead-assessment': {
    accountId: string;
    assessment: LeadAssessment;
    since: string;
    assessedAt: string;
    /** The lead-qualified event of the last time it became Qualified. */
    generation?: string;
    /** As an account's. */
    told?: string | undefined;
    /** The lead moved to another account: only its history is kept here. */
    gone?: true;
    history: StatusChange[];
  };
  /** When time alone will change what was judged, or earlier. In its list until the sweep has told of it. */
  due: { accountId: string; at: string };
  /** Who works an account; `byPool`: to whom its leads went that came to a pool by a rule, by the pool. */
  rep: { accountId: string; owner: Owner; reason: string; at: string; byPool?: Record<string, string> | undefined };
  /** In its pool's list while it waits. */
  assignment: { accountId: string; leadId: string } & Assignment;
  /** How many leads somebody has that are Qualified or Sales Working: those whose assignment says `open`. */
  load: { email: string; open: number };
  pool: { name: string; counts: PoolCounts };
  /** What the CRM was told last of a record of its own, and when that was tried. In its list while it is held. */
  sync: {
    recordId: string;
    /** Of whom, as far as was known then. */
    accountId: string;
    leadId?: string | undefined;
    /** What was told, as a fingerprint; none while it is being told. */
    written?: string | undefined;
    outcome?: CrmOutcome['outcome'];
    why?: string | undefined;
    at: string;
    /** Somebody is telling it, and nobody else does before then. */
    claimedUntil?: string | undefined;
    /** Since then it was asked for again; or one who had held it too long ended, and nobody knows what the CRM heard last. */
    meanwhile?: 'asked' | 'lost' | undefined;
    /** The CRM was not to be reached, or had enough of us: not before then. */
    retryAt?: string | undefined;
  } & WriteLog;
  /** What somebody asked a CRM to do. In its list until there is an outcome. */
  'crm-request': CrmAsked;
  /** Up to when a connection's records of one kind have been pulled; `pass`: the pass that is under way, and its next page. */
  pull: { source: string; object: PulledObject; since: string; pass?: { startedAt: string; next: string } | undefined };
  /** `traceId`: of what its lead was given to somebody for. */
  sla: { accountId: string; leadId: string; clock: SlaClock; traceId?: string | undefined };
  /** How an assignment went that was breached or ended. */
  attainment: { accountId: string; leadId: string; attainment: Attainment };
  /** An event that is due at a moment; in its list until it was told of, then of no use. */
  'wake-up': { name: string; at: string; event: WakingEvent };
  notice: {
    /** The person it is about; of what concerns all of an account the account. */
    owner: string;
    noticeId: string;
    notice: Notice;
    /** Claimed: about to be sent, because of that event. Stopped: the mailbox takes no more. Refused: it is none. Dropped: it was
     * held until there was nothing to tell any more. */
    outcome: 'claimed' | 'held' | 'sent' | 'stopped' | 'refused' | 'dropped';
    /** When that was; of one that was sent, what the rep's clock starts with. */
    at: string;
    messageId?: string;
    until?: string | undefined;
    claimedBy?: string;
    why?: string;
    assignmentId?: string | undefined;
    /** Of what they are told about. */
    traceId?: string | undefined;
  };
  /** What somebody is told once they may be reached: because of that event, as things are then. */
  'held-notice': {
    recipientId: string;
    owner: string;
    noticeId: string;
    until: string;
    event: TellingEvent;
    /** Being sent because of that event; nobody else sends it before that is over. */
    claimed?: { by: string; until: string };
  };
  /** No more mail goes there: of an address that is none, or whose owner complained; with the mail after which. */
  mailbox: { recipientId: string; stopped: 'bounce' | 'complaint'; at: string; why: string; messageId?: string };
  /** What somebody outside is told of an event; with an outcome it is done with. */
  delivery: {
    destination: string;
    event: Published;
    tries: number;
    at: string;
    status?: number | undefined;
    again?: string;
    outcome?: 'delivered' | 'outdated' | 'unwanted' | 'withheld' | 'given-up';
  };
  /** What somebody who operates the tenant asked for. In its list until it is over. */
  operation: Operation;
  /** When the sweep last got through, and what it found. */
  swept: { at: string; found: Record<string, number> };
  deed: Deed;
  quarantine: { line: Captured; reason: string; at: string };
  'playbook-version': { number: number; source: string; playbook: Playbook; shape?: number; savedAt: string };
  'playbook-live': { number: number; since: string };
  /** How far the accounts, by `listSk` of their list, have been judged by the playbook of that number; those whose status
   * changed from `startedAt` on were by it anyway. */
  rollout: { number: number; startedAt: string; cursor?: string; done?: true };
}
