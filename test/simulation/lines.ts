// Builders of captured lines, so that a test says only what it is about.
import type { ActionCaptured } from '../../events/action-captured.v1.ts';
import type { Captured } from '../../events/catalogue.ts';
import type { CrmChange, CrmChangeCaptured } from '../../events/crm-change-captured.v1.ts';
import type { IdentityDecided } from '../../events/identity-decided.v1.ts';
import type { MatchDecided } from '../../events/match-decided.v1.ts';
import type { TouchCaptured } from '../../events/touch-captured.v1.ts';

/** A touch: `id` is enough where nothing else matters. Received when it happened unless told. */
export const touch = (given: Partial<TouchCaptured> & { id: string; occurredAt: string }): TouchCaptured => ({
  type: 'touch-captured.v1',
  source: 'web',
  kind: 'page',
  receivedAt: given.occurredAt,
  person: {},
  ...given,
});

export const demoRequest = (
  id: string,
  occurredAt: string,
  email: string,
  given: Partial<TouchCaptured> = {},
): TouchCaptured =>
  touch({
    id,
    occurredAt,
    source: 'form',
    kind: 'form',
    person: { email },
    form: { id: 'demo-request', answers: { email } },
    ...given,
  });

export const pageView = (id: string, occurredAt: string, visitor: string, path = '/'): TouchCaptured =>
  touch({ id, occurredAt, person: { visitor }, page: { url: `https://www.seller.example${path}` } });

export const crm = (id: string, occurredAt: string, change: CrmChange, source = 'crm'): CrmChangeCaptured => ({
  type: 'crm-change-captured.v1',
  id,
  source,
  occurredAt,
  receivedAt: occurredAt,
  change,
});

/** That two are one, unless told otherwise. */
export const decide = (
  id: string,
  occurredAt: string,
  given: Pick<IdentityDecided, 'a' | 'b'> & Partial<IdentityDecided>,
): IdentityDecided => ({
  type: 'identity-decided.v1',
  id,
  source: 'decision',
  occurredAt,
  receivedAt: occurredAt,
  decision: 'merge',
  by: 'ops@seller.example',
  why: 'Said on the phone.',
  ...given,
});

/** Whose a lead is; dismissed unless told otherwise. */
export const decideMatch = (
  id: string,
  occurredAt: string,
  given: Pick<MatchDecided, 'lead'> & Partial<MatchDecided>,
): MatchDecided => ({
  type: 'match-decided.v1',
  id,
  source: 'decision',
  occurredAt,
  receivedAt: occurredAt,
  decision: 'dismiss',
  by: 'ops@seller.example',
  why: 'Looked them up.',
  ...given,
});

/** What somebody did about a lead; by Ada unless told otherwise. */
export const act = (
  id: string,
  occurredAt: string,
  given: Pick<ActionCaptured, 'lead' | 'action'> & Partial<ActionCaptured>,
): ActionCaptured => ({
  type: 'action-captured.v1',
  id,
  source: 'action',
  occurredAt,
  receivedAt: occurredAt,
  by: 'ada@seller.example',
  ...given,
});

/** As an intake message carries them. */
export const message = (lines: readonly Captured[]): string => JSON.stringify(lines);
