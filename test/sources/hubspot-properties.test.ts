// What each property says, as HubSpot writes it.
import { describe, expect, test } from 'vitest';
import { type CrmMapping, crmMapping } from '../../lib/domain/playbook/crm.ts';
import { at, event, property, told } from './hubspot-events.ts';

describe('a property of a contact', () => {
  test.each<[string, unknown, object]>([
    ['email', ' Jo@Acme.example ', { email: 'Jo@Acme.example' }],
    ['lastname', 'Ünïcode 🎉', { profile: { lastName: 'Ünïcode 🎉' } }],
    ['jobtitle', 'CFO', { profile: { jobTitle: 'CFO' } }],
    ['company', 'Acme', { profile: { company: 'Acme' } }],
    ['country', 'Deutschland', { profile: { country: 'Deutschland' } }],
    ['phone', '+49 30 1', { profile: { phone: '+49 30 1' } }],
    ['industry', 'COMPUTER_SOFTWARE', { profile: { industry: 'COMPUTER_SOFTWARE' } }],
    ['numemployees', '25-50', { profile: { employees: '25-50' } }],
    ['hs_lead_status', 'IN_PROGRESS', { crmStage: 'IN_PROGRESS' }],
    ['hubspot_owner_id', 10202051, { ownerExternalId: '10202051' }],
    ['hubspot_owner_id', '', { ownerExternalId: null }],
    ['associatedcompanyid', '77', { accountExternalId: '77' }],
    ['associatedcompanyid', null, { accountExternalId: null }],
    ['hs_email_optout', 'true', { unsubscribed: true }],
    ['hs_email_optout', true, { unsubscribed: true }],
    ['hs_email_optout', 'false', { unsubscribed: false }],
    ['hs_email_optout', '', { unsubscribed: false }],
  ])('%s = %j', (name, value, expected) => {
    expect(property('contact', name, value)).toEqual([expected]);
  });

  test('that is cleared where nothing here can be is said', () => {
    expect(property('contact', 'jobtitle', '')).toEqual([
      'contact.propertyChange jobtitle: was cleared, and what is known here stays until something else is said',
    ]);
  });

  test('of a checkbox that is none of both is said', () => {
    expect(property('contact', 'hs_email_optout', 'perhaps')).toEqual([
      'contact.propertyChange hs_email_optout: is neither true nor false',
    ]);
    // Of one of several subscriptions: what Muster sends is none of them.
    expect(property('contact', 'hs_email_optout_4711', 'true')).toEqual([
      'contact.propertyChange hs_email_optout_4711: says nothing here',
    ]);
  });

  test('that nobody reads is said', () => {
    expect(property('contact', 'favourite_colour', 'blue')).toEqual([
      'contact.propertyChange favourite_colour: says nothing here',
    ]);
  });

  test('may be another by the playbook, for several fields at once, and is then not the usual one', () => {
    const mapping = crmMapping.parse({ fields: { person: { stage: 'lifecyclestage', industry: 'lifecyclestage' } } });

    expect(property('contact', 'lifecyclestage', 'lead', mapping)).toEqual([
      { crmStage: 'lead', profile: { industry: 'lead' } },
    ]);
    expect(property('contact', 'hs_lead_status', 'NEW', mapping)).toEqual([
      'contact.propertyChange hs_lead_status: says nothing here',
    ]);
  });

  describe('about what sales did', () => {
    const held = at - 3_600_000;

    test.each([
      ['notes_last_contacted', 'other'],
      ['hs_first_outreach_date', 'other'],
      ['hs_sa_first_engagement_date', 'other'],
      ['hs_latest_meeting_activity', 'meeting'],
    ])('%s is an activity of kind %s at its own time', (name, kind) => {
      const change = { object: 'activity', externalId: `123.${name}.${held}`, personExternalId: '123', kind };
      const { lines } = told([event('contact.propertyChange', { propertyName: name, propertyValue: String(held) })]);

      expect(lines).toMatchObject([
        { id: `hubspot:123.${name}.${held}`, occurredAt: '2026-11-22T08:00:00.000Z', change },
      ]);
    });

    test('is one activity however often it is told', () => {
      const tell = (more: object) =>
        event('contact.propertyChange', { propertyName: 'notes_last_contacted', propertyValue: `${held}`, ...more });
      const { lines } = told([tell({}), tell({ eventId: 2, subscriptionId: 3, occurredAt: at + 5 })]);

      expect(lines[1]).toEqual(lines[0]);
    });

    test.each([
      ['hs_latest_meeting_activity', String(at + 1), 'lies ahead, and has not happened yet'],
      ['notes_last_contacted', '', 'was cleared, which undoes nothing'],
      ['notes_last_contacted', 'yesterday', 'is no time'],
      // It is the person who did something then.
      ['hs_last_sales_activity_timestamp', String(held), 'says nothing here'],
    ])('%s = %s is none', (name, value, why) => {
      expect(property('contact', name, value)).toEqual([`contact.propertyChange ${name}: ${why}`]);
    });
  });
});

describe('a property of a company', () => {
  const hundredAndOne = Array.from({ length: 101 }, (_, n) => `t${n}`);

  test.each<[string, unknown, object | string]>([
    ['name', 'Acme', { name: 'Acme' }],
    ['name', 'x'.repeat(400), { name: 'x'.repeat(300) }],
    ['domain', 'acme.example', { domains: ['acme.example'] }],
    ['domain', '', { domains: [] }],
    ['hubspot_owner_id', '5', { ownerExternalId: '5' }],
    ['industry', 'BANKING', { industry: 'BANKING' }],
    ['numberofemployees', '850', { employees: 850 }],
    ['numberofemployees', '1,200', { employees: 1200 }],
    ['numberofemployees', '1.200', { employees: 1200 }],
    ['numberofemployees', '12.0', { employees: 12 }],
    ['numberofemployees', '51-200', { employees: 51 }],
    ['numberofemployees', '2.5', 'is no number of people'],
    ['numberofemployees', '-3', 'is no number of people'],
    ['numberofemployees', 'many', 'is no number of people'],
    ['annualrevenue', '1500000.5', { revenue: 1_500_000.5 }],
    ['annualrevenue', '1.2E10', { revenue: 12_000_000_000 }],
    ['annualrevenue', '1,200,000', { revenue: 1_200_000 }],
    ['annualrevenue', '1e999', 'is no number'],
    ['annualrevenue', '-1', 'is no number'],
    ['annualrevenue', '1'.repeat(61), 'is no number'],
    ['numberofemployees', '1.2E3', { employees: 1200 }],
    [
      'web_technologies',
      'salesforce;google_analytics; ;salesforce',
      { technologies: ['salesforce', 'google_analytics'] },
    ],
    ['web_technologies', '', { technologies: [] }],
    ['web_technologies', hundredAndOne.join(';'), { technologies: hundredAndOne.slice(0, 100) }],
    ['country', 'France', { country: 'France' }],
    ['hs_parent_company_id', '9', { parentExternalId: '9' }],
    ['hs_parent_company_id', '', { parentExternalId: null }],
    ['type', 'PARTNER', { crmStage: 'PARTNER' }],
  ])('%s = %j', (name, value, expected) => {
    expect(property('company', name, value)).toEqual([
      typeof expected === 'string' ? `company.propertyChange ${name}: ${expected}` : expected,
    ]);
  });
});

test('as long as a delivery may be takes no time to read', () => {
  const long = `1${' '.repeat(60_000)}x`;
  const began = performance.now();

  expect(property('company', 'numberofemployees', long)).toHaveLength(1);
  expect(performance.now() - began).toBeLessThan(500);
});

describe('a property of a deal', () => {
  const email = crmMapping.parse({ fields: { opportunity: { contact: 'champion', type: 'dealtype' } } });
  const closer = crmMapping.parse({ fields: { opportunity: { owner: 'closer' } } });

  test.each<[string, string, object | string, CrmMapping?]>([
    ['dealstage', '1353387280', { crmStage: '1353387280' }],
    ['dealstage', 'closedwon', { crmStage: 'closedwon', state: 'won' }],
    ['dealstage', 'closedlost', { crmStage: 'closedlost', state: 'lost' }],
    ['dealstage', 'contractsent', { crmStage: 'contractsent', state: 'open' }],
    [
      'dealstage',
      'closedwon',
      { crmStage: 'closedwon' },
      crmMapping.parse({ stages: { opportunity: { closedwon: 'open' } } }),
    ],
    ['dealstage', 'constructor', { crmStage: 'constructor' }],
    ['pipeline', 'renewals', { crmType: 'renewals' }],
    ['dealtype', 'existingbusiness', { crmType: 'existingbusiness' }, email],
    ['hs_primary_associated_company', '77', { accountExternalId: '77' }],
    ['hubspot_owner_id', '10202051', { ownerExternalId: '10202051' }],
    ['hubspot_owner_id', '', { ownerExternalId: null }],
    ['closer', '7', { ownerExternalId: '7' }, closer],
    ['hubspot_owner_id', '7', 'says nothing here', closer],
    ['champion', 'jo@acme.example', { primaryContactEmail: 'jo@acme.example' }, email],
    ['champion', '123', 'is no e-mail address', email],
    ['amount', '100', 'says nothing here'],
  ])('%s = %s', (name, value, expected, mapping) => {
    expect(property('deal', name, value, mapping)).toEqual([
      typeof expected === 'string' ? `deal.propertyChange ${name}: ${expected}` : expected,
    ]);
  });
});

test('what comes back of our own writing is nothing to be said; the same property of other records is', () => {
  const writeBack = { person: { status: 'muster_status' }, account: { grade: 'muster_grade' } };
  const changed = (kind: string, propertyName: string) =>
    event(`${kind}.propertyChange`, { propertyName, propertyValue: 'Qualified' });
  const echo = [changed('contact', 'muster_status'), changed('company', 'muster_grade')];
  const newer = event('object.propertyChange', {
    ...{ objectTypeId: '0-1', propertyName: 'muster_status', propertyValue: 'Qualified', isSensitive: true },
  });
  expect(told([...echo, newer], { writeBack })).toEqual({ lines: [], unread: [] });

  const others = [
    changed('company', 'muster_status'),
    changed('contact', 'muster_grade'),
    changed('deal', 'muster_status'),
  ];
  expect(told(others, { writeBack }).unread).toHaveLength(3);
  expect(told(echo).unread).toHaveLength(2);
});
