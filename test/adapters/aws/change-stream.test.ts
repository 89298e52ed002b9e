// A stream record as Lambda gets it, read as a change.
import { expect, it } from 'vitest';
import { toTableChange } from '../../../lib/adapters/aws/change-stream.ts';

const image = (version: string) => ({
  pk: { S: 'lead#1' },
  sk: { S: 'lead' },
  type: { S: 'lead' },
  version: { N: version },
  tags: { L: [{ M: { n: { NULL: true }, yes: { BOOL: true } } }] },
});
const read = (version: number) => ({
  pk: 'lead#1',
  sk: 'lead',
  type: 'lead',
  version,
  tags: [{ n: null, yes: true }],
});

it('reads the item before and after', () => {
  expect(toTableChange({ dynamodb: { OldImage: image('1'), NewImage: image('2') } })).toEqual({
    before: read(1),
    after: read(2),
  });
  expect(toTableChange({ dynamodb: { NewImage: image('1') } })).toEqual({ after: read(1) });
});
