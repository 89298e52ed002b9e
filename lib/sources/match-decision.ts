// What somebody decided of the account a lead belongs to, as the API takes it: first what the document says, then, with what is
// known of the lead, the line of the journal.
import * as z from 'zod';
import { type MatchDecided, matchDecidedV1 } from '../../events/match-decided.v1.ts';
import { countryCode } from '../domain/country.ts';
import { subjectNamed } from '../domain/journal/subjects.ts';
import { claimableDomains, registrableDomain } from '../domain/mail-domains.ts';
import type { DecidedLead, Remembered } from '../domain/match-decisions.ts';
import { whyNoCompanyName } from '../domain/no-company-name.ts';
import { contractId, momentOf } from './contract-shapes.ts';
import { fieldProblems } from './field-problems.ts';
import type { FieldProblem, Reading } from './source.ts';

const { decision, lead, accountId, company, domain, by, why } = matchDecidedV1.unwrap().shape;

/** With the same `id` sent again it is the same decision. */
export const matchDecisionSent = z.strictObject({
  id: z.string().min(1).max(100).optional(),
  ...{ decision, lead, accountId, by, why },
  /** What holds for everybody from then on. True: what the lead itself has. `country`: null for any. */
  remember: z
    .strictObject({
      company: z.union([z.boolean(), company.unwrap()]).optional(),
      country: z.string().min(1).max(100).nullable().optional(),
      domain: z.union([z.boolean(), domain.unwrap()]).optional(),
    })
    .optional(),
});
export type MatchDecisionSent = z.infer<typeof matchDecisionSent>;

/** Of a decision that is in order by itself. */
export const readMatchDecision = (
  document: unknown,
): { sent: MatchDecisionSent; leadId: string } | { problems: readonly FieldProblem[] } => {
  const parsed = matchDecisionSent.safeParse(document);
  if (!parsed.success) return { problems: fieldProblems(parsed.error) };
  const sent = parsed.data;
  const problems: FieldProblem[] = [];
  const isAssigned = sent.decision === 'assign';
  if (isAssigned && sent.accountId === undefined)
    problems.push({ field: 'accountId', detail: 'is required to assign' });
  for (const field of ['accountId', 'remember'] as const) {
    if (!isAssigned && sent[field] !== undefined) {
      problems.push({ field, detail: `is for assign only: ${sent.decision} takes none` });
    }
  }
  const leadId = subjectNamed(sent.lead)?.leadId;
  if (leadId === undefined) problems.push({ field: 'lead', detail: 'is neither an e-mail address nor an id' });
  return leadId === undefined || problems.length > 0 ? { problems } : { sent, leadId };
};

export const decisionIdOf = ({ id }: MatchDecisionSent, requestId: string): string =>
  contractId('decision:', id ?? requestId);

/** `left`: what would have been remembered by default, and why it is not. */
type Wanted = { value?: Remembered; left?: FieldProblem } | { problem: FieldProblem };

const wantedName = ({ remember = {} }: MatchDecisionSent, lead: DecidedLead): Wanted => {
  const field = 'remember.company';
  const { company = true, country } = remember;
  const text = company === true ? lead.company : company || undefined;
  if (text === undefined) {
    return remember.company === true
      ? { problem: { field, detail: 'cannot be kept: the lead states no company' } }
      : {};
  }
  const reason = whyNoCompanyName(text);
  if (reason !== undefined) {
    const problem = { field, detail: `cannot be kept: ${reason}` };
    return remember.company === undefined ? { left: problem } : { problem };
  }
  const code = typeof country === 'string' ? countryCode(country) : country === null ? undefined : lead.country;
  if (typeof country === 'string' && code === undefined) {
    return { problem: { field: 'remember.country', detail: 'is no country that is known here' } };
  }
  return { value: { company: text, ...(code !== undefined && { country: code }) } };
};

const hostname = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;

const wantedDomain = ({ remember = {} }: MatchDecisionSent, { mailHost }: DecidedLead): Wanted => {
  const field = 'remember.domain';
  const host = remember.domain === true ? mailHost : remember.domain || undefined;
  if (host === undefined) {
    return remember.domain === true ? { problem: { field, detail: 'cannot be kept: the lead has no e-mail' } } : {};
  }
  const named = registrableDomain(host);
  if (!hostname.test(named)) return { problem: { field, detail: 'is no domain, such as acme.example' } };
  const [claimable] = claimableDomains([named]);
  return claimable === undefined
    ? { problem: { field, detail: "is a mail provider's or anybody's: no account has it" } }
    : { value: { domain: claimable } };
};

const refusal = (field: string, detail: string) => ({ refused: [{ field, detail }], detail: 'This cannot be decided' });

/** The line a decision comes to; of `dismiss` and `undo` with what goes with the decision they replace. `left`: what is not remembered
 * although nobody said so, and why. */
export const lineOfDecision = (
  sent: MatchDecisionSent,
  lead: DecidedLead,
  { requestId, now }: { requestId: string; now: number },
): Reading<MatchDecided> & { left?: readonly FieldProblem[] } => {
  if (lead.before !== undefined) return { lines: [lead.before] };
  if (!lead.isPerson) return refusal('lead', 'is nobody known: whoever it is has given no e-mail address');
  if (!lead.accountIsKnown) return refusal('accountId', 'is the id of no account here');
  const { decision, accountId, by, why } = sent;
  const at = momentOf(now);
  const heard = { type: 'match-decided.v1', source: 'decision', occurredAt: at, receivedAt: at } as const;
  const line = { ...heard, id: decisionIdOf(sent, requestId), lead: lead.leadId, decision, by, why };
  if (decision !== 'assign') return { lines: [{ ...line, ...lead.remembered }] };
  const wanted = [wantedName(sent, lead), wantedDomain(sent, lead)];
  const refused = wanted.flatMap((one) => ('problem' in one ? [one.problem] : []));
  if (refused.length > 0) return { refused, detail: 'What is to be remembered cannot be' };
  const [name, mail] = wanted.map((one) => ('value' in one ? one.value : undefined));
  const left = wanted.flatMap((one) => ('left' in one && one.left ? [one.left] : []));
  return { lines: [{ ...line, accountId: accountId!, ...name, ...mail }], left };
};
