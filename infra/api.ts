// The way in: one HTTP API, a route for each kind of source and one for reading. CORS is answered by the handlers, which
// know the tenant's origins, so that the embedded edition answers the same.
import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Capture } from './capture.ts';
import { keyOf } from './key.ts';
import type { Tenant } from './tenant.ts';
import { routeThrottles } from './throttles.ts';

const { GET, HEAD, POST, OPTIONS, ANY } = apigatewayv2.HttpMethod;

export class Api extends Construct {
  readonly http: apigatewayv2.HttpApi;

  constructor(
    scope: Construct,
    id: string,
    {
      tenant,
      capture,
      operations,
      read,
      panel,
    }: { tenant: Tenant; capture: Capture; operations: lambda.Function; read: lambda.Function; panel: lambda.Function },
  ) {
    super(scope, id);
    this.http = new apigatewayv2.HttpApi(this, 'Http', {
      apiName: `muster-${tenant.name}`,
      createDefaultStage: false,
    });
    Validations.of(this.http).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'Who may call is for the functions to say, the same in both editions: write keys, signatures, bearer tokens and signed-in people; test/functions/every-route.test.ts asks every route as everybody.',
    });
    const routes: (readonly [key: string, route: apigatewayv2.HttpRoute])[] = [];
    const route = (path: string, methods: apigatewayv2.HttpMethod[], handler: lambda.Function): void => {
      const integration = new HttpLambdaIntegration(handler.node.id, handler);
      const added = this.http.addRoutes({ path, methods, integration });
      routes.push(...added.map((one, index) => [`${methods[index]} ${path}`, one] as const));
    };
    route('/forms/{formId}', [POST, OPTIONS], capture.forms);
    route('/v1/{proxy+}', [ANY], capture.hits);
    route('/crm/{source}', [POST], capture.crm);
    // For senders who sign nothing: what comes last is a secret.
    route('/crm/{source}/{secret}', [POST], capture.crm);
    route('/identity/decisions', [POST], capture.decisions);
    route('/review/decisions', [POST], capture.decisions);
    route('/leads/actions', [POST], capture.decisions);
    route('/crm-requests', [POST], capture.decisions);
    route('/import/{what}', [POST], capture.decisions);
    // Mail scanners look with HEAD.
    route('/act/{token}', [GET, HEAD, POST], capture.actions);
    route('/operations', [POST], operations);
    route('/operations/{proxy+}', [GET, POST], operations);
    route('/api/{proxy+}', [GET, OPTIONS], read);
    route('/panel/{proxy+}', [GET], panel);
    route('/openapi.json', [GET], panel);

    const accessLog = new logs.LogGroup(this, 'AccessLog', {
      logGroupName: `/muster/${tenant.name}/api`,
      retention: tenant.logs.keepDays,
      removalPolicy: RemovalPolicy.DESTROY,
      encryptionKey: keyOf(this),
    });
    const stage = new apigatewayv2.HttpStage(this, 'Stage', {
      httpApi: this.http,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: tenant.throttle.requestsPerSecond, burstLimit: tenant.throttle.burst },
      accessLogSettings: {
        destination: new apigatewayv2.LogGroupLogDestination(accessLog),
        // The route's pattern, not the path or the query, and no address: nothing here says who called.
        format: apigateway.AccessLogFormat.custom(
          JSON.stringify({
            requestId: '$context.requestId',
            time: '$context.requestTimeEpoch',
            route: '$context.routeKey',
            status: '$context.status',
            bytes: '$context.responseLength',
            milliseconds: '$context.responseLatency',
            error: '$context.integrationErrorMessage',
          }),
        ),
      },
    });
    // CDK's stage has no word for it.
    const settings = routeThrottles(
      tenant.throttle,
      routes.map(([key]) => key),
    );
    (stage.node.defaultChild as apigatewayv2.CfnStage).routeSettings = settings;
    // API Gateway refuses settings of a route that is not there yet.
    stage.node.addDependency(...routes.map(([, one]) => one));
  }
}
