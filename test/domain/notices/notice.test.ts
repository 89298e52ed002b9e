// What a mail says, and that nothing a stranger typed is more than text in it.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { address, html } from '../../../lib/domain/notices/html.ts';
import {
  autoResponse,
  digestOf,
  htmlOf,
  keptOf,
  mailingOf,
  type Notice,
  type NoticeAction,
  textOf,
} from '../../../lib/domain/notices/notice.ts';
import { type AccountStory, noticeOfAccount } from '../../../lib/domain/notices/of-account.ts';
import { correctionOf, type LeadStory, noticeOfLead } from '../../../lib/domain/notices/of-lead.ts';

const about = { leadId: 'lead_1', assignmentId: 'evt_1.1' };
const actions: NoticeAction[] = [
  { ...about, does: 'follow-up', label: 'I am following up' },
  { ...about, does: 'hand-over', label: 'Hand over' },
  { ...about, does: 'bad', reason: 'no-budget', label: 'No budget' },
  { ...about, does: 'bad', reason: 'spam', label: 'Spam' },
];
const hrefOf = ({ does, reason = '' }: NoticeAction): string => `https://api.example/act/${does}${reason}`;
const textIn = (notice: Notice): string => textOf(mailingOf(notice), hrefOf);
const htmlIn = (notice: Notice): string => htmlOf(mailingOf(notice), hrefOf);
const wordsOf = (page: string): string =>
  page
    .replace(/<style[\s\S]*?<\/style>|<!--[\s\S]*?-->|<[^>]+>/g, ' ')
    .replaceAll('\u200b', '')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ');

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
  ownerEmail: 'ada@seller.example',
  ownerReason: 'Next in turn of the pool inbound.',
  dueAt: '2026-11-20T13:02:00.000Z',
  timezone: 'Europe/Berlin',
  actions,
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
    const notice = noticeOfAccount('account-surged', 'ada@seller.example', told);
    expect(notice).toMatchObject({
      kind: 'account-surged',
      to: 'ada@seller.example',
      subject: 'Surge: Acme, far more activity than usual',
    });
    expect(textIn(notice)).toBe(
      [
        'Acme',
        '',
        'Ada Rep, Acme is yours, and something is going on there: far more activity than usual.',
        '',
        'Why now: 9 person-days in a week against 1.2 in a usual one: Bea Buyer (Read the pricing page, 6).',
        'Account: Nurture, 42 points. Last engaged on 2026-11-20; nobody qualifies now.',
        'Who: Bea Buyer; Ben',
        'Buying group: missing: Champion',
        '',
        'Muster sends you this because the playbook names you among its people.',
        '',
      ].join('\n'),
    );
  });

  it('leaves out who is not known', () => {
    const notice = noticeOfAccount('account-threshold', 'ada@seller.example', { ...told, people: [], buyingGroup: [] });
    expect(textIn(notice)).not.toMatch(/Who|Buying group/);
    expect(notice.subject).toBe('Account: Acme, far more activity than usual');
  });
});

describe('the mail to the rep', () => {
  const notice = noticeOfLead('lead-routed', 'ada@seller.example', story);

  it('says who, why now, why them, what of the account, until when in local time, and what can be done', () => {
    expect(notice.subject).toBe('New lead: Bea Buyer at Acme (A1)');
    expect(textIn(notice)).toBe(
      [
        'Bea Buyer at Acme (A1)',
        '',
        'Ada Rep, this lead is yours.',
        '',
        'Who: Bea Buyer, Head of IT, Acme (bea@acme.example)',
        'Why now: Asked for a demo on 2026-11-20; fit A.',
        'Why you: Next in turn of the pool inbound.',
        'Say: Offer two times today.',
        'Grade: A1, 61 points, SQL',
        'Account: Qualified. Bea Buyer: Asked for a demo.',
        'Also there: Ben; Cyd',
        'Buying group: Economic buyer: Bea Buyer, Cyd; missing: Champion, User',
        'Going on: Far more activity than usual: 9 person-days in a week. Three on pricing: Bea, Ben and Cyd.',
        'Lately:',
        '- Fri, 20 Nov 2026, 10:02:00 CET: Asked for a demo',
        'Follow up by: Fri, 20 Nov 2026, 14:02:00 CET',
        '',
        'I am following up',
        'https://api.example/act/follow-up',
        'Hand over',
        'https://api.example/act/hand-over',
        'Bad lead: No budget',
        'https://api.example/act/badno-budget',
        'Bad lead: Spam',
        'https://api.example/act/badspam',
        '',
        'Muster sends you this because the playbook names you among its people.',
        '',
      ].join('\n'),
    );
  });

  it('says the same in HTML, with the same links', () => {
    const page = htmlIn(notice);
    const words = wordsOf(page);
    const { said, facts = [], touches = [], due = '' } = notice.matter;
    for (const text of [...said, ...facts.flatMap(({ name, value }) => [name, value]), touches[0]!.label, due])
      expect(words).toContain(text);
    const links = [...page.matchAll(/href="([^"]+)"/g)].map(([, href]) => href);
    expect(links).toEqual(actions.map(hrefOf));
  });

  it('keeps no links, and shows none where they lead nowhere', () => {
    expect(JSON.stringify(keptOf(notice))).not.toContain('following up');
    expect(htmlOf(mailingOf(notice))).not.toContain('href=');
    expect(textOf(mailingOf(notice))).not.toContain('following up');
  });

  it('leaves out what is not known', () => {
    const least: LeadStory = {
      ...story,
      ...{ going: [], others: [], buyingGroup: [], touches: [], actions: [] },
      ...{ email: undefined, jobTitle: undefined, level: undefined, conversation: undefined, dueAt: undefined },
      ownerReason: undefined,
    };
    const { matter } = noticeOfLead('lead-routed', 'ada@seller.example', least);
    expect(JSON.stringify(matter)).not.toMatch(/undefined|Also there|Buying group|Going on|Say|Why you/);
    expect(htmlOf(mailingOf({ ...notice, matter }))).not.toMatch(/Lately|Follow up by|Bad lead/);
  });
});

it('reminds the rep, and tells whoever is above by name who has not followed up', () => {
  const said = (kind: 'sla-reminder' | 'sla-breached', to: string) => noticeOfLead(kind, to, story).matter.said[0];
  expect(said('sla-reminder', 'ada@seller.example')).toBe('Ada Rep, nobody has followed up yet.');
  expect(said('sla-reminder', 'grace@seller.example')).toBe('Ada Rep has not followed up yet.');
  expect(said('sla-breached', 'ada@seller.example')).toBe('Ada Rep, nobody has followed up within the agreed time.');
  expect(said('sla-breached', 'grace@seller.example')).toBe(
    'Ada Rep has not followed up within the agreed time. Please see that somebody does.',
  );
});

it('puts right what was said of a lead that was followed up in time', () => {
  const wrong = noticeOfLead('sla-breached', 'grace@seller.example', story);
  expect(correctionOf(wrong, 'Fri, 20 Nov 2026, 14:02:00 CET')).toMatchObject({
    to: 'grace@seller.example',
    subject: 'Put right: Bea Buyer at Acme (A1)',
    matter: { said: [expect.stringMatching(/told you on Fri, 20 Nov 2026, 14:02:00 CET, .* was wrong/)] },
  });
});

describe('a digest', () => {
  const lead = noticeOfLead('lead-routed', 'ada@seller.example', story);
  const overdue = noticeOfLead('sla-breached', 'ada@seller.example', story);

  it('of one notice is that notice', () => {
    expect(digestOf([lead])).toEqual(mailingOf(lead));
  });

  it('says how many there are, and all of each', () => {
    const digest = digestOf([lead, lead, overdue]);
    expect(digest).toMatchObject({ to: 'ada@seller.example', subject: '2 new leads and 1 more notice for you' });
    expect(digest.matters.map(({ title }) => title)).toEqual([lead.subject, lead.subject, overdue.subject]);
    expect(textOf(digest, hrefOf).match(/Follow up by: /g)).toHaveLength(3);
    expect(htmlOf(digest, hrefOf).match(/act\/follow-up/g)).toHaveLength(3);
  });
});

const nasty = [
  '<img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>',
  "' onmouseover='alert(1)",
  '&lt;b&gt;',
  'javascript:alert(1)',
  'http://evil.example/login',
  'Bea\r\nBcc: eve@evil.example',
  'Bea\u0000\u2028Bcc: eve@evil.example',
  '`)}',
  '{{end}}',
  '<!--[if mso]>-->',
];

describe('what a stranger typed', () => {
  /** A mail with that text in every place a stranger can fill, and the same mail with words that harm nobody. */
  const mailWith = (text: string): Notice =>
    noticeOfLead('lead-routed', 'ada@seller.example', {
      ...story,
      ...{ person: text, jobTitle: text, company: text, leadReason: text, accountReason: text, owner: text },
      ...{ conversation: text, ownerReason: text, others: [text], going: [text], level: text, accountStatus: text },
      buyingGroup: [{ label: text, people: [text] }],
      touches: [{ label: text, at: '2026-11-20T09:02:00.000Z' }],
    });
  const tagsOf = (page: string): string[] =>
    page.match(/<[^>]*>/g)!.map((tag) => tag.replace(/aria-label="[^"]*"/, ''));
  const harmless = tagsOf(htmlIn(mailWith('Bea')));

  const isOnlyText = (text: string): void => {
    const notice = mailWith(text);
    // Not a tag, an attribute or a link that is not there with harmless words, in the very same places.
    expect(tagsOf(htmlIn(notice))).toEqual(harmless);
    expect(notice.subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
    expect(notice.subject.length).toBeLessThanOrEqual(200);
    expect(notice.to).toBe('ada@seller.example');
    // No line of the text begins with what they typed after a line break of theirs.
    expect(textIn(notice).split('\n')).toHaveLength(textIn(mailWith('Bea')).split('\n').length);
  };

  test.each(nasty)('%j is only text', (text) => {
    isOnlyText(text);
    for (const part of [htmlIn, textIn]) expect(part(mailWith(text))).not.toMatch(/http:\/\/evil|evil\.example\//);
  });

  it('is only text, whatever it is', () => {
    const piece = fc.oneof(
      fc.constantFrom(...nasty, '\n', '\r', '<', '>', '"', "'", '&', '`', '://', '.'),
      fc.string(),
    );
    const typed = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => `x${pieces.join('')}x`);
    fc.assert(fc.property(typed, isOnlyText), { numRuns: 300, seed: 20_261_122 });
  });

  it('can be no link of a button', () => {
    for (const url of ['javascript:alert(1)', 'data:text/html,x', 'JaVaScRiPt:alert(1)', 'vbscript:x'])
      expect(() => address(url)).toThrow('web address');
    expect(address('https://a.example/?x="><b>&y=1').text).not.toMatch(/["<>]/);
  });
});

it('answers the person in the playbook’s words, paragraph by paragraph, and says nothing else', () => {
  const notice = autoResponse('bea@acme.example', {
    subject: 'We have\nyour request',
    text: 'Thank you & hello.\n\nSoon: https://seller.example/calendar\n',
  });
  expect(notice).toMatchObject({ to: 'bea@acme.example', subject: 'We have your request', kind: 'auto-response' });
  expect(textIn(notice)).toBe('Thank you & hello.\n\nSoon: https://seller.example/calendar\n');
  expect(htmlIn(notice)).toContain('>Thank you &amp; hello.</div>');
  expect(wordsOf(htmlIn(notice))).not.toContain('Muster');
});

describe('html', () => {
  it('escapes values, not markup of its own', () => {
    const inner = html`<b>${'<'}</b>`;
    expect(html`<p>${inner}${[inner, inner]}${7}</p>`.text).toBe('<p><b>&lt;</b><b>&lt;</b><b>&lt;</b>7</p>');
  });

  it('leaves addresses whole and breaks what mail clients would make a link', () => {
    expect(html`${'bea@acme.example'}`.text).toBe('bea@acme.example');
    expect(html`${'see www.evil.example'}`.text).toBe('see www.\u200bevil.\u200bexample');
    expect(html`${'https://evil.example/@x'}`.text).not.toContain('https://evil');
    expect(html`${'http://10.0.0.1/'}`.text).toBe('http://\u200b10.0.0.1/');
    expect(html`${'1.2 days'}`.text).toBe('1.2 days');
  });
});
