// CloudFront before the API: whoever asks comes through the firewall. What it sends along tells the functions that it is CloudFront that
// asks, for whom, and under which name. Nothing is cached.
import { CfnParameter, Fn, Validations } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { edgeHeaders } from '../lib/domain/edge-headers.ts';
import type { EdgeSettings } from './edge-settings.ts';
import { firewallOutput } from './firewall-names.ts';
import type { Tenant } from './tenant.ts';

export interface EdgeProps {
  tenant: Tenant;
  settings: EdgeSettings;
  http: HttpApi;
  /** `sent` is what CloudFront sends. */
  secret: secretsmanager.ISecret;
}

/** Set by CloudFront over whatever came under these names. */
const whoAsks = `function handler(event) {
  var request = event.request;
  request.headers['${edgeHeaders.viewer}'] = { value: event.viewer.ip };
  request.headers['${edgeHeaders.host}'] = { value: request.headers.host.value };
  return request;
}`;

export class Edge extends Construct {
  /** Where the API is for the world, without a slash at its end. */
  readonly url: string;

  constructor(scope: Construct, { tenant, settings, http, secret }: EdgeProps) {
    super(scope, 'Edge');
    const name = `muster-${tenant.name}`;
    const firewall = new CfnParameter(scope, firewallOutput, {
      description: `The firewall that the stack ${name}-edge puts out`,
    });
    const { domain, certificateArn } = settings;
    const distribution = new cloudfront.Distribution(this, 'Distribution', {
      // CloudFormation looks a secret up again only where something changes: this does, with each round.
      comment: `${name}, secret ${settings.secretRound}`,
      webAclId: firewall.valueAsString,
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
      ...(domain !== undefined &&
        certificateArn !== undefined && {
          domainNames: [domain],
          certificate: acm.Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
        }),
      defaultBehavior: {
        origin: new HttpOrigin(Fn.select(2, Fn.split('/', http.apiEndpoint)), {
          protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
          originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2],
          customHeaders: { [edgeHeaders.secret]: secret.secretValueFromJson('sent').unsafeUnwrap() },
        }),
        allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
        viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
        cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
        originRequestPolicy: new cloudfront.OriginRequestPolicy(this, 'Forwarded', {
          originRequestPolicyName: name,
          // API Gateway knows itself by its own host only.
          headerBehavior: cloudfront.OriginRequestHeaderBehavior.denyList('host'),
          queryStringBehavior: cloudfront.OriginRequestQueryStringBehavior.all(),
          cookieBehavior: cloudfront.OriginRequestCookieBehavior.none(),
        }),
        // Where an answer says so itself, that stands.
        responseHeadersPolicy: cloudfront.ResponseHeadersPolicy.SECURITY_HEADERS,
        functionAssociations: [
          {
            eventType: cloudfront.FunctionEventType.VIEWER_REQUEST,
            function: new cloudfront.Function(this, 'WhoAsks', {
              functionName: name,
              runtime: cloudfront.FunctionRuntime.JS_2_0,
              code: cloudfront.FunctionCode.fromInline(whoAsks),
            }),
          },
        ],
      },
    });
    Validations.of(distribution).acknowledge(
      { id: 'AwsSolutions-CFR1', reason: 'A tenant’s leads and CRMs are where they are: no country is refused.' },
      {
        id: 'AwsSolutions-CFR3',
        reason:
          'Its lines would hold whole paths, and with them tokens of links and secrets of webhooks, beside addresses of visitors. The API logs each request by its route; the firewall samples what it refused.',
      },
    );
    if (domain === undefined)
      Validations.of(distribution).acknowledge({
        id: 'AwsSolutions-CFR4',
        reason:
          'CloudFront’s own name comes with CloudFront’s own certificate and choice of TLS; `edge.domain` has TLS 1.2 and later.',
      });
    this.url = `https://${domain ?? distribution.distributionDomainName}`;
  }
}
