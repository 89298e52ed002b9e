import { describe, expect, test } from 'vitest';
import { type TouchCaptured, touchCapturedV1 } from '../../events/touch-captured.v1.ts';
import type { Form } from '../../lib/domain/playbook/playbook.ts';
import { type FormPost, readForm } from '../../lib/sources/form.ts';
import { chrome, googlebot } from '../functions/capture-harness.ts';

const form: Form = {
  title: 'Ask for a demo',
  fields: {
    email: { required: true, is: 'email', maxLength: 320 },
    'first-name': { required: false, is: 'firstName', maxLength: 500 },
    timeframe: { required: false, options: ['this-quarter', 'this-year'], maxLength: 500 },
    message: { required: false, maxLength: 10 },
    consent: { required: false, is: 'marketing-consent', maxLength: 500 },
  },
  mail: { freemail: 'accept', disposable: 'flag' },
  honeypot: 'website',
};

const post = (fields: FormPost['fields'], headers: FormPost['headers'] = {}, address?: string) =>
  readForm({
    address,
    formId: 'demo-request',
    form,
    fields,
    headers: { 'user-agent': chrome, ...headers },
    requestId: 'JKJaXmPLvHcESHA=',
    receivedAt: '2026-11-22T09:30:00.000Z',
  });
const email = ['email', 'bea@acme.example'] as const;

const touchOf = (reading: ReturnType<typeof post>): TouchCaptured => {
  if (!('lines' in reading)) throw new Error(JSON.stringify(reading));
  return touchCapturedV1.parse(reading.lines[0]);
};
const problemsOf = (reading: ReturnType<typeof post>) => {
  if (!('problems' in reading)) throw new Error('was accepted');
  return reading.problems.map(({ field, detail }) => `${field} ${detail}`);
};

describe('mail that is no company’s', () => {
  const by = (mail: Form['mail'], address: string) =>
    readForm({
      formId: 'demo-request',
      form: { ...form, mail },
      fields: [['email', address]],
      headers: { 'user-agent': chrome },
      requestId: 'r1',
      receivedAt: '2026-11-22T09:30:00.000Z',
    });
  const strict: Form['mail'] = { freemail: 'refuse', disposable: 'refuse' };

  test('is refused where the form wants none, by name of the field', () => {
    expect(by(strict, 'Bea@GMail.com')).toEqual({
      refused: [{ field: 'email', detail: 'must be your work address; personal addresses are not accepted here' }],
      detail: 'Please use your work address',
    });
    expect(by(strict, 'bea@any.mailinator.com')).toEqual({
      refused: [
        { field: 'email', detail: 'must be an address that lasts; disposable addresses are not accepted here' },
      ],
      detail: 'Please use an address that lasts',
    });
  });

  test('is marked where the form wants it looked at, and scores as any other', () => {
    const flagging: Form['mail'] = { freemail: 'flag', disposable: 'flag' };
    expect(touchOf(by(flagging, 'bea@gmail.com'))).toMatchObject({ doubtfulMail: 'freemail' });
    expect(touchOf(by(flagging, 'bea@mailinator.com'))).toMatchObject({ doubtfulMail: 'disposable' });
    expect(touchOf(by(flagging, 'bea@mailinator.com'))).not.toHaveProperty('flag', expect.anything());
  });

  test('is like any other where the form accepts it; a company’s always is', () => {
    const open: Form['mail'] = { freemail: 'accept', disposable: 'accept' };
    expect(touchOf(by(open, 'bea@mailinator.com')).doubtfulMail).toBeUndefined();
    expect(touchOf(by(strict, 'bea@acme.example')).doubtfulMail).toBeUndefined();
  });
});

describe('an accepted form', () => {
  test('becomes one touch with person, profile, consent, answers and page', () => {
    const touch = touchOf(
      post([
        email,
        ['first-name', ' Bea '],
        ['timeframe', 'this-quarter'],
        ['consent', 'on'],
        ['_visitor', '4f7c'],
        ['_url', 'https://www.example.com/demo?utm_campaign=autumn'],
        ['_title', 'Ask for a demo'],
      ]),
    );

    expect(touch).toEqual({
      type: 'touch-captured.v1',
      id: 'form:JKJaXmPLvHcESHA=',
      source: 'form',
      kind: 'form',
      occurredAt: '2026-11-22T09:30:00.000Z',
      receivedAt: '2026-11-22T09:30:00.000Z',
      person: { email: 'bea@acme.example', visitor: 'anon:4f7c' },
      profile: { firstName: 'Bea' },
      consent: { marketing: true },
      form: {
        id: 'demo-request',
        answers: { email: 'bea@acme.example', 'first-name': 'Bea', timeframe: 'this-quarter', consent: 'on' },
      },
      page: { url: 'https://www.example.com/demo?utm_campaign=autumn', title: 'Ask for a demo' },
      campaign: 'autumn',
    });
  });

  test('has the id of its submission, from the field or the header, whatever request it came in', () => {
    expect(touchOf(post([email, ['_submission', 'abc']])).id).toBe('form:demo-request:abc');
    expect(touchOf(post([email], { 'idempotency-key': '"abc"' })).id).toBe('form:demo-request:abc');
    expect(touchOf(post([email], { 'idempotency-key': 'abc' })).id).toBe('form:demo-request:abc');
  });

  test('keeps a submission id the contract has no room for as a digest', () => {
    expect(touchOf(post([email, ['_submission', 'two words']])).id).toMatch(/^form:demo-request:sha256-[0-9a-f]{32}$/);
    expect(touchOf(post([email, ['_visitor', 'ü'.repeat(300)]])).person.visitor).toMatch(/^anon:sha256-[0-9a-f]{32}$/);
  });

  test.each(['on', 'true', 'YES', '1', true, 1])('takes %s for consent', (value) => {
    expect(touchOf(post([email, ['consent', value]])).consent).toEqual({ marketing: true });
  });
  test.each(['off', 'false', 'no', '0', false])('takes %s for a no', (value) => {
    expect(touchOf(post([email, ['consent', value]])).consent).toEqual({ marketing: false });
  });
  test.each([[[]], [[['consent', '']]], [[['consent', null]]]])('takes silence for neither', (fields) => {
    expect(touchOf(post([email, ...(fields as [string, string][])])).consent).toBeUndefined();
  });

  test('keeps emoji and line ends, counted as a browser counts them', () => {
    expect(touchOf(post([email, ['message', 'a\r\nb 🎉 ⚙️']])).form?.answers.message).toBe('a\nb 🎉 ⚙️');
    expect(touchOf(post([email, ['message', 'x\ud800']])).form?.answers.message).toBe('x\ufffd');
  });

  test('does not count an empty field as an answer', () => {
    expect(touchOf(post([email, ['timeframe', ''], ['message', '  ']])).form?.answers).toEqual({
      email: 'bea@acme.example',
    });
  });

  test('says it is spam when the honeypot was filled, and keeps nothing of it', () => {
    const touch = touchOf(post([email, ['website', 'https://spam.example']], { 'user-agent': googlebot }));

    expect(touch.flag).toBe('spam');
    expect(JSON.stringify(touch)).not.toContain('spam.example');
    expect(touchOf(post([email, ['website', '']])).flag).toBeUndefined();
  });

  test('says a crawler sent it', () => {
    expect(touchOf(post([email], { 'user-agent': googlebot })).flag).toBe('bot');
    expect(touchOf(post([email], { 'user-agent': 'node' })).flag).toBeUndefined();
  });

  test('keeps no address that names whom a mail was sent to', () => {
    const address = 'https://www.example.com/demo?muster_lead=lead_0123456789abcdef';
    const page = { url: 'https://www.example.com/demo', referrer: 'https://www.example.com/demo' };
    expect(touchOf(post([email, ['_url', address], ['_referrer', address]])).page).toEqual(page);
    expect(touchOf(post([email], { referer: address })).page).toEqual({ url: page.url });
  });

  test('leaves the visitor out when the browser asks for privacy', () => {
    const touch = touchOf(post([email, ['_visitor', '4f7c']], { 'sec-gpc': '1' }));
    expect([touch.person, touch.optOut]).toEqual([{ email: 'bea@acme.example' }, 'gpc']);
    expect(touchOf(post([email, ['_visitor', '4f7c']])).optOut).toBeUndefined();
  });

  test('keeps the address it came from, unless privacy was asked for or marketing refused', () => {
    const from = (fields: FormPost['fields'], headers = {}) =>
      touchOf(post([email, ...fields], headers, '::ffff:203.0.113.7')).ip;

    expect(from([])).toBe('203.0.113.7');
    expect(from([['consent', 'yes']])).toBe('203.0.113.7');
    expect(from([['consent', 'no']])).toBeUndefined();
    expect(from([], { 'sec-gpc': '1' })).toBeUndefined();
    expect(touchOf(post([email], { 'x-forwarded-for': '203.0.113.7' }, '10.0.0.1')).ip).toBeUndefined();
  });

  test('takes the page from the Referer when the form does not say', () => {
    expect(touchOf(post([email], { referer: 'https://www.example.com/demo' })).page).toEqual({
      url: 'https://www.example.com/demo',
    });
  });
});

describe('a form refused', () => {
  test('names every field that is wrong', () => {
    expect(
      problemsOf(
        post([
          ['email', 'bea@acme'],
          ['timeframe', 'never'],
          ['message', 'longer than ten'],
          ['consent', 'perhaps'],
        ]),
      ),
    ).toEqual([
      'email must be a valid e-mail address',
      'timeframe must be one of this-quarter, this-year',
      'message must be at most 10 characters',
      'consent must be yes or no',
    ]);
    expect(problemsOf(post([]))).toEqual(['email is required']);
    expect(problemsOf(post([['email', ' ']]))).toEqual(['email is required']);
  });

  test.each([
    'status',
    'score',
    'owner',
    '__proto__',
    'constructor',
    'toString',
    '_unknown',
  ])('does not let %s in', (name) => {
    expect(problemsOf(post([email, [name, 'x']]))).toEqual([`${name} is not a field of this form`]);
  });

  test('does not guess which of two answers was meant', () => {
    expect(problemsOf(post([email, ['message', 'a'], ['message', 'b']]))).toEqual(['message is given more than once']);
  });

  test.each([
    ['an object', { a: 1 }],
    ['a list', ['a']],
  ])('does not take %s for an answer', (_, value) => {
    expect(problemsOf(post([email, ['message', value]]))).toEqual(['message must be text, a number or true or false']);
  });

  test('keeps what could break a header out of what goes into one', () => {
    expect(problemsOf(post([['email', 'a@b.example\nBcc: c@d.example']]))).toEqual(['email must be a single line']);
    expect(problemsOf(post([email, ['first-name', 'Bea\r\nBcc: x']]))).toEqual(['first-name must be a single line']);
    expect(problemsOf(post([email, ['message', 'a\u0000b']]))).toEqual(['message must not contain control characters']);
  });
});
