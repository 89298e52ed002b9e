// Every contract by its name: what may stand in a journal, and what may be published on the bus.
import type * as z from 'zod';
import { accountChangedV1, accountChangedV1Sample } from './account-changed.v1.ts';
import { accountStatusChangedV1, accountStatusChangedV1Sample } from './account-status-changed.v1.ts';
import { accountSurgedV1, accountSurgedV1Sample } from './account-surged.v1.ts';
import { accountThresholdReachedV1, accountThresholdReachedV1Sample } from './account-threshold-reached.v1.ts';
import { actionCapturedV1, actionCapturedV1Sample } from './action-captured.v1.ts';
import { assessmentDueV1, assessmentDueV1Sample } from './assessment-due.v1.ts';
import { crmChangeCapturedV1, crmChangeCapturedV1Sample } from './crm-change-captured.v1.ts';
import { crmRequestDueV1, crmRequestDueV1Sample } from './crm-request-due.v1.ts';
import { deliveryDueV1, deliveryDueV1Sample } from './delivery-due.v1.ts';
import { formSubmittedV1, formSubmittedV1Sample } from './form-submitted.v1.ts';
import { identityDecidedV1, identityDecidedV1Sample } from './identity-decided.v1.ts';
import { judgementChangedV1, judgementChangedV1Sample } from './judgement-changed.v1.ts';
import { leadActedV1, leadActedV1Sample } from './lead-acted.v1.ts';
import { leadChangedV1, leadChangedV1Sample } from './lead-changed.v1.ts';
import { leadQualifiedV1, leadQualifiedV1Sample } from './lead-qualified.v1.ts';
import { leadRoutedV1, leadRoutedV1Sample } from './lead-routed.v1.ts';
import { leadStatusChangedV1, leadStatusChangedV1Sample } from './lead-status-changed.v1.ts';
import { matchDecidedV1, matchDecidedV1Sample } from './match-decided.v1.ts';
import { noticesDueV1, noticesDueV1Sample } from './notices-due.v1.ts';
import { oneOf, tracedOneOf } from './one-of.ts';
import { operationDueV1, operationDueV1Sample } from './operation-due.v1.ts';
import { repToldV1, repToldV1Sample } from './rep-told.v1.ts';
import { routingDueV1, routingDueV1Sample } from './routing-due.v1.ts';
import { slaBreachedV1, slaBreachedV1Sample } from './sla-breached.v1.ts';
import { slaStepDueV1, slaStepDueV1Sample } from './sla-step-due.v1.ts';
import { slaStoppedV1, slaStoppedV1Sample } from './sla-stopped.v1.ts';
import { statusFlappingV1, statusFlappingV1Sample } from './status-flapping.v1.ts';
import { touchCapturedV1, touchCapturedV1Sample } from './touch-captured.v1.ts';

/** A line of a journal: what was captured. Carries personal data; travels by queue and file only. */
export const capturedContracts = {
  'touch-captured.v1': touchCapturedV1,
  'crm-change-captured.v1': crmChangeCapturedV1,
  'identity-decided.v1': identityDecidedV1,
  'match-decided.v1': matchDecidedV1,
  'action-captured.v1': actionCapturedV1,
} as const;
export const captured = oneOf(capturedContracts);
export type Captured = z.infer<typeof captured>;

/** What is published on the bus: ids and judgements, never personal data. */
export const publishedContracts = {
  'lead-changed.v1': leadChangedV1,
  'account-changed.v1': accountChangedV1,
  'assessment-due.v1': assessmentDueV1,
  'form-submitted.v1': formSubmittedV1,
  'lead-qualified.v1': leadQualifiedV1,
  'lead-status-changed.v1': leadStatusChangedV1,
  'account-status-changed.v1': accountStatusChangedV1,
  'status-flapping.v1': statusFlappingV1,
  'judgement-changed.v1': judgementChangedV1,
  'crm-request-due.v1': crmRequestDueV1,
  'operation-due.v1': operationDueV1,
  'account-surged.v1': accountSurgedV1,
  'account-threshold-reached.v1': accountThresholdReachedV1,
  'lead-acted.v1': leadActedV1,
  'routing-due.v1': routingDueV1,
  'lead-routed.v1': leadRoutedV1,
  'rep-told.v1': repToldV1,
  'notices-due.v1': noticesDueV1,
  'delivery-due.v1': deliveryDueV1,
  'sla-step-due.v1': slaStepDueV1,
  'sla-breached.v1': slaBreachedV1,
  'sla-stopped.v1': slaStoppedV1,
} as const;
export const published = tracedOneOf(publishedContracts);
export type Published = z.infer<typeof published>;
export type PublishedEventType = Published['type'];
export type PublishedOf<Type extends PublishedEventType> = Extract<Published, { type: Type }>;

/** One valid example of each contract; the tests parse them and the documentation shows them. */
export const samples = [
  touchCapturedV1Sample,
  crmChangeCapturedV1Sample,
  identityDecidedV1Sample,
  matchDecidedV1Sample,
  actionCapturedV1Sample,
  leadChangedV1Sample,
  accountChangedV1Sample,
  assessmentDueV1Sample,
  formSubmittedV1Sample,
  leadQualifiedV1Sample,
  leadStatusChangedV1Sample,
  accountStatusChangedV1Sample,
  statusFlappingV1Sample,
  judgementChangedV1Sample,
  crmRequestDueV1Sample,
  accountSurgedV1Sample,
  accountThresholdReachedV1Sample,
  leadActedV1Sample,
  routingDueV1Sample,
  leadRoutedV1Sample,
  repToldV1Sample,
  noticesDueV1Sample,
  deliveryDueV1Sample,
  operationDueV1Sample,
  slaStepDueV1Sample,
  slaBreachedV1Sample,
  slaStoppedV1Sample,
] as const;
