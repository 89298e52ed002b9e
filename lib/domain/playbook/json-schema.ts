// The playbook's JSON Schema, by which editors complete what is typed, show what it means and mark what is wrong.
import * as z from 'zod';
import { playbook } from './playbook.ts';

/** What somebody may write, before defaults are filled in. Draft 7 is what editors of YAML know best. */
const playbookJsonSchema = () => ({
  ...z.toJSONSchema(playbook, { io: 'input', target: 'draft-7' }),
  $id: 'urn:muster:playbook',
  title: 'Muster playbook',
  description:
    'What marketing and sales agreed: signals, points, fit, people and times. docs/how-to/playbook.md explains it.',
});

/** As it is published, docs/playbook.schema.json. */
export const playbookJsonSchemaText = (): string => `${JSON.stringify(playbookJsonSchema(), null, 2)}\n`;
