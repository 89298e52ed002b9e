// When time alone will change what was judged of an account and its people, so that they are judged anew then and not before.
//
// What a lead comes to changes at midnights UTC only (`scoring/next-shift.ts` finds the days that matter); contracts begin
// and end at their very moment. Each candidate is put to the judgement itself, and only what really differs is answered.
import {
  type AccountAssessment,
  type AccountGroup,
  assessGroup,
  type LeadAssessment,
  leadsAssessor,
  type Member,
} from './assessment.ts';
import { dayMilliseconds, dayNumberOf, momentIn } from './days.ts';
import type { PeriodCount } from './facts/counts.ts';
import { anyTouch, type Facts } from './facts/facts.ts';
import type { Playbook } from './playbook/playbook.ts';
import { nextShift } from './scoring/next-shift.ts';
import { heldDays } from './scoring/qualification.ts';
import { momentsOf } from './status/contracts.ts';
import { readingOf } from './status/reading.ts';

export interface Outlook {
  group: AccountGroup;
  playbook: Playbook;
  /** ISO. */
  now: string;
  /** The judgement on the group now. */
  judged: { account: AccountAssessment; leads: readonly LeadAssessment[] };
  /** Moments (ISO) known from elsewhere at which the account changes: what it reached ceases, its activity drops out. */
  others?: readonly string[] | undefined;
  /** Only changes earlier than this (ISO) are asked for: 6 µs a lead instead of 35, since one look mostly says there are none. */
  before?: string | undefined;
}

/** What of a lead's judgement others act upon: all but its points and sentences. */
const isSameLead = (a: LeadAssessment, b: LeadAssessment): boolean =>
  a.grade === b.grade &&
  a.level === b.level &&
  a.status === b.status &&
  a.model.id === b.model.id &&
  a.qualifiedAt === b.qualifiedAt &&
  a.followedUpAt === b.followedUpAt;

/** Days after `today` that have facts already, as clients with a wrong clock send them; ascending. */
const daysToCome = ({ days, months = {}, years = {} }: Facts, today: number): number[] => {
  const begun = ([, , , first]: PeriodCount): number => Math.floor(first / dayMilliseconds);
  const all = [
    ...(days[anyTouch] ?? []).map(([day]) => day),
    ...[...(months[anyTouch] ?? []), ...(years[anyTouch] ?? [])].map(begun),
  ];
  return [...new Set(all)].filter((day) => day > today).sort((a, b) => a - b);
};

/** The day on which a lead that nobody answered is held no longer, if its points have worn off. */
const lapseOf = ({ status, qualifiedAt }: LeadAssessment): number[] =>
  status === 'Qualified' && qualifiedAt !== undefined ? [dayNumberOf(qualifiedAt) + heldDays + 1] : [];

/** The first day after `today`, up to `last`, on which the lead is judged otherwise. */
const nextOfLead = (
  member: Member,
  judged: LeadAssessment,
  { playbook }: Outlook,
  assess: ReturnType<typeof leadsAssessor>,
  today: number,
  last: number,
): number | undefined => {
  const toCome = [...daysToCome(member.state.facts, today), ...lapseOf(judged)].sort((a, b) => a - b);
  let [from, standing] = [today, judged];
  while (from < last) {
    const news = toCome.find((day) => day > from) ?? Number.POSITIVE_INFINITY;
    const day = nextShift(standing, playbook, member.state.facts, from, Math.min(news - 1, last)) ?? news;
    if (day > last || day === Number.POSITIVE_INFINITY) return undefined;
    const then = assess(member, momentIn(day));
    if (!isSameLead(judged, then)) return day;
    [from, standing] = [day, then];
  }
  return undefined;
};

/** The first day after `today` on which any lead is judged otherwise; each only has to be earlier than those before it. */
const nextOfLeads = (outlook: Outlook, today: number): string | undefined => {
  const { group, playbook, judged, before } = outlook;
  const assess = leadsAssessor(group, playbook);
  const members = new Map(group.members.map((member) => [member.leadId, member]));
  let last = before === undefined ? Number.POSITIVE_INFINITY : Math.ceil(Date.parse(before) / dayMilliseconds) - 1;
  let first: number | undefined;
  for (const lead of judged.leads) {
    const day = nextOfLead(members.get(lead.leadId)!, lead, outlook, assess, today, last);
    if (day !== undefined) [first, last] = [day, day - 1];
  }
  return first === undefined ? undefined : momentIn(first);
};

/** Moments at which the account's own status may change, and that of whoever has to do with its deals, while nobody does
 * anything: terms begin and end, and renewals begin to count. */
const momentsOfAccount = ({ group, playbook }: Outlook, today: number): string[] => [
  ...momentsOf(readingOf(group, playbook).terms),
  ...group.members.flatMap(({ state }) => daysToCome(state.facts, today).map((day) => momentIn(day))),
];

const isSame = (a: Outlook['judged'], b: Outlook['judged']): boolean =>
  a.account.status === b.account.status && a.leads.every((lead, index) => isSameLead(lead, b.leads[index]!));

/** The first moment (ISO) after now at which, if nothing more happens, a lead's grade, level, status or model, or the account's
 * status, is not what it was judged to be now; undefined if there is none, or none before `before`. */
export const nextChange = (outlook: Outlook): string | undefined => {
  const { group, playbook, now, judged, others = [], before } = outlook;
  const isAsked = (at: string): boolean => at > now && (before === undefined || at < before);
  const ofLeads = nextOfLeads(outlook, dayNumberOf(now));
  const first = [...others.filter(isAsked), ...(ofLeads === undefined ? [] : [ofLeads])].sort()[0];
  const ofAccount = [...new Set(momentsOfAccount(outlook, dayNumberOf(now)))]
    .filter((at) => isAsked(at) && (first === undefined || at < first))
    .sort()
    .find((at) => !isSame(assessGroup(group, playbook, at), judged));
  return ofAccount ?? first;
};
