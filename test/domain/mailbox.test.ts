import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseEmail, writtenEmail } from '../../lib/domain/email.ts';

test.each([
  ['b.e.a+demo@gmail.com', 'bea@gmail.com'],
  ['Bea.Buyer@GoogleMail.com', 'beabuyer@gmail.com'],
  ['bea.buyer+demo@outlook.com', 'bea.buyer@outlook.com'],
  ['bea+demo@hotmail.com', 'bea@hotmail.com'],
  ['bea+demo@fastmail.com', 'bea@fastmail.com'],
  ['bea.buyer+a+b@proton.me', 'bea.buyer@proton.me'],
])('%s is the mailbox %s', (typed, mailbox) => {
  expect(normaliseEmail(typed)).toBe(mailbox);
  expect(writtenEmail(typed)).toBe(typed.toLowerCase());
});

test.each([
  'bea.buyer+demo@acme.example',
  'bea+demo@yahoo.com',
  'bea-shop@yahoo.com',
  'bea+demo@icloud.com',
  'b.e.a@outlook.com',
  'bea@mail.gmail.com',
  '+demo@gmail.com',
  '...@gmail.com',
])('%s stays as it is', (email) => expect(normaliseEmail(email)).toBe(email));

test('what is normal stays as it is, at every provider', () => {
  const local = fc.string({ unit: fc.constantFrom('a', 'b', '.', '+', '-'), minLength: 1, maxLength: 8 });
  const host = fc.constantFrom('gmail.com', 'googlemail.com', 'outlook.com', 'proton.me', 'yahoo.com', 'acme.example');
  fc.assert(
    fc.property(local, host, (name, domain) => {
      const normal = normaliseEmail(`${name}@${domain}`)!;
      expect(normaliseEmail(normal)).toBe(normal);
    }),
  );
});
