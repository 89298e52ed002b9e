// Every route there is, with who may call it and what it takes and answers. The gateways of both editions, the fuzzing and the
// documentation are held to this table.
import type * as z from 'zod';
import type { Permission } from '../../../lib/domain/access.ts';
import { redrivenQueues } from '../../../lib/domain/operations.ts';
import { reviewReasons } from '../../../lib/domain/review.ts';
import { mostAtOnce } from '../../../lib/steps/read-review.ts';
import { answers } from './answers.ts';
import { requests } from './requests.ts';
import type { ApiParameter, ApiRoute } from './route.ts';

const json = ['application/json'] as const;
const hitTypes = ['application/json', 'text/plain', 'application/x-www-form-urlencoded'] as const;
const formTypes = [...hitTypes, 'multipart/form-data'] as const;
const week = { type: 'string', pattern: String.raw`^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$` } as const;
const day = { type: 'string', pattern: String.raw`^\d{4}-\d\d-\d\d$` } as const;
const cursor = { type: 'string', pattern: '^[A-Za-z0-9_-]+$' } as const;
const next = 'The `next` of the page before.';

const posted = (
  path: ApiRoute['path'],
  id: string,
  caller: Permission,
  what: string,
  schema: z.ZodType,
  answer: z.ZodType,
  more: ApiRoute['refusals'] = [],
): ApiRoute => ({
  ...{ method: 'post', path, id, caller, what },
  body: { types: json, schema },
  answers: [{ status: 202, what: 'It is durable, and is done next.', json: answer }],
  refusals: [413, 415, ...more],
});

const read = (
  path: ApiRoute['path'],
  id: string,
  caller: Permission,
  what: string,
  answer: z.ZodType,
  query: readonly ApiParameter[] = [],
): ApiRoute => ({
  ...{ method: 'get', path, id, caller, what, query },
  answers: [{ status: 200, what: 'What there is now.', json: answer }],
  refusals: path.includes('{') ? [404] : [],
});

const hit = (call: string, what: string): ApiRoute => ({
  ...{ method: 'post', path: `/v1/${call}`, id: `hit-${call}`, caller: 'write-key', what },
  body: { types: hitTypes, schema: call === 'batch' ? requests.batch : requests.call },
  answers: [{ status: 200, what: 'It is durable.', json: answers.success }],
  refusals: [413, 415],
});

export const routes: readonly ApiRoute[] = [
  {
    ...{ method: 'post', path: '/forms/{formId}', id: 'post-form', caller: 'origin' },
    what: 'What a person sent through a form of the tenant’s site.',
    body: { types: formTypes, schema: requests.form },
    answers: [
      { status: 202, what: 'It is durable. To a browser on its own: a page that says thanks.', json: answers.touch },
      { status: 303, what: 'To a browser on its own: on to the form’s redirect.' },
    ],
    refusals: [404, 413, 415, 422],
  },
  hit('track', 'Somebody did something on a page.'),
  hit('page', 'Somebody read a page.'),
  hit('screen', 'Somebody saw a screen of an app.'),
  hit('identify', 'Who a visitor is.'),
  hit('group', 'Of which company a visitor is.'),
  hit('alias', 'Two names are one visitor’s.'),
  hit('batch', 'Several calls at once.'),
  {
    ...{ method: 'post', path: '/crm/{source}', id: 'post-crm', caller: 'webhook-signature' },
    what: 'What a CRM reports: of a signed connection as shown, of others as that CRM sends it.',
    body: { types: json, schema: requests.changesReported },
    answers: [{ status: 202, what: 'It is durable.', json: answers.accepted }],
    refusals: [404, 413, 415],
  },
  {
    ...{ method: 'post', path: '/crm/{source}/{secret}', id: 'post-crm-secret', caller: 'secret-in-path' },
    what: 'What a CRM reports that proves nothing itself: Salesforce’s Outbound Messages.',
    body: { types: ['text/xml'] },
    answers: [{ status: 200, what: 'It is durable: as the CRM wants to hear it.' }],
    refusals: [404, 413, 415],
  },
  posted(
    '/import/touches',
    'import-touches',
    'import',
    'Webinars, trade shows, calls, forms filled elsewhere.',
    requests.touches,
    answers.accepted,
  ),
  posted('/import/changes', 'import-changes', 'import', 'Lists of what a CRM has.', requests.changes, answers.accepted),
  posted(
    '/identity/decisions',
    'decide-identity',
    'decide',
    'Two identities are one person, or are not.',
    requests.identity,
    answers.decided,
  ),
  posted(
    '/review/decisions',
    'decide-review',
    'decide',
    'Which account a lead belongs to.',
    requests.review,
    answers.decided,
    [404, 422],
  ),
  posted(
    '/leads/actions',
    'act-on-lead',
    'act',
    'What somebody did about a lead.',
    requests.action,
    answers.decided,
    [404, 422],
  ),
  posted(
    '/crm-requests',
    'ask-crm',
    'decide',
    'A CRM is to merge two of its records, or to convert a lead of its own.',
    requests.crmRequest,
    answers.asked,
    [404],
  ),
  posted(
    '/operations',
    'ask-operation',
    'operate',
    'Mend, rebuild, or erase a person, which needs its own permission.',
    requests.operation,
    answers.operationAsked,
  ),
  {
    ...{ method: 'post', path: '/operations/export-person', id: 'export-person', caller: 'export' },
    what: 'Everything that is held of a person, a page at a time.',
    body: { types: json, schema: requests.exportPerson },
    answers: [{ status: 200, what: 'A page of it.', json: answers.person }],
    refusals: [413, 415],
  },
  read('/operations/audit', 'read-audit', 'audit', 'Who changed what.', answers.audit, [
    { name: 'from', what: 'The first day; the last when left out.', schema: day },
    { name: 'to', what: 'The last day; today when left out. At most 31 days.', schema: day },
    { name: 'cursor', what: next, schema: cursor },
  ]),
  read('/operations/dead-letters', 'read-dead-letters', 'operate', 'What no step could do.', answers.deadLetters, [
    { name: 'queue', what: 'Shows its letters.', schema: { type: 'string', enum: redrivenQueues } },
  ]),
  {
    ...read(
      '/operations/metrics',
      'read-metrics',
      'operate',
      'What was counted since it was started: of the embedded edition alone.',
      answers.metrics,
    ),
    refusals: [404],
  },
  read('/operations/quarantine', 'read-quarantine', 'operate', 'Lines that could not be applied.', answers.quarantine, [
    { name: 'after', what: next, schema: { type: 'string' } },
  ]),
  read(
    '/operations/status',
    'read-status',
    'operate',
    'How the tenant stands, and what needs a person.',
    answers.status,
  ),
  read('/operations/{id}', 'read-operation', 'operate', 'How far an operation has come.', answers.operation),
  {
    ...{ method: 'get', path: '/act/{token}', id: 'show-action', caller: 'signed-link', pages: true },
    what: 'The page behind the link of a mail. Nothing is recorded.',
    answers: [{ status: 200, what: 'A page with a button.' }],
    refusals: [404, 410],
  },
  {
    ...{ method: 'post', path: '/act/{token}', id: 'post-action', caller: 'signed-link', pages: true },
    what: 'Its button: what somebody did about the lead of the mail.',
    body: { types: ['application/x-www-form-urlencoded'], schema: requests.link },
    answers: [{ status: 200, what: 'A page that says thanks.' }],
    refusals: [404, 410, 413, 415, 422],
  },
  {
    ...{ method: 'get', path: '/openapi.json', id: 'read-openapi', caller: 'none' },
    what: 'What the API takes and answers: this document.',
    answers: [{ status: 200, what: 'OpenAPI 3.1, the same for every tenant.', json: answers.openApi }],
    refusals: [],
  },
  read('/api/me', 'read-me', 'read', 'Who calls, and what they may.', answers.me),
  read('/api/accounts', 'read-accounts', 'read', 'The accounts whose status changed last.', answers.accounts),
  read('/api/accounts/{id}', 'read-account', 'read', 'One account with its leads.', answers.account),
  read('/api/leads/{id}', 'read-lead', 'read', 'One lead by any id it ever had.', answers.lead),
  read('/api/attainment', 'read-attainment', 'read', 'Whether leads were followed up in time.', answers.attainment, [
    { name: 'from', what: 'The first week; the last when left out.', schema: week },
    { name: 'to', what: 'The last week; this one when left out. At most 53 weeks.', schema: week },
  ]),
  read('/api/data-quality', 'read-quality', 'oversee', 'Counts of a page of accounts.', answers.quality, [
    { name: 'cursor', what: next, schema: cursor },
  ]),
  read('/api/review', 'read-review', 'oversee', 'Who waits for somebody to look.', answers.review, [
    { name: 'reason', what: 'Of this reason alone.', schema: { type: 'string', enum: reviewReasons } },
    { name: 'after', what: next, schema: cursor },
    { name: 'limit', what: 'How many.', schema: { type: 'integer', minimum: 1, maximum: mostAtOnce } },
  ]),
  read(
    '/api/crm-requests/{id}',
    'read-crm-request',
    'read',
    'What became of what a CRM was asked.',
    answers.crmRequest,
  ),
];
