import { expect, test } from 'vitest';
import { probablyMeant } from '../../lib/domain/mail-typos.ts';

test.each([
  ['bea@gmial.com', 'bea@gmail.com'],
  ['Bea.Buyer@GMAIL.con', 'Bea.Buyer@gmail.com'],
  ['bea@gmai.com', 'bea@gmail.com'],
  ['bea@gmaill.com', 'bea@gmail.com'],
  ['bea@gmail.co', 'bea@gmail.com'],
  ['bea@hotnail.com', 'bea@hotmail.com'],
  ['bea@outlok.com', 'bea@outlook.com'],
  ['bea@yaho.com', 'bea@yahoo.com'],
  ['bea@yahoo.co.ku', 'bea@yahoo.co.uk'],
  ['bea@tonline.de', 'bea@t-online.de'],
])('%s meant %s', (typed, meant) => expect(probablyMeant(typed)).toBe(meant));

test.each([
  'bea@gmail.com',
  'bea@googlemail.com',
  'bea@mail.com',
  'bea@email.com',
  'bea@ymail.com',
  'bea@cloud.com',
  'bea@yahoo.fr',
  'bea@yahoo.de',
  'bea@live.de',
  'bea@acme.example',
  'bea@gimail.co',
  '@gmial.com',
  'gmial.com',
  '',
])('%j is what it says', (typed) => expect(probablyMeant(typed)).toBeUndefined());
