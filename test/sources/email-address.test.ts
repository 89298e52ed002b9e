import { expect, test } from 'vitest';
import { normaliseEmail } from '../../lib/domain/email.ts';
import { isEmailAddress } from '../../lib/sources/email-address.ts';

test.each([
  'bea@acme.example',
  'bea.buyer+demo@mail.acme.co.uk',
  "o'neill@acme.example",
  'käthe@müller.example',
  'a@xn--mller-kva.example',
  `${'a'.repeat(64)}@acme.example`,
])('%s is one, also to the domain', (text) => {
  expect(isEmailAddress(text)).toBe(true);
  expect(normaliseEmail(text)).toBeDefined();
});

test.each([
  '',
  'bea',
  'bea@acme',
  '@acme.example',
  'bea@@acme.example',
  'bea@.example',
  'bea@acme..example',
  'bea@-acme.example',
  'bea buyer@acme.example',
  'bea@acme.example, eve@evil.example',
  '<bea@acme.example>',
  'bea@acme.example\n',
  'bea@ac\u0000me.example',
  'bea@acme<script>.example',
  `${'a'.repeat(65)}@acme.example`,
  `a@${'a.'.repeat(130)}example`,
])('%j is none', (text) => {
  expect(isEmailAddress(text)).toBe(false);
});
