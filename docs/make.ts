// `npm run docs`: writes what of the documentation is made of the code. A test fails where what is checked in is not what this makes.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiText } from '../functions/http/openapi/document.ts';
import { apiPage } from './made/api.ts';
import { cliPage } from './made/cli.ts';
import { eventsPage } from './made/events.ts';
import { metricsPage } from './made/metrics.ts';
import { playbookPage, tenantPage } from './made/settings.ts';

/** By path from the root. */
export const made: Readonly<Record<string, () => string>> = {
  'docs/reference/openapi.json': openApiText,
  'docs/reference/api.md': apiPage,
  'docs/reference/cli.md': cliPage,
  'docs/reference/events.md': eventsPage,
  'docs/reference/metrics.md': metricsPage,
  'docs/reference/playbook.md': playbookPage,
  'docs/reference/tenant.md': tenantPage,
};

if (import.meta.main) {
  for (const [path, text] of Object.entries(made)) writeFileSync(join(import.meta.dirname, '..', path), text());
}
