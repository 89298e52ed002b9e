import { getDomain } from 'tldts-icann';
import { expect, test } from 'vitest';
import { kindOfMail } from '../../lib/domain/email-kind.ts';
import { mailDomainOf, registrableDomain } from '../../lib/domain/mail-domains.ts';
import { disposableList, freemailList } from '../../lib/domain/mail-lists.ts';

test.each([
  ['acme.example', 'acme.example'],
  ['mail.eu.acme.example', 'acme.example'],
  ['WWW.Acme.Example.', 'acme.example'],
  ['mail.acme.co.uk', 'acme.co.uk'],
  ['acme.co.uk', 'acme.co.uk'],
  ['https://www.acme.com/about', 'acme.com'],
  ['bücher.de', 'xn--bcher-kva.de'],
  ['shop.xn--bcher-kva.de', 'xn--bcher-kva.de'],
  ['co.uk', 'co.uk'],
  ['intranet', 'intranet'],
])('%s belongs to %s', (host, domain) => expect(registrableDomain(host)).toBe(domain));

test.each([
  ['bea@acme.com', { kind: 'business', domain: 'acme.com' }],
  ['bea@mail.acme.co.uk', { kind: 'business', domain: 'acme.co.uk' }],
  ['bea@xn--bcher-kva.de', { kind: 'business', domain: 'xn--bcher-kva.de' }],
  ['bea@gmail.com', { kind: 'freemail' }],
  ['bea@gmx.de', { kind: 'freemail' }],
  ['bea@yahoo.co.uk', { kind: 'freemail' }],
  ['bea@mailinator.com', { kind: 'disposable' }],
  ['bea@any.mailinator.com', { kind: 'disposable' }],
  ['bea@xn--mll-hoa.email', { kind: 'freemail' }],
  ['bea@acme.com.ar', { kind: 'business', domain: 'acme.com.ar' }],
])('%s is %j', (email, kind) => expect(mailDomainOf(email)).toEqual(kind));

test('no registry is on the lists: companies under it are companies', () => {
  const listed = [...freemailList(), ...disposableList()].filter((domain) => getDomain(domain) === null);
  expect(listed.length).toBeGreaterThan(0);
  expect(listed.filter((registry) => kindOfMail(registry) !== 'business')).toEqual([]);
});
