// What each address of the embedded edition is answered by: the very handlers that functions have on AWS.
import { createHandler as createActions } from '../functions/capture-actions.ts';
import { createHandler as createCrm } from '../functions/capture-crm.ts';
import { createHandler as createDecisions } from '../functions/capture-decisions.ts';
import { createHandler as createForms } from '../functions/capture-forms.ts';
import { createHandler as createHits } from '../functions/capture-hits.ts';
import { createHandler as createImport } from '../functions/capture-import.ts';
import { createHandler as createCrmRequests } from '../functions/crm-requests.ts';
import { createHandler as createOperations } from '../functions/operations.ts';
import { createHandler as createReadApi } from '../functions/read-api.ts';
import { createHandler as createServe } from '../functions/serve-panel.ts';
import type { loadTenant } from '../infra/tenant.ts';
import type { GatewayRoute } from '../lib/adapters/embedded/http-gateway.ts';
import { withApi } from '../lib/domain/connection.ts';
import type { SignIn } from '../lib/ports.ts';
import { apiDocument } from './api-document.ts';
import type { Muster } from './embedded.ts';

/** Every route, each as the gateway tells them apart: by the first word of its path. */
export const routesOf = (muster: Muster, tenant: ReturnType<typeof loadTenant>, signIn: SignIn): GatewayRoute[] => {
  const { clock, table, queues, secrets, meter } = muster.embedded;
  const { access } = tenant;
  const callers = { secrets, signIn, access };
  const { allowedOrigins, writeKeys } = tenant.web;
  const { playbook, log } = muster;
  const ports = { clock, log, meter, allowedOrigins };
  const prompt = queues.queue('prompt');
  const decisions = createDecisions({ clock, log, meter, table, playbook, queue: prompt, ...callers });
  const { deadLetters } = muster.embedded;
  const operations = createOperations({
    clock,
    log,
    table,
    ...callers,
    deadLetters,
    metrics: meter.readings,
    queue: queues.queue('operate'),
  });
  const toCrm = withApi(tenant.crm).length === 0 ? undefined : queues.queue('sync-crm');
  const crmRequests = createCrmRequests({ clock, log, table, ...callers, queue: toCrm, connections: tenant.crm });
  return [
    ['forms', ['formId'], createForms({ ...ports, queue: prompt, playbook })],
    ['v1', ['proxy'], createHits({ ...ports, queue: queues.queue('hits'), writeKeys })],
    [
      'crm',
      ['source', 'secret'],
      createCrm({ clock, log, meter, queue: prompt, secrets, playbook, connections: tenant.crm }),
    ],
    [
      'import',
      ['what'],
      createImport({ clock, log, meter, table, queue: prompt, ...callers, connections: tenant.crm }),
    ],
    ['identity', ['what'], decisions],
    ['review', ['what'], decisions],
    ['leads', ['what'], decisions],
    ['act', ['token'], createActions({ clock, log, meter, table, access, queue: prompt, secrets, playbook })],
    ['crm-requests', [], crmRequests],
    ['operations', ['proxy'], operations],
    ['api', ['proxy'], createReadApi({ ...ports, table, ...callers, playbook })],
    ['openapi.json', [], createServe({ clock, log, files: apiDocument(), policy: "default-src 'none'" })],
  ];
};
