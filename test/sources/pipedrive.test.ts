import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { captured } from '../../events/catalogue.ts';
import type { CrmChangeCaptured } from '../../events/crm-change-captured.v1.ts';
import { type CrmMapping, crmMapping } from '../../lib/domain/playbook/crm.ts';
import { noMapping } from '../../lib/domain/playbook/crm-mapping.ts';
import { pipedrive, pipedriveRecords } from '../../lib/sources/pipedrive.ts';
import type { WebhookDelivery } from '../../lib/sources/source.ts';

type Document = { meta: Record<string, unknown>; data: Record<string, unknown> | null; previous: unknown };

const folder = new URL('../fixtures/webhooks/', import.meta.url);
const fixture = (name: string): Document => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
const documented = (name: string): Document =>
  (JSON.parse(readFileSync(new URL('pipedrive-v2.json', folder), 'utf8')) as Record<string, Document>)[name]!;

const now = Date.parse('2026-11-22T09:30:00.000Z');
const delivery = (more: Partial<WebhookDelivery> = {}): WebhookDelivery => ({
  ...{ source: 'pipedrive', connection: { kind: 'pipedrive', companyId: 8_087_566 }, method: 'POST' },
  ...{ url: 'https://a.example/crm/pipedrive', headers: {}, body: Buffer.alloc(0), now },
  ...more,
});

const read = (document: unknown, mapping: CrmMapping = noMapping, more: Partial<WebhookDelivery> = {}) => {
  const reading = pipedrive.read(delivery(more), document, mapping);
  if (!('lines' in reading)) return { lines: [], unread: [], problems: 'problems' in reading ? reading.problems : [] };
  return {
    lines: reading.lines.map((line) => captured.parse(line) as CrmChangeCaptured),
    unread: (reading.unread ?? []).map(({ why }) => why),
    problems: [],
  };
};
const said = (document: unknown, mapping?: CrmMapping) =>
  read(document, mapping).lines.map(({ occurredAt, change }) => ({ occurredAt, ...change }));

/** The documented example with other data, news or meta. */
const as = (name: string, data: object, previous: unknown = {}, meta: object = {}): Document => {
  const { data: usual, meta: usualMeta } = documented(name);
  return { data: { ...usual, ...data }, previous, meta: { ...usualMeta, ...meta } };
};

describe('Basic auth', () => {
  const basic = (credentials: string) => `Basic ${Buffer.from(credentials).toString('base64')}`;
  const verify = (authorization: string | undefined, secrets = ['old:secret', 'muster:s3cr€t:x']) =>
    pipedrive.verify(delivery({ headers: { authorization } }), secrets);

  it.each([
    basic('muster:s3cr€t:x'),
    basic('old:secret'),
    basic('old:secret').replace('Basic', 'basic'),
  ])('lets in who knows one of the live secrets: %s', (authorization) => expect(verify(authorization)).toBe(true));

  it.each([
    undefined,
    '',
    'Basic',
    'Basic !!!!',
    'muster:s3cr€t:x',
    basic(''),
    basic(':'),
    basic('muster:'),
    basic('muster:s3cr€t:y'),
    basic('muster:s3cr€t:x '),
    basic('Muster:s3cr€t:x'),
    `Bearer ${basic('muster:s3cr€t:x').slice(6)}`,
  ])('lets nobody in with %s', (authorization) => expect(verify(authorization)).toBe(false));

  it('lets nobody in where there is no secret', () => expect(verify(basic(':'), [])).toBe(false));

  it.each(['', 'muster', ':secret', 'muster:'])('does not work with the secret %j', (secret) => {
    expect(() => verify(basic(secret), ['muster:secret', secret])).toThrow('is not user:password');
  });
});

describe('a person', () => {
  it('is told whole, as of the event', () => {
    const { lines, unread } = read(documented('person-change'));

    expect(unread).toEqual([]);
    expect(lines).toEqual([
      {
        type: 'crm-change-captured.v1',
        id: 'pipedrive:7c812ffd-8f50-45ea-a597-b8fcba2da9c0.8.0',
        source: 'pipedrive',
        occurredAt: '2022-11-24T15:18:35.616Z',
        receivedAt: '2026-11-22T09:30:00.000Z',
        change: {
          object: 'person',
          externalId: '8',
          accountExternalId: '1',
          profile: { firstName: 'Sample Person', name: 'Sample Person' },
          ownerExternalId: '12415231',
          deleted: false,
        },
      },
    ]);
  });

  it('has its primary addresses, its country, and no company or owner any more where these were taken away', () => {
    const data = {
      emails: [
        { value: 'home@mail.example', primary: false, label: 'home' },
        { value: ' bea@acme.example ', primary: true, label: 'work' },
      ],
      phones: [
        { value: '', primary: true },
        { value: '+49 30 123', primary: false },
      ],
      ...{ job_title: 'Head of Procurement', postal_address: { value: 'Tallinn, Estonia', country: 'Estonia' } },
      ...{ org_id: null, owner_id: null },
    };
    const before = { phones: [], job_title: null, postal_address: null };

    expect(said(as('person-change', data, before))).toMatchObject([
      {
        email: 'bea@acme.example',
        profile: { jobTitle: 'Head of Procurement', phone: '+49 30 123', country: 'Estonia' },
        accountExternalId: null,
        ownerExternalId: null,
      },
    ]);
  });

  const mapping = crmMapping.parse({
    fields: { person: { jobTitle: 'a1', stage: 'b2', country: 'c3', industry: 'd4' } },
  });
  const custom = {
    a1: { type: 'varchar', value: 'CFO' },
    b2: { type: 'enum', id: 17 },
    c3: { type: 'address', value: 'Tallinn, Estonia', country: 'Estonia' },
    d4: { type: 'set', values: [{ id: 13 }, { id: 14 }] },
  };

  it('has what the playbook says stands in its custom fields, choices by their ids', () => {
    const document = as(
      'person-change',
      { custom_fields: custom },
      { custom_fields: { a1: null, b2: null, c3: null } },
    );

    expect(said(document, mapping)).toMatchObject([
      { profile: { jobTitle: 'CFO', country: 'Estonia' }, crmStage: '17' },
    ]);
  });

  it.each([
    ['unsubscribed', { unsubscribed: true }],
    ['subscribed', { unsubscribed: false }],
    ['no_consent', { unsubscribed: false }],
    ['archived', { unsubscribed: false }],
    ['something new', {}],
    [null, {}],
  ])('has withdrawn by its marketing status alone, not for want of one: %j', (marketing_status, expected) => {
    const [{ unsubscribed } = { unsubscribed: undefined }] = said(as('person-change', { marketing_status })) as {
      unsubscribed?: boolean;
    }[];
    expect({ ...(unsubscribed !== undefined && { unsubscribed }) }).toEqual(expected);
  });

  it('says anew what people say of themselves only where it changed: a form may have said otherwise since', () => {
    const document = as('person-change', { job_title: 'Assistant', first_name: 'Bea' }, { first_name: 'Be' });

    const [change] = said(document);
    expect(change && 'profile' in change && change.profile).toEqual({ firstName: 'Bea' });
  });

  it('is in a stage since it came into it, not since something else changed', () => {
    const document = as('person-change', { custom_fields: custom }, { name: 'Sample' });

    expect(said(document, mapping)[0]).not.toHaveProperty('crmStage');
    expect(
      said({ ...document, previous: null, meta: { ...document.meta, action: 'create' } }, mapping)[0],
    ).toMatchObject({ crmStage: '17' });
  });

  it('that was merged went into the other, which both deliveries say', () => {
    const gone = as('person-change', {}, {}, { action: 'delete', merged_to_id: '9', id: 'm1' });
    const kept = as('person-change', {}, {}, { merged_from_id: '7', id: 'm2' });

    expect(said({ ...gone, data: null })).toEqual([
      { occurredAt: '2022-11-24T15:18:35.616Z', object: 'person', externalId: '8', mergedInto: '9' },
    ]);
    expect(said(kept)).toMatchObject([
      { externalId: '8', deleted: false },
      { externalId: '7', mergedInto: '8' },
    ]);
  });
});

test('an organisation has its site, country, size and what is mapped', () => {
  const mapping = crmMapping.parse({
    fields: { account: { technologies: 'e5', parent: 'f6', stage: 'bdd479c3cfdb9c50bae4fa4929ae944980da55d7' } },
  });
  const data = {
    ...{ website: 'https://www.acme.example/en', industry: 4, employee_count: 850, annual_revenue: 1_500_000.5 },
    address: { value: 'Tallinn', country: 'Estonia' },
    custom_fields: { e5: { type: 'set', values: [{ id: 1 }, { id: 2 }] }, f6: { type: 'org', id: 77 } },
  };

  expect(said(as('organization-change', data), mapping)).toEqual([
    {
      occurredAt: '2022-11-24T15:21:23.152Z',
      ...{ object: 'account', externalId: '1', name: 'Sample Org', domains: ['https://www.acme.example/en'] },
      ...{ ownerExternalId: '12415231', industry: '4', employees: 850, revenue: 1_500_000.5, country: 'Estonia' },
      ...{ technologies: ['1', '2'], parentExternalId: '77', deleted: false },
    },
  ]);
  expect(said(documented('organization-change'), mapping)).toMatchObject([{ crmStage: '978' }]);
  expect(said(as('organization-change', { website: null }, { website: 'acme.example' }))).toMatchObject([
    { domains: [] },
  ]);
});

describe('a deal', () => {
  it('that is new is open, in its stage and pipeline', () => {
    expect(said(documented('deal-create'))).toEqual([
      {
        occurredAt: '2022-11-24T13:18:56.089Z',
        ...{ object: 'opportunity', externalId: '8', accountExternalId: '1', crmType: '1', state: 'open' },
        ...{ contacts: [{ externalId: '8', is: 'primary' }], ownerExternalId: '12415231', deleted: false },
      },
      { occurredAt: '2022-11-24T13:18:56.089Z', object: 'opportunity', externalId: '8', crmStage: '2' },
    ]);
  });

  const won = { status: 'won', won_time: '2022-11-25T10:00:00Z', stage_change_time: '2022-11-25 09:00:00' };
  const later = { action: 'change', timestamp: '2022-11-26T08:00:00.500Z' };

  it('is won when it was won, and in its stage since then, whatever is changed later', () => {
    expect(said(as('deal-create', { ...won, title: 'x' }, { title: 'y' }, later))).toMatchObject([
      { occurredAt: '2022-11-26T08:00:00.500Z', crmType: '1' },
      { occurredAt: '2022-11-25T09:00:00.000Z', crmStage: '2' },
      { occurredAt: '2022-11-25T10:00:00.000Z', state: 'won' },
    ]);
  });

  it('is won at that very moment where that is the news', () => {
    expect(said(as('deal-create', won, { status: 'open' }, later))[2]).toMatchObject({
      ...{ occurredAt: '2022-11-26T08:00:00.500Z', state: 'won' },
    });
  });

  it('is lost, and open again', () => {
    const lost = { status: 'lost', lost_time: '2022-11-25T10:00:00Z' };
    expect(said(as('deal-create', lost, {}, later))[2]).toMatchObject({
      ...{ occurredAt: '2022-11-25T10:00:00.000Z', state: 'lost' },
    });
    expect(said(as('deal-create', {}, { status: 'lost' }, later))[0]).toMatchObject({
      ...{ occurredAt: '2022-11-26T08:00:00.500Z', state: 'open' },
    });
  });

  it('has another primary contact, and no account any more', () => {
    const document = as('deal-create', { person_id: 9, org_id: null }, { person_id: 8, org_id: 1 }, later);
    expect(said(document)[0]).toMatchObject({
      accountExternalId: null,
      contacts: [
        { externalId: '9', is: 'primary' },
        { externalId: '8', is: 'none' },
      ],
    });
  });

  it('has another owner, none any more, or the one of a field of the playbook’s', () => {
    const ownerOf = (data: object, mapping?: CrmMapping) =>
      said(as('deal-create', data, { owner_id: 12_415_231 }, later), mapping)[0];
    const closer = crmMapping.parse({ fields: { opportunity: { owner: 'a1' } } });
    const occurredAt = '2022-11-26T08:00:00.500Z';

    expect(ownerOf({ owner_id: 77 })).toMatchObject({ occurredAt, ownerExternalId: '77' });
    expect(ownerOf({ owner_id: null })).toMatchObject({ occurredAt, ownerExternalId: null });
    expect(ownerOf({ custom_fields: { a1: { type: 'user', id: 78 } } }, closer)).toMatchObject({
      ownerExternalId: '78',
    });
  });

  it('is gone, also where it says so itself', () => {
    const gone = { object: 'opportunity', externalId: '8', deleted: true };
    expect(said(documented('deal-delete'))).toEqual([{ occurredAt: '2022-11-24T15:16:53.335Z', ...gone }]);
    expect(said(as('deal-create', { status: 'deleted' }, {}, later))[0]).toMatchObject(gone);
  });
});

describe('a lead', () => {
  const lead = fixture('pipedrive-v2-lead-change');
  const company = { connection: { kind: 'pipedrive', companyId: 12_345_678 } } as const;
  const of = (data: object, previous: unknown, action = 'change') =>
    read({ data: { ...lead.data, ...data }, previous, meta: { ...lead.meta, action } }, noMapping, company);

  it('whose value changed says nothing of the person', () => {
    expect(read(lead, noMapping, company)).toMatchObject({
      ...{ lines: [], unread: ['the lead is as open or archived as before'] },
    });
  });

  it('is open for its person when it is new, or back from the archive', () => {
    const open = [
      { occurredAt: '2025-06-19T16:07:36.754Z', change: { object: 'person', externalId: '12', stage: 'open' } },
    ];
    expect(of({}, null, 'create').lines).toMatchObject(open);
    expect(of({}, { is_archived: true }).lines).toMatchObject(open);
  });

  it('that was archived is a stage for the playbook to judge', () => {
    expect(of({ is_archived: true }, { is_archived: false }).lines[0]?.change).toEqual({
      ...{ object: 'person', externalId: '12', crmStage: 'archived' },
    });
  });

  it('of no person, or deleted, says nothing', () => {
    expect(of({ person_id: null }, null, 'create').unread).toEqual(['a lead of no person says nothing of anybody']);
    expect(of({}, lead.data, 'delete').unread).toEqual(['what was said of it stays said']);
  });
});

describe('an activity', () => {
  it('counts once it is done', () => {
    expect(read(documented('activity-create')).unread).toEqual(['an activity counts once it is done']);
    expect(said(as('activity-create', { done: true }, { done: false }, { action: 'change' }))).toEqual([
      {
        occurredAt: '2022-11-24T15:25:44.461Z',
        ...{ object: 'activity', externalId: '2', personExternalId: '10', kind: 'meeting' },
      },
    ]);
  });

  it('counts once, whatever is changed later', () => {
    const edited = as('activity-create', { done: true }, { subject: 'x' }, { action: 'change' });
    expect(read(edited).unread).toEqual(['the activity was done before']);
  });

  it.each([
    ['call', 'call'],
    ['lunch', 'meeting'],
    ['email', 'email'],
    ['deadline', 'other'],
    ['constructor', 'other'],
    [undefined, 'other'],
  ])('of type %s is a %s', (type, kind) => {
    expect(said(as('activity-create', { done: true, type }, null, {}))[0]).toMatchObject({ kind });
  });

  it('with nobody is nobody’s', () => {
    expect(read(as('activity-create', { done: true, person_id: null }, null)).lines).toEqual([]);
  });
});

test('the same event in another attempt is the same line; another of the same record is not', () => {
  const ids = (meta: object) => read(as('deal-create', {}, null, meta)).lines.map(({ id }) => id);

  expect(ids({ attempt: 3 })).toEqual(ids({ attempt: 1 }));
  expect(new Set([...ids({}), ...ids({ id: 'other' }), ...ids({ entity_id: '9' })]).size).toBe(6);
});

test('a clock that runs ahead wins nothing', () => {
  const ahead = as('person-change', {}, {}, { timestamp: '2027-01-01T00:00:00.000Z' });
  expect(read(ahead).lines[0]?.occurredAt).toBe('2026-11-22T09:30:00.000Z');
});

test.each<[string, object, string]>([
  ['an unknown record', { entity: 'note' }, 'records of this kind mean nothing here'],
  ['an unknown action', { action: 'updated' }, 'there is no such action'],
])('%s is said to be unread', (_, meta, why) => {
  expect(read(as('person-change', {}, {}, meta))).toEqual({ lines: [], unread: [why], problems: [] });
});

test('a user, whose events have no id of their own and count seconds, is unread', () => {
  expect(read(documented('user-change'))).toMatchObject({ lines: [], problems: [] });
});

test.each<[string, object, string[]]>([
  ['another company', { company_id: '1' }, ['meta.company_id']],
  ['version 1', { version: undefined, v: 1 }, ['meta.version']],
  ['no time', { timestamp: 'yesterday' }, ['meta.timestamp']],
  ['no ids', { id: null, entity_id: {} }, ['meta.entity_id', 'meta.id']],
])('a delivery of %s is refused by its field', (_, meta, fields) => {
  const { lines, problems } = read(as('person-change', {}, {}, meta));
  expect(lines).toEqual([]);
  expect(problems.map(({ field }) => field)).toEqual(fields);
});

describe('records of a list', () => {
  const list = (entity: string, ...records: unknown[]) =>
    pipedriveRecords(entity, records, 'pipedrive', now, crmMapping.parse({ fields: { person: { stage: 'a1' } } }));

  it('say the same as webhooks, as of their last change, by ids that do not change', () => {
    const person = {
      ...{ id: 8, name: 'Bea', emails: [{ value: 'bea@acme.example', primary: true }] },
      ...{ org_id: 1, is_deleted: false, custom_fields: { a1: 17 }, update_time: '2025-01-02T03:04:05Z' },
    };
    const { lines, unread } = list('person', person);

    expect(unread).toEqual([]);
    expect(lines.map((line) => captured.parse(line))).toMatchObject([
      {
        occurredAt: '2025-01-02T03:04:05.000Z',
        change: { externalId: '8', email: 'bea@acme.example', crmStage: '17', deleted: false },
      },
    ]);
    expect(list('person', person).lines[0]?.id).toBe(lines[0]?.id);
    expect(list('person', { ...person, name: 'Bea B.' }).lines[0]?.id).not.toBe(lines[0]?.id);
  });

  it('know when a deal was won, a lead came and an activity was done', () => {
    const times = { add_time: '2025-01-01T00:00:00Z', update_time: '2025-01-09T00:00:00Z' };
    const deal = list('deal', { id: 1, status: 'won', won_time: '2025-01-05T00:00:00Z', stage_id: 2, ...times });
    const lead = list('lead', { id: 'u-1', person_id: 5, is_archived: false, ...times });
    const done = list('activity', {
      ...{ id: 3, done: true, type: 'call', person_id: 5, marked_as_done_time: '2025-01-04 00:00:00', ...times },
    });

    const days = [deal, lead, done].map(({ lines }) => lines.map(({ occurredAt }) => occurredAt.slice(0, 10)));
    expect(days).toEqual([['2025-01-09', '2025-01-01', '2025-01-05'], ['2025-01-01'], ['2025-01-04']]);
  });

  it('that cannot be read are counted, and hold nothing up', () => {
    const { lines, unread } = list('person', null, { id: 1 }, { id: 2, update_time: '2025-01-09T00:00:00Z' });
    expect([lines.length, unread.map(({ why }) => why)]).toEqual([
      ...[1, ['a record has no id', 'a record does not say when it was changed']],
    ]);
    expect(list('note', {}).unread).toHaveLength(1);
  });
});
