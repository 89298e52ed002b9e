import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createHandler } from '../../functions/capture-forms.ts';
import { playbook } from '../../lib/domain/playbook/playbook.ts';
import { call, chrome, documentOf, expectProblem, googlebot, rememberingPorts, type Sent } from './capture-harness.ts';

const demo = playbook.parse(
  parse(readFileSync(new URL('../../infra/tenants/demo.playbook.yaml', import.meta.url), 'utf8')),
);
const site = 'https://www.example.com';
const answers = { email: 'bea@acme.example', 'job-title': 'Head of Procurement', timeframe: 'this-quarter' };

const asJson = (document: unknown): Sent => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(document),
});
const urlEncoded = (fields: Record<string, string> | [string, string][]): Sent => ({
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
});
const multipart = async (fields: [string, string | File][]): Promise<Sent> => {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  const encoded = new Response(data);
  return {
    headers: { 'content-type': encoded.headers.get('content-type')! },
    body: Buffer.from(await encoded.arrayBuffer()),
  };
};
/** What Chromium sends along when a page posts its form without JavaScript. */
const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', origin: site, referer: `${site}/demo/` };

const setUp = (load = async () => demo) => {
  const memory = rememberingPorts();
  const handler = createHandler({ ...memory.ports, playbook: load });
  const post = (sent: Sent, more: Sent = {}) =>
    call(handler, {
      path: '/forms/demo-request',
      route: 'POST /forms/{formId}',
      parameters: { formId: 'demo-request' },
      ...sent,
      ...more,
      headers: { 'user-agent': chrome, ...sent.headers, ...more.headers },
    });
  return { ...memory, post };
};

describe('an accepted form', () => {
  test.each<[string, () => Sent | Promise<Sent>]>([
    ['JSON', () => asJson(answers)],
    ['JSON sent as text', () => ({ ...asJson(answers), headers: { 'content-type': 'text/plain' } })],
    ['url-encoded', () => urlEncoded(answers)],
    ['multipart', () => multipart(Object.entries(answers))],
  ])('as %s is on the queue when the client hears so', async (_, sent) => {
    const { post, lines } = setUp();

    const response = await post(await sent());

    expect(response.statusCode).toBe(202);
    expect(documentOf(response)).toEqual({ touchId: 'form:req-1' });
    expect(lines()).toMatchObject([
      {
        id: 'form:req-1',
        person: { email: 'bea@acme.example' },
        profile: { jobTitle: 'Head of Procurement' },
        form: { id: 'demo-request', answers },
      },
    ]);
  });

  test('keeps emoji and umlauts, whatever it came as', async () => {
    const name = 'Zoë 🎉 Müller';
    for (const sent of [
      asJson({ ...answers, 'first-name': name }),
      urlEncoded({ ...answers, 'first-name': name }),
      await multipart(Object.entries({ ...answers, 'first-name': name })),
    ]) {
      const { post, lines } = setUp();
      await post(sent);
      expect(lines()).toMatchObject([{ profile: { firstName: name } }]);
    }
  });

  test('sent twice is one submission', async () => {
    const { post, lines } = setUp();
    const sent = urlEncoded({ ...answers, _submission: '6f1c' });

    await post(sent);
    await post(sent, { requestId: 'req-2' });
    await post(asJson(answers), { requestId: 'req-3', headers: { 'idempotency-key': '6f1c' } });

    expect(lines().map(({ id }) => id)).toEqual(Array(3).fill('form:demo-request:6f1c'));
  });

  test('of a machine is answered as a person is, and flagged', async () => {
    const { post, lines } = setUp();

    const person = await post(asJson(answers));
    const spam = await post(asJson({ ...answers, website: 'https://spam.example' }));
    const bot = await post(asJson(answers), { headers: { 'user-agent': googlebot } });

    expect([spam, bot]).toEqual([person, person]);
    expect(lines().map((line) => 'flag' in line && line.flag)).toEqual([false, 'spam', 'bot']);
  });

  test('of somebody who asks for privacy leaves the visitor out', async () => {
    const { post, lines } = setUp();

    await post(asJson({ ...answers, _visitor: '4f7c' }), { headers: { 'sec-gpc': '1' } });

    expect(lines()[0]).toMatchObject({ person: { email: 'bea@acme.example' } });
    expect(JSON.stringify(lines())).not.toContain('4f7c');
    expect(lines()[0]).not.toHaveProperty('ip');
  });

  test('keeps with the touch alone where it came from', async () => {
    const { post, lines, logged } = setUp();

    await post(asJson(answers));

    expect(lines()).toMatchObject([{ ip: '192.0.2.1' }]);
    expect(JSON.stringify(logged)).not.toContain('192.0.2.1');
  });
});

describe('an address with a slip in it', () => {
  test('is taken as typed, and the one probably meant suggested', async () => {
    const { post, lines } = setUp();

    const response = await post(asJson({ ...answers, email: 'bea@gmial.com' }));

    expect(documentOf(response)).toEqual({ touchId: 'form:req-1', suggestion: 'bea@gmail.com' });
    expect(lines()).toMatchObject([{ person: { email: 'bea@gmial.com' } }]);
    expect(JSON.stringify(lines())).not.toContain('gmail.com');
  });

  test('is asked about on our own page, and never in a URL', async () => {
    const { post } = setUp();
    const sent = urlEncoded({ ...answers, email: "o'neil@gmial.com" });

    const ours = await post(sent, { headers: { accept: browser.accept } });
    const theirs = await post(sent, { headers: browser });

    expect(ours.body).toContain('Did you mean o&#39;neil@gmail.com?');
    expect(theirs.headers?.location).toBe(`${site}/thanks.html`);
  });
});

describe('a form that wants work addresses', () => {
  const refusing = async () => ({
    ...demo,
    forms: {
      'demo-request': {
        ...demo.forms['demo-request']!,
        mail: { freemail: 'refuse', disposable: 'refuse' } as const,
      },
    },
  });

  test('captures nothing from a personal one, and says why', async () => {
    const { post, bodies } = setUp(refusing);

    const response = await post(asJson({ ...answers, email: 'bea@gmail.com' }));

    expectProblem(response, 422, ['email']);
    expect(documentOf(response)).toMatchObject({ detail: 'Please use your work address' });
    expect(bodies).toEqual([]);
  });

  test('shows a person the reason', async () => {
    const { post } = setUp(refusing);

    const response = await post(urlEncoded({ ...answers, email: 'bea@gmail.com' }), { headers: browser });

    expect(response.statusCode).toBe(422);
    expect(response.body).toContain('<strong>Work e-mail</strong> must be your work address');
    expect(response.body).not.toContain('Did you mean');
  });

  test('asks for an address that lasts where only disposable ones are refused, and for the one a slip was meant to be', async () => {
    const { forms } = await refusing();
    const form = { ...forms['demo-request'], mail: { freemail: 'accept', disposable: 'refuse' } as const };
    const { post, bodies, logged } = setUp(async () => ({ ...demo, forms: { 'demo-request': form } }));
    const slip = asJson({ ...answers, email: 'bea@gmial.com' });

    const disposable = await post(asJson({ ...answers, email: 'bea@mailinator.com' }));
    const typo = await post(slip);
    const page = await post(urlEncoded({ ...answers, email: 'bea@gmial.com' }), { headers: browser });

    expectProblem(disposable, 422, ['email']);
    expect(documentOf(disposable)).toMatchObject({ detail: 'Please use an address that lasts' });
    expect(documentOf(disposable)).not.toHaveProperty('suggestion');
    expectProblem(typo, 422, ['email']);
    expect(documentOf(typo)).toMatchObject({ suggestion: 'bea@gmail.com' });
    expect(page.body).toContain('Did you mean bea@gmail.com?');
    expect(bodies).toEqual([]);
    expect(JSON.stringify(logged)).not.toContain('gmail.com');
  });

  test('suggests no address it would refuse as well', async () => {
    const { post } = setUp(refusing);
    const response = await post(asJson({ ...answers, email: 'bea@gmial.com' }));
    expectProblem(response, 422, ['email']);
    expect(documentOf(response)).not.toHaveProperty('suggestion');
  });
});

describe('a browser without JavaScript', () => {
  test.each<[string, () => Sent | Promise<Sent>]>([
    ['url-encoded', () => urlEncoded(answers)],
    ['multipart', () => multipart(Object.entries(answers))],
  ])('is sent on after a form posted %s', async (_, sent) => {
    const { post, lines } = setUp();

    const response = await post(await sent(), { headers: browser });

    expect(response.statusCode).toBe(303);
    expect(response.headers?.location).toBe(`${site}/thanks.html`);
    expect(lines()).toHaveLength(1);
  });

  test.each<[string, Record<string, string>]>([
    ['neither Referer nor Origin', {}],
    ['a Referer from elsewhere', { referer: 'https://evil.example/demo/' }],
    ['an opaque origin', { origin: 'null' }],
  ])('with %s gets our own thanks, not theirs', async (_, from) => {
    const { post } = setUp();

    const response = await post(urlEncoded(answers), { headers: { accept: browser.accept, ...from } });

    expect(response.statusCode).toBe(202);
    expect(response.headers).not.toHaveProperty('location');
    expect(response.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; /),
    });
    expect(response.body).toContain('Thank you');
  });

  test('goes by its Origin when the Referer is kept back', async () => {
    const { post } = setUp();

    const response = await post(urlEncoded(answers), { headers: { accept: browser.accept, origin: site } });

    expect(response.headers?.location).toBe(`${site}/thanks.html`);
  });

  test.each([
    ['https://thanks.example/demo', 'https://thanks.example/demo'],
    ['../thanks', `${site}/thanks`],
    ['javascript:alert(1)', undefined],
    [undefined, undefined],
  ])('with the redirect %s goes to %s', async (redirect, location) => {
    const { post } = setUp(async () => ({
      ...demo,
      forms: { 'demo-request': { ...demo.forms['demo-request']!, redirect } },
    }));

    const response = await post(urlEncoded(answers), { headers: browser });

    expect(response.headers?.location).toBe(location);
    expect(response.statusCode).toBe(location ? 303 : 202);
  });

  test('is never sent where the form itself says', async () => {
    const { post } = setUp();

    const response = await post(urlEncoded({ ...answers, _redirect: 'https://evil.example/' }), { headers: browser });

    expect(response.headers?.location).toBe(`${site}/thanks.html`);
  });

  test('is shown what was wrong, escaped', async () => {
    const { post } = setUp();

    const response = await post(urlEncoded({ email: 'bea', '<script>': 'x' }), { headers: browser });

    expect(response.statusCode).toBe(400);
    expect(response.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; /),
    });
    expect(response.body).toContain('<strong>Work e-mail</strong> must be a valid e-mail address');
    expect(response.body).not.toContain('<script>');
  });
});

describe('a refused form', () => {
  test.each<[string, number, Sent, Sent]>([
    ['no such form', 404, asJson(answers), { parameters: { formId: 'other' } }],
    ['a prototype for a form', 404, asJson(answers), { parameters: { formId: '__proto__' } }],
    ['a method for a form', 404, asJson(answers), { parameters: { formId: 'constructor' } }],
    ['another content type', 415, { ...asJson(answers), headers: { 'content-type': 'application/xml' } }, {}],
    ['no content type', 415, { body: JSON.stringify(answers) }, {}],
    ['a body too large', 413, asJson({ ...answers, company: 'x'.repeat(65_536) }), {}],
    ['another method', 405, {}, { method: 'GET' }],
  ])('with %s is answered %i', async (_, status, sent, more) => {
    const { post, bodies } = setUp();

    const response = await post(sent, more);

    expectProblem(response, status);
    expect(bodies).toEqual([]);
  });

  test.each<[string, string[], Sent]>([
    ['no answers', ['email'], asJson({})],
    ['no answers, url-encoded', ['email'], urlEncoded({})],
    [
      'fields of its own',
      ['status', 'score', 'owner', 'email'],
      asJson({ status: 'Qualified', score: 100, owner: 'me' }),
    ],
    ['a prototype', ['__proto__'], { ...asJson({}), body: '{"email":"bea@acme.example","__proto__":{"a":1}}' }],
    ['a prototype, url-encoded', ['__proto__'], urlEncoded({ email: 'bea@acme.example', ['__proto__']: 'x' })],
    [
      'one field twice',
      ['email'],
      urlEncoded([
        ['email', 'a@b.example'],
        ['email', 'c@d.example'],
      ]),
    ],
    ['a list of answers', ['body'], asJson([answers])],
    ['no body', ['body'], { headers: { 'content-type': 'application/json' } }],
    ['half a document', ['body'], { ...asJson({}), body: '{"email":' }],
    ['no boundary', ['body'], { headers: { 'content-type': 'multipart/form-data' }, body: 'x' }],
    [
      'half a multipart form',
      ['body'],
      {
        headers: { 'content-type': 'multipart/form-data; boundary=b' },
        body: '--b\r\nContent-Disposition: form-data; name="email"\r\n\r\nbea',
      },
    ],
    ['an empty multipart body', ['body'], { headers: { 'content-type': 'multipart/form-data; boundary=b' }, body: '' }],
  ])('with %s names %j', async (_, fields, sent) => {
    const { post, bodies } = setUp();

    const response = await post(sent);

    expectProblem(response, 400, fields);
    expect(bodies).toEqual([]);
  });

  test('with a file says that files are not taken', async () => {
    const { post, bodies } = setUp();

    const response = await post(
      await multipart([
        ['email', answers.email],
        ['cv', new File(['x'], 'cv.pdf')],
      ]),
    );

    expectProblem(response, 400, ['cv']);
    expect(bodies).toEqual([]);
  });

  test('says where the JSON broke', async () => {
    const { post } = setUp();

    const response = await post({ ...asJson({}), body: '{"email" "bea@acme.example"}' });

    expect(documentOf(response).errors).toEqual([{ field: 'body', detail: 'is not JSON from position 9 on' }]);
  });

  test('can be read by the site it came from', async () => {
    const { post } = setUp();

    const response = await post(asJson({}), { headers: { origin: site } });

    expect(response.headers).toMatchObject({ 'access-control-allow-origin': site, vary: 'origin' });
  });
});

describe('when we cannot', () => {
  test('read the playbook, it is 503, not 404', async () => {
    const { post } = setUp(() => Promise.reject(new Error('table')));

    expectProblem(await post(asJson(answers)), 503);
  });

  test('reach the queue, it is 503, also for a browser', async () => {
    const { post, state } = setUp();
    state.queueFails = new Error('down');

    expectProblem(await post(asJson(answers)), 503);
    const page = await post(urlEncoded(answers), { headers: browser });
    expect(page.statusCode).toBe(503);
    expect(page.headers).toMatchObject({ 'retry-after': '5', 'content-type': 'text/html; charset=utf-8' });
  });
});

test('the log has no word of what was sent', async () => {
  const { post, logged } = setUp();

  await post(asJson({ ...answers, canary: 'canary' }));
  await post(asJson(answers), { parameters: { formId: 'canary' } });

  expect(logged.map(({ fields }) => fields)).toEqual([
    { requestId: 'req-1', route: 'POST /forms/{formId}', status: 400, milliseconds: 0, fieldsRefused: 1 },
    { requestId: 'req-1', route: 'POST /forms/{formId}', status: 404, milliseconds: 0 },
  ]);
});
