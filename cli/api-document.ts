// What the API takes and answers, as `npm run docs` made it: the embedded edition hands out the file that the stack does.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './stack.ts';

export const apiDocument = () => {
  const text = readFileSync(join(root, 'docs', 'reference', 'openapi.json'), 'utf8');
  return new Map([['openapi.json', { type: 'application/json', text }]]);
};
