// The number of the playbooks' shape goes up with their shape: what a release saved without something new is completed by the next.
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { crmMapping } from '../../../lib/domain/playbook/crm.ts';
import { noMapping } from '../../../lib/domain/playbook/crm-mapping.ts';
import { playbook } from '../../../lib/domain/playbook/playbook.ts';
import { playbookShape } from '../../../lib/domain/playbook/shape.ts';

/** Of what is saved, without what is only said about it. */
const shapeOf = (): string =>
  JSON.stringify(z.toJSONSchema(playbook, { io: 'output', unrepresentable: 'any' }), (key, value) =>
    key === 'description' && typeof value === 'string' ? undefined : value,
  );

const known: Readonly<Record<number, string>> = {
  1: '9a8c0f32e7361205',
  2: 'faae8d4f994e7512',
};

it('is another number for another shape: where this fails, raise it and note the new one here', () => {
  expect(createHash('sha256').update(shapeOf()).digest('hex').slice(0, 16)).toBe(known[playbookShape]);
});

it('has nothing said of a connection as its schema has it', () => {
  expect(noMapping).toEqual(crmMapping.parse({}));
});
