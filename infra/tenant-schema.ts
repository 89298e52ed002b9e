// The JSON Schema of tenants' files, by which editors complete what is typed, show what it means and mark what is wrong.
import * as z from 'zod';
import { tenantFile } from './tenant.ts';

/** What somebody may write, before defaults are filled in. Draft 7 is what editors of YAML know best. */
const tenantJsonSchema = () => ({
  ...z.toJSONSchema(tenantFile, { io: 'input', target: 'draft-7' }),
  $id: 'urn:muster:tenant',
  title: 'Muster tenant',
  description: 'A tenant: where it is, who reports there and who is told. docs/how-to/tenants.md explains it.',
});

/** As it is published, docs/tenant.schema.json. */
export const tenantJsonSchemaText = (): string => `${JSON.stringify(tenantJsonSchema(), null, 2)}\n`;
