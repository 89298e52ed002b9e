// Capture: the functions open to the world. Each may put on its own queue and little else.
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { CreateFunction } from './functions.ts';
import { noteDeeds, readItems, readPlaybook, readSecret, sendTo } from './permissions.ts';
import type { Queues } from './queues.ts';
import type { Secrets } from './secrets.ts';
import type { Tenant } from './tenant.ts';
import { accessVariable } from './users.ts';

export interface Capture {
  forms: lambda.Function;
  hits: lambda.Function;
  crm: lambda.Function;
  decisions: lambda.Function;
  actions: lambda.Function;
}

export interface CaptureProps {
  tenant: Tenant;
  table: dynamodb.ITable;
  queues: Queues;
  secrets: Secrets;
  /** The queue to the tenant's CRMs, if one has an API. */
  toCrm: sqs.IQueue | undefined;
}

export const createCapture = (
  create: CreateFunction,
  { tenant, table, queues, secrets, toCrm }: CaptureProps,
): Capture => ({
  forms: create('capture-forms', {
    environment: {
      TABLE_NAME: table.tableName,
      PROMPT_QUEUE_URL: queues.of.prompt.queueUrl,
      ALLOWED_ORIGINS: JSON.stringify(tenant.web.allowedOrigins),
    },
    allow: [readPlaybook(table), sendTo(queues.of.prompt)],
  }),
  hits: create('capture-hits', {
    environment: {
      HITS_QUEUE_URL: queues.of.hits.queueUrl,
      ALLOWED_ORIGINS: JSON.stringify(tenant.web.allowedOrigins),
      WRITE_KEYS: JSON.stringify(tenant.web.writeKeys),
    },
    allow: [sendTo(queues.of.hits)],
  }),
  crm: create('capture-crm', {
    environment: {
      TABLE_NAME: table.tableName,
      PROMPT_QUEUE_URL: queues.of.prompt.queueUrl,
      CRM_SECRET_ID: secrets.crm.secretArn,
      CONNECTIONS: JSON.stringify(tenant.crm),
    },
    allow: [readPlaybook(table), sendTo(queues.of.prompt), readSecret(secrets.crm)],
  }),
  decisions: create('capture-decisions', {
    environment: {
      TABLE_NAME: table.tableName,
      PROMPT_QUEUE_URL: queues.of.prompt.queueUrl,
      DECISION_SECRET_ID: secrets.decisions.secretArn,
      ...accessVariable(tenant),
      // Lists name them.
      CONNECTIONS: JSON.stringify(tenant.crm),
      ...(toCrm && { SYNC_CRM_QUEUE_URL: toCrm.queueUrl }),
    },
    // The lead and the account have to be there.
    allow: [
      readItems(table),
      ...[queues.of.prompt, ...(toCrm ? [toCrm] : [])].map(sendTo),
      readSecret(secrets.decisions),
      noteDeeds(table),
    ],
  }),
  // Apart from the decisions: what a link opens can read no lead.
  actions: create('capture-actions', {
    environment: {
      TABLE_NAME: table.tableName,
      PROMPT_QUEUE_URL: queues.of.prompt.queueUrl,
      LINKS_SECRET_ID: secrets.links.secretArn,
      ...accessVariable(tenant),
    },
    allow: [readPlaybook(table), sendTo(queues.of.prompt), readSecret(secrets.links), noteDeeds(table)],
  }),
});
