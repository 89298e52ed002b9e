// What a function learns from its environment, and what it says when it was told too little.
import { expect, it } from 'vitest';
import { readEnvironment } from '../../../lib/adapters/aws/environment.ts';

it('reads what is asked for, lists as lists', () => {
  const environment = { TENANT: 'demo', WRITE_KEYS: '["a","b"]', MAIL_FROM: 'x@demo.example' };
  expect(readEnvironment(['TENANT', 'WRITE_KEYS'], environment)).toEqual({ TENANT: 'demo', WRITE_KEYS: ['a', 'b'] });
});

it('names everything that is missing or malformed at once', () => {
  const environment = { TENANT: 'demo', WRITE_KEYS: 'a,b', BUS_NAME: '' };
  const read = () => readEnvironment(['TENANT', 'TABLE_NAME', 'WRITE_KEYS', 'BUS_NAME'], environment);
  expect(read).toThrow(/TABLE_NAME is missing; WRITE_KEYS must be a JSON array; BUS_NAME/);
});
