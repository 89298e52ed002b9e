// One tenant, one stack: everything it has, in the order data passes. Tenants share no table, bus, queue, key or role.
import { CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { Alarms, watchedIn } from './alarms.ts';
import { Api } from './api.ts';
import { createCapture } from './capture.ts';
import { CrmApi } from './crm-api.ts';
import { createDashboard } from './dashboard.ts';
import { Edge } from './edge.ts';
import { type CodeOf, functionsOf } from './functions.ts';
import { createKey } from './key.ts';
import { createMailIdentity } from './mail.ts';
import { Operations } from './operations.ts';
import { Outbound } from './outbound.ts';
import { readSecret, readTable } from './permissions.ts';
import { Queues, queueNames } from './queues.ts';
import { SalesforceRelay } from './salesforce-relay.ts';
import { Secrets } from './secrets.ts';
import { Steps } from './steps.ts';
import { Subscriptions } from './subscriptions.ts';
import { createTable } from './table.ts';
import { type Tenant, tenantTag } from './tenant.ts';
import { Timers } from './timers.ts';
import { traceFunctions } from './tracing.ts';
import { accessVariable, Users } from './users.ts';

export interface TenantStackProps {
  tenant: Tenant;
  code: CodeOf;
  /** Leaves out what a local cloud cannot do. All there is of it: the DNS records put out in mail.ts, tags of
   * rules on partner buses in salesforce-relay.ts, X-Ray (tracing.ts), CloudFront and its firewall (edge.ts, firewall.ts), and in alarms.ts the budget and alarms of several metrics. */
  localCloud?: boolean;
}

export class TenantStack extends Stack {
  constructor(scope: Construct, { tenant, code, localCloud = false }: TenantStackProps) {
    super(scope, `muster-${tenant.name}`, {
      description: `Muster: leads and accounts of ${tenant.name}`,
      env: { region: tenant.region, ...(!localCloud && tenant.account && { account: tenant.account }) },
    });
    Tags.of(this).add(tenantTag, tenant.name);
    const create = functionsOf(this, tenant, code);

    const settings = tenant.edge === 'none' || localCloud ? undefined : tenant.edge;
    const key = createKey(this, tenant);
    const table = createTable(this, tenant);
    const queues = new Queues(this, 'Queues', { tenant: tenant.name });
    const secrets = new Secrets(this, 'Secrets', {
      ...{ tenant: tenant.name, keepData: tenant.keepData, edge: settings !== undefined },
    });
    const relay = SalesforceRelay.where(this, { tenant, create, table, prompt: queues.of.prompt, localCloud });

    const bus = new events.EventBus(this, 'Bus', { eventBusName: `muster-${tenant.name}`, kmsKey: key });
    new Subscriptions(this, 'Subscriptions', { tenant: tenant.name, bus, queues });
    const crmApi = CrmApi.where(this, { tenant, create, table, prompt: queues.of.prompt, bus });
    const capture = createCapture(create, { tenant, table, queues, secrets, toCrm: crmApi?.sync.queue });
    if (tenant.mail.createIdentity) createMailIdentity(this, { from: tenant.mail.from, localCloud });
    const timers = new Timers(this, 'Timers', { tenant: tenant.name, queue: queues.of.timers });
    const outbound = Outbound.where(this, { tenant, create, table, bus, timers });
    const steps = new Steps(this, 'Steps', { tenant, create, table, queues, bus, timers, links: secrets.links });

    const read = create('read-api', {
      environment: {
        TABLE_NAME: table.tableName,
        ALLOWED_ORIGINS: JSON.stringify(tenant.web.allowedOrigins),
        READ_SECRET_ID: secrets.read.secretArn,
        ...accessVariable(tenant),
      },
      allow: [...readTable(table), readSecret(secrets.read)],
    });
    const operations = new Operations(this, 'Operations', {
      ...{ tenant, create, table, queues, bus, timers, crmApi, outbound, relay },
      operators: secrets.operators,
    });
    const panel = create('panel', { environment: {} });
    const api = new Api(this, 'Api', { tenant, capture, operations: operations.api, read, panel });
    const { edge: secret } = secrets;
    const edge = settings && secret && new Edge(this, { tenant, settings, http: api.http, secret });
    if (secret) {
      for (const one of [...Object.values(capture), operations.api, read, panel]) {
        one.addEnvironment('EDGE_SECRET_ID', secret.secretArn);
        one.addToRolePolicy(readSecret(secret));
      }
    }
    const url = edge?.url ?? api.http.apiEndpoint;
    steps.notify.addEnvironment('API_URL', url);
    const users = new Users(this, 'Users', { tenant, panels: [`${url}/panel/index.html`] });
    users.admitTo(read, capture.decisions, operations.api);
    panel.addEnvironment('USER_POOL_CLIENT_ID', users.client.userPoolClientId);
    panel.addEnvironment('SIGN_IN_URL', users.signInUrl);

    if (!localCloud) traceFunctions(this, tenant);
    const watched = watchedIn(this, { tenant, apiId: api.http.apiId, tableName: table.tableName });
    const alarms = new Alarms(this, 'Alarms', { watched, key, localCloud });
    createDashboard(alarms, { watched, alarms: alarms.all });

    const output = (name: string, value: string) => new CfnOutput(this, name, { value });
    output('Tenant', tenant.name);
    output('Region', tenant.region);
    output('ApiId', api.http.apiId);
    output('ApiUrl', url);
    output('TableName', table.tableName);
    output('BusName', bus.eventBusName);
    output('ScheduleGroup', timers.group);
    output('TimersRoleArn', timers.role.roleArn);
    output('TimersQueueArn', queues.of.timers.queueArn);
    output('CrmSecretId', secrets.crm.secretArn);
    output('ReadSecretId', secrets.read.secretArn);
    output('DecisionSecretId', secrets.decisions.secretArn);
    output('OperatorSecretId', secrets.operators.secretArn);
    if (secret) output('EdgeSecretId', secret.secretArn);
    output('LinksSecretId', secrets.links.secretArn);
    output('PanelUrl', `${url}/panel/index.html`);
    output('UserPoolId', users.pool.userPoolId);
    output('UserPoolClientId', users.client.userPoolClientId);
    output('SignInUrl', users.signInUrl);
    for (const name of queueNames) {
      const title = name.charAt(0).toUpperCase() + name.slice(1);
      output(`${title}QueueUrl`, queues.of[name].queueUrl);
      output(`${title}DeadLettersUrl`, queues.deadLettersOf[name].queueUrl);
    }
    if (relay !== undefined) {
      output('SalesforceQueueUrl', relay.queue.queueUrl);
      output('SalesforceDeadLettersUrl', relay.deadLetters.queueUrl);
    }
    if (crmApi !== undefined) {
      output('CrmApiSecretId', crmApi.secret.secretArn);
      output('SyncCrmQueueUrl', crmApi.sync.queue.queueUrl);
      output('SyncCrmDeadLettersUrl', crmApi.sync.dead.queueUrl);
    }
    if (outbound !== undefined) {
      output('DestinationsSecretId', outbound.secret.secretArn);
      output('OutboundQueueUrl', outbound.queue.queueUrl);
      output('OutboundDeadLettersUrl', outbound.deadLetters.queueUrl);
    }
    output('AlarmsTopicArn', alarms.topic.topicArn);
    output('PublishDeadLettersUrl', queues.unpublished.queueUrl);
  }
}
