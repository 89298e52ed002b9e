// Which names tell no company: what is remembered of them would hold for everybody who writes the same.
import { expect, it } from 'vitest';
import { whyNoCompanyName } from '../../lib/domain/no-company-name.ts';

it.each([
  ['N/A', 'people without'],
  ['n. a.', 'people without'],
  ['none', 'people without'],
  ['Self Employed (Freelance)', 'people without'],
  ['selbständig', 'people without'],
  ['STUDENT / freelance', 'people without'],
  ['Étudiante', 'people without'],
  ['test test', 'people without'],
  ['Muster GmbH', 'people without'],
  ['privat', 'people without'],
  ['Company Ltd', 'people without'],
  ['-', 'no word'],
  ['???', 'no word'],
  ['株式会社', 'no word'],
  ['GmbH', 'legal form'],
  ['Ltd.', 'legal form'],
  ['The Group', 'only words'],
  ['Global Solutions Inc.', 'only words'],
  ['IT Services', 'only words'],
  ['Germany', 'only words'],
])('%s: %s', (name, reason) => {
  expect(whyNoCompanyName(name)).toContain(reason);
});

it.each([
  ...['Acme', 'Acme Test Systems Ltd', 'IBM', '3M', 'Apple', 'Orange', 'Three', 'General Electric', 'Bank of America'],
  ...['Deutsche Bank', 'United Airlines', 'University of Oxford', 'Home Depot', 'H&M', '日本', 'Private Bank Coutts'],
])('%s may be one', (name) => {
  expect(whyNoCompanyName(name)).toBeUndefined();
});
