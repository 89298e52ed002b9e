// Reference of the two files somebody writes, from their JSON Schemas.

import { tenantJsonSchemaText } from '../../infra/tenant-schema.ts';
import { playbookJsonSchemaText } from '../../lib/domain/playbook/json-schema.ts';
import { type Schema, tableOf } from './schema-rows.ts';

const read = (text: string): Schema => {
  const schema: Schema = JSON.parse(text);
  return schema;
};

export const playbookPage = (): string => `# Every setting of a playbook

Made of its JSON Schema, [playbook.schema.json](../playbook.schema.json); \`npm run docs\` makes it anew. How to write one:
[Writing a playbook](../how-to/playbook.md).

${tableOf(read(playbookJsonSchemaText()))}
`;

export const tenantPage = (): string => `# Every setting of a tenant

Made of its JSON Schema, [tenant.schema.json](../tenant.schema.json); \`npm run docs\` makes it anew. The file is
\`infra/tenants/<name>.yaml\`, beside its playbook.

${tableOf(read(tenantJsonSchemaText()))}
`;
