// Signals that can never match or whose caps cap nothing are refused, at their place.
import { describe, expect, it, test } from 'vitest';
import { complaints } from './complaints-of.ts';

describe('a rule that can never match', () => {
  test.each([
    [
      'a form on another kind',
      'match: { form: demo }, points: 40',
      'match: { kind: page, form: demo }, points: 40',
      [
        '10:41 signals.asked.match.kind: a touch of kind page has no form: this never matches; take out one of the two, or say kind: form',
      ],
    ],
    [
      'an answer on another kind',
      'match: { form: demo, answer:',
      'match: { kind: call, form: demo, answer:',
      [
        '11:39 signals.soon.match.kind: a touch of kind call has no form: this never matches; take out one of the two, or say kind: form',
      ],
    ],
    [
      'an answer of no form',
      'match: { form: demo, answer:',
      'match: { answer:',
      ['11:33 signals.soon.match.answer: an answer is one of a form; say which, with form: its name'],
    ],
    [
      'an event on another kind',
      'match: { form: demo }, points: 40',
      'match: { kind: webinar, event: Zero Trust }, points: 40',
      [
        '10:41 signals.asked.match.kind: a touch of kind webinar has no event: this never matches; take out one of the two, or say kind: event',
      ],
    ],
    [
      'a URL on another kind',
      'match: { form: demo }, points: 40',
      'match: { kind: form, url: "*/demo*" }, points: 40',
      [
        '10:41 signals.asked.match.kind: a touch of kind form has no url: this never matches; take out one of the two, or say kind: page',
      ],
    ],
    [
      'a URL and a form',
      'match: { form: demo }, points: 40',
      'match: { form: demo, url: "*/demo*" }, points: 40',
      [
        '10:52 signals.asked.match.url: no touch has both form and url: this never matches; make it a list, `match: [{ form: … }, { url: … }]`, to count either',
      ],
    ],
    [
      'a URL and an event',
      'match: { form: demo }, points: 40',
      'match: { event: Clicked, url: "*/demo*" }, points: 40',
      [
        '10:42 signals.asked.match.event: no touch has both url and event: this never matches; make it a list, `match: [{ url: … }, { event: … }]`, to count either',
      ],
    ],
    [
      'dwell time of a form',
      'match: { form: demo }, points: 40',
      'match: { form: demo, minimumDwellSeconds: 30 }, points: 40',
      [
        '10:68 signals.asked.match.minimumDwellSeconds: no touch has both form and minimumDwellSeconds: this never matches; make it a list, `match: [{ form: … }, { minimumDwellSeconds: … }]`, to count either',
      ],
    ],
    [
      'dwell time of a call',
      'match: { form: demo }, points: 40',
      'match: { kind: call, minimumDwellSeconds: 30 }, points: 40',
      [
        '10:41 signals.asked.match.kind: a touch of kind call has no minimumDwellSeconds: this never matches; take out one of the two, or say kind: page or event',
      ],
    ],
    [
      'a topic of a form',
      'match: { form: demo }, points: 40',
      'match: { kind: form, topic: "*security*" }, points: 40',
      [
        '10:41 signals.asked.match.kind: a touch of kind form has no topic: this never matches; take out one of the two, or say kind: page or event or webinar or trade-show',
      ],
    ],
    [
      'a title of a call',
      'match: { form: demo }, points: 40',
      'match: { kind: call, title: "*security*" }, points: 40',
      [
        '10:41 signals.asked.match.kind: a touch of kind call has no title: this never matches; take out one of the two, or say kind: form or page or event or identify or group or alias or webinar or trade-show',
      ],
    ],
    [
      'the second of a list',
      'match: { form: demo }, points: 40',
      'match: [{ form: demo }, { kind: call, title: "*x*" }], points: 40',
      [
        '10:58 signals.asked.match.1.kind: a touch of kind call has no title: this never matches; take out one of the two, or say kind: form or page or event or identify or group or alias or webinar or trade-show',
      ],
    ],
    [
      'a URL that begins with its path',
      '"*/pricing*"',
      '/pricing*',
      [
        '12:44 signals.pricing.match.url: a whole URL never starts with /pricing*: this never matches; write */pricing*',
      ],
    ],
    [
      'a URL without a scheme',
      '"*/pricing*"',
      'www.seller.example/pricing',
      [
        '12:44 signals.pricing.match.url: a whole URL never starts with www.seller.example/pricing: this never matches; write *www.seller.example/pricing*',
      ],
    ],
  ])('%s', (_, from, to, expected) => expect(complaints(from, to)).toEqual(expected));
});

describe('a pattern that looks like a regular expression', () => {
  test.each([
    [
      'an anchor at the start',
      '"*/pricing*"',
      '"^https://x/pricing*"',
      [
        '12:44 signals.pricing.match.url: ^ looks like a regular expression, and only * is special: it stands for any text; write such as */pricing*',
      ],
    ],
    [
      'digits',
      '"*/pricing*"',
      "'*/pricing/\\d*'",
      [
        '12:44 signals.pricing.match.url: \\d looks like a regular expression, and only * is special: it stands for any text; write such as */pricing*',
      ],
    ],
    [
      'in an answer',
      'is: soon }',
      'contains: "^so" }',
      [
        '11:83 signals.soon.match.answer.contains: ^ looks like a regular expression, and only * is special: it stands for any text; write such as */pricing*',
      ],
    ],
  ])('%s', (_, from, to, expected) => expect(complaints(from, to)).toEqual(expected));
});

describe('a pattern', () => {
  const said = (pattern: string): string[] => complaints('"*/pricing*"', `'${pattern}'`);

  test.each([
    ['^https://x/pricing*', '^'],
    ['*/pricing/\\d*', '\\d'],
    ['*\\w*', '\\w'],
    ['*\\s*', '\\s'],
    ['https:\\/\\/x/pricing', '\\/'],
    ['*seller\\.example*', '\\.'],
    ['.*pricing', '.*'],
    ['.+pricing', '.+'],
    ['https://x/(.*)', '(.*'],
    ['https://x/pricing.*$', '.*$'],
    ['https://x/pricing.*|plans', '.*|'],
    ['https://x/pricing|.*', '|.*'],
    ['https://x/.*(pricing|plans)', '.*(pricing|plans)'],
    ['https://x/(pricing|plans).*', '(pricing|plans).*'],
  ])('%s is certainly a regular expression, and refused', (pattern, sign) => {
    expect(said(pattern)).toEqual([
      `12:44 signals.pricing.match.url: ${sign} looks like a regular expression, and only * is special: it stands for any text; write such as */pricing*`,
    ]);
  });

  test.each([
    '*/datasheet.*',
    '*/datasheet.*?download=1*',
    '*[On-Demand] Webinar*',
    '*[EMEA-2026]*',
    '*[EMEA-2026].*',
    '*(Part 1|2)*',
    '*/(pricing|plans)*',
    '*/[a-z]*',
    '*/price-in-$',
    '*a^b*',
    '*c++*',
    '*.NET*',
    '*What is it?*',
    '*C:\\temp*',
  ])('%s may be meant as it stands', (pattern) => expect(said(pattern)).toEqual([]));
});

describe('an answer', () => {
  test.each([
    [
      'to a form there is none of',
      'match: { form: demo }, points: 40',
      'match: { form: dmeo }, points: 40',
      ['10:41 signals.asked.match.form: no form is called dmeo; did you mean demo?'],
    ],
    [
      'to a field there is none of',
      'field: timeframe, is',
      'field: time, is',
      ['11:62 signals.soon.match.answer.field: form demo has no field time; did you mean timeframe?'],
    ],
    [
      'that is no option',
      'is: soon }',
      'is: son }',
      ['11:77 signals.soon.match.answer.is: son is no option of timeframe; did you mean soon?'],
    ],
    [
      'that is near no option, of several',
      'is: soon }',
      'is: [soon, whenever] }',
      ['11:84 signals.soon.match.answer.is.1: whenever is no option of timeframe; there are: soon, later'],
    ],
    [
      'that contains what no option does',
      'is: soon }',
      'contains: now }',
      [
        '11:83 signals.soon.match.answer.contains: none of soon, later contains now: this never matches; say `is` with the options you mean',
      ],
    ],
  ])('%s', (_, from, to, expected) => expect(complaints(from, to)).toEqual(expected));
});

describe('caps', () => {
  test.each([
    [
      'less than one touch',
      'points: 40, cap: 40',
      'points: 40, cap: 39',
      ['10:66 signals.asked.cap: less than the 40 points of one touch; take 40 or more'],
    ],
    [
      'less a day than one touch',
      'capPerDay: 20',
      'capPerDay: 9',
      ['12:83 signals.pricing.capPerDay: less than the 10 points of one touch; take 10 or more'],
    ],
    [
      'more a day than in total',
      'capPerDay: 20',
      'capPerDay: 41',
      [
        '12:83 signals.pricing.capPerDay: more a day than the 40 points in total: it never has an effect; take less than 40, or leave it out',
      ],
    ],
    [
      'less than one touch of a model',
      'pricing: { points: 15 }',
      'pricing: { points: 45 }',
      [
        '30:81 models.buyers.signals.pricing.cap: less than the 45 points of one touch; take 45 or more',
        '30:81 models.buyers.signals.pricing.capPerDay: less than the 45 points of one touch; take 45 or more',
      ],
    ],
  ])('%s', (_, from, to, expected) => expect(complaints(from, to)).toEqual(expected));
});

describe('what is no mistake', () => {
  test.each([
    [
      'a form and its title',
      'match: { form: demo }, points: 40',
      'match: { kind: form, form: demo, title: "Demo*" }, points: 40',
    ],
    [
      'dwell time of an event',
      'match: { form: demo }, points: 40',
      'match: { event: Page Left, minimumDwellSeconds: 30 }, points: 40',
    ],
    [
      'a topic of a webinar',
      'match: { form: demo }, points: 40',
      'match: { kind: webinar, topic: "*security*" }, points: 40',
    ],
    ['a URL with its scheme', '"*/pricing*"', 'https://www.seller.example/pricing*'],
    [
      'an event with brackets and a dot',
      'match: { form: demo }, points: 40',
      'match: { event: "Demo (v1.2) asked*" }, points: 40',
    ],
    ['an answer that contains part of an option', 'is: soon }', 'contains: late }'],
    ['any answer', ', is: soon }', ' }'],
    ['a cap of exactly one touch', 'points: 40, cap: 40', 'points: 40, cap: 40, capPerDay: 40'],
    ['a penalty with its cap', 'points: 40, cap: 40', 'points: -40, cap: 40'],
  ])('%s', (_, from, to) => expect(complaints(from, to)).toEqual([]));

  it('more a day than in total where points fade: what is left of a large day comes under the cap', () => {
    expect(complaints('capPerDay: 20', 'capPerDay: 41, halfLifeDays: 7')).toEqual([]);
  });
});
