import { describe, expect, it, test } from 'vitest';
import { html, page } from '../../../lib/domain/notices/html.ts';
import {
  type AccountStory,
  autoResponse,
  htmlOf,
  type LeadStory,
  noticeOfAccount,
  noticeOfLead,
} from '../../../lib/domain/notices/notice.ts';

const story: LeadStory = {
  person: 'Bea Buyer',
  email: 'bea@acme.example',
  jobTitle: 'Head of IT',
  company: 'Acme',
  grade: 'A1',
  level: 'SQL',
  score: 61,
  leadReason: 'Asked for a demo on 2026-11-20; fit A.',
  accountStatus: 'Qualified',
  accountReason: 'Bea Buyer: Asked for a demo.',
  others: ['Ben', 'Cyd'],
  buyingGroup: [
    { label: 'Economic buyer', people: ['Bea Buyer', 'Cyd'] },
    { label: 'Champion', people: [] },
    { label: 'User', people: [] },
  ],
  going: ['Far more activity than usual: 9 person-days in a week.', 'Three on pricing: Bea, Ben and Cyd.'],
  touches: [{ label: 'Asked for a demo', at: '2026-11-20T09:02:00.000Z' }],
  conversation: 'Offer two times today.',
  owner: 'Ada Rep',
  dueAt: '2026-11-20T13:02:00.000Z',
  timezone: 'Europe/Berlin',
};

describe('the mail on an account', () => {
  const told: AccountStory = {
    company: 'Acme',
    what: 'far more activity than usual',
    why: '9 person-days in a week against 1.2 in a usual one: Bea Buyer (Read the pricing page, 6).',
    accountStatus: 'Nurture',
    accountReason: 'Last engaged on 2026-11-20; nobody qualifies now.',
    score: 42,
    people: ['Bea Buyer', 'Ben'],
    buyingGroup: [{ label: 'Champion', people: [] }],
    owner: 'Ada Rep',
  };

  it('says what is going on, why, who, and who is missing', () => {
    expect(noticeOfAccount('account-surged', 'ada@seller.example', told)).toEqual({
      kind: 'account-surged',
      to: 'ada@seller.example',
      subject: 'Surge: Acme, far more activity than usual',
      text: [
        'Ada Rep, Acme is yours, and something is going on there: far more activity than usual.',
        '',
        'Why now: 9 person-days in a week against 1.2 in a usual one: Bea Buyer (Read the pricing page, 6).',
        'Account: Nurture, 42 points. Last engaged on 2026-11-20; nobody qualifies now.',
        'Who: Bea Buyer; Ben',
        'Buying group: missing: Champion',
        '',
      ].join('\n'),
    });
  });

  it('leaves out who is not known', () => {
    const nobody = { ...told, people: [], buyingGroup: [] };
    const { text, subject } = noticeOfAccount('account-threshold', 'ada@seller.example', nobody);
    expect(text).not.toMatch(/Who|Buying group/);
    expect(subject).toBe('Account: Acme, far more activity than usual');
  });
});

describe('the mail to the rep', () => {
  const notice = noticeOfLead('lead-routed', 'ada@seller.example', story);

  it('says who, why now, what of the account and until when, in local time', () => {
    expect(notice.subject).toBe('New lead: Bea Buyer at Acme (A1)');
    expect(notice.text).toBe(
      [
        'Ada Rep, this lead is yours.',
        '',
        'Who: Bea Buyer, Head of IT, Acme (bea@acme.example)',
        'Why now: Asked for a demo on 2026-11-20; fit A.',
        'Grade: A1, 61 points, SQL',
        'Account: Qualified. Bea Buyer: Asked for a demo.',
        'Also there: Ben; Cyd',
        'Buying group: Economic buyer: Bea Buyer, Cyd; missing: Champion, User',
        'Going on: Far more activity than usual: 9 person-days in a week. Three on pricing: Bea, Ben and Cyd.',
        'Lately: Asked for a demo (Fri, 20 Nov 2026, 10:02:00 CET)',
        'Say: Offer two times today.',
        'Follow up by: Fri, 20 Nov 2026, 14:02:00 CET',
        '',
      ].join('\n'),
    );
  });

  it('says the same in HTML', () => {
    const words = htmlOf(notice)
      .replace(/<[^>]+>/g, ' ')
      .replaceAll('\u200b', '')
      .replace(/\s+/g, ' ');
    for (const line of notice.text.split('\n').filter(Boolean)) {
      expect(words).toContain(line.replace(/^([A-Z][a-z ]+): /, '$1 '));
    }
  });

  it('leaves out what is not known', () => {
    const least = {
      ...story,
      going: [],
      email: undefined,
      jobTitle: undefined,
      others: [],
      buyingGroup: [],
      level: undefined,
      touches: [],
      conversation: undefined,
    };
    const { text } = noticeOfLead('lead-routed', 'ada@seller.example', { ...least, dueAt: undefined });
    expect(text).not.toMatch(/undefined|Also there|Buying group|Going on|Lately|Say|Follow up by/);
  });
});

it('reminds the rep, and tells the manager by name who has not followed up', () => {
  expect(noticeOfLead('sla-reminder', 'ada@seller.example', story).text).toMatch(
    /^Ada Rep, nobody has followed up yet/,
  );
  expect(noticeOfLead('sla-breached', 'grace@seller.example', story)).toMatchObject({
    to: 'grace@seller.example',
    subject: 'Overdue: Bea Buyer at Acme (A1)',
    text: expect.stringMatching(/^Ada Rep has not followed up/),
  });
});

describe('what a stranger typed', () => {
  const nasty = [
    '<img src=x onerror=alert(1)>',
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    '&lt;b&gt;',
    'javascript:alert(1)',
    'http://evil.example/login',
    'Bea\r\nBcc: eve@evil.example',
    'Bea\u0000\u2028Bcc: eve@evil.example',
  ];
  const fields = ['person', 'jobTitle', 'company', 'leadReason', 'accountReason', 'owner', 'conversation'] as const;

  test.each(
    nasty.flatMap((text) => fields.map((field) => [field, text] as const)),
  )('%s: %j is only text', (field, text) => {
    const notice = noticeOfLead('lead-routed', 'ada@seller.example', { ...story, [field]: text });

    expect(htmlOf(notice)).not.toMatch(/<(img|script|a)\b/i);
    expect(htmlOf(notice)).not.toMatch(/<[^>]*(src|href|on\w+)=/i);
    expect(htmlOf(notice)).not.toContain('http://evil.example');
    expect(notice.subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    expect(notice.text.split('\n').some((line) => line.startsWith('Bcc'))).toBe(false);
    expect(notice.to).toBe('ada@seller.example');
  });

  it('can neither lengthen a subject without end nor hide among others', () => {
    const notice = noticeOfLead('lead-routed', 'a@b.example', {
      ...story,
      person: 'x'.repeat(2_000),
      others: ['<b>Ben</b>'],
      touches: [{ label: '<i>Demo</i>', at: '2026-11-20T09:02:00.000Z' }],
    });
    expect(notice.subject.length).toBe(200);
    expect(htmlOf(notice)).not.toMatch(/<b>|<i>/);
  });
});

it('answers the person in the playbook’s words, paragraph by paragraph', () => {
  const notice = autoResponse('bea@acme.example', {
    subject: 'We have\nyour request',
    text: 'Thank you & hello.\n\nSoon.\n',
  });
  expect(notice).toMatchObject({ to: 'bea@acme.example', subject: 'We have your request', kind: 'auto-response' });
  expect(htmlOf(notice)).toContain('>Thank you &amp; hello.</p>');
  expect(htmlOf(notice).match(/<p /g)).toHaveLength(2);
});

describe('html', () => {
  it('escapes values, not markup of its own', () => {
    const inner = html`<b>${'<'}</b>`;
    expect(page(html`<p>${inner}${[inner, inner]}${7}</p>`)).toContain('<p><b>&lt;</b><b>&lt;</b><b>&lt;</b>7</p>');
  });

  it('leaves addresses whole and breaks what mail clients would make a link', () => {
    expect(html`${'bea@acme.example'}`.text).toBe('bea@acme.example');
    expect(html`${'see www.evil.example'}`.text).toBe('see www.\u200bevil.\u200bexample');
    expect(html`${'https://evil.example/@x'}`.text).not.toContain('https://evil');
  });
});
