// The firewall before a tenant's API. CloudFront takes none but those of us-east-1, so it is a stack of its own, deployed before the
// tenant's, which is given its ARN. CDK's references across regions would bring two functions that may write any parameter of the account.
import { CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { EdgeSettings } from './edge-settings.ts';
import { firewallOutput, firewallRegion, firewallStackOf } from './firewall-names.ts';
import { type Tenant, tenantTag } from './tenant.ts';

type Rule = CfnWebACL.RuleProperty;
type Statement = CfnWebACL.StatementProperty;

/** Bodies are what people and CRMs wrote, a lead's words or a page's address; schemas judge them, and every page escapes them. So what
 * the rules think of them is counted and not refused: a lead who quotes HTML is a lead. Servers that post webhooks may name no agent. */
const onlyCounted = [
  'SizeRestrictions_BODY',
  'CrossSiteScripting_BODY',
  'GenericLFI_BODY',
  'GenericRFI_BODY',
  'EC2MetaDataSSRF_BODY',
  'NoUserAgent_HEADER',
];

const visible = (name: string) => ({ metricName: name, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true });

const managed = (name: string, priority: number, counted: readonly string[] = []): Rule => ({
  ...{ name, priority, overrideAction: { none: {} }, visibilityConfig: visible(name) },
  statement: {
    managedRuleGroupStatement: {
      ...{ vendorName: 'AWS', name: `AWSManagedRules${name}` },
      ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
    },
  },
});

const refusing = (name: string, priority: number, statement: Statement): Rule => ({
  ...{ name, priority, statement, action: { block: {} }, visibilityConfig: visible(name) },
});

const asIs = [{ priority: 0, type: 'NONE' }];
const pathBegins = (searchString: string): Statement => ({
  byteMatchStatement: {
    ...{ searchString, positionalConstraint: 'STARTS_WITH', textTransformations: asIs },
    fieldToMatch: { uriPath: {} },
  },
});

/** More than 999,999 bytes by their own account: no route takes as many. Without an account the handlers measure. */
const tooLarge: Statement = {
  regexMatchStatement: {
    ...{ regexString: '^[0-9]{7,}$', textTransformations: asIs },
    fieldToMatch: { singleHeader: { Name: 'content-length' } },
  },
};

const longQuery: Statement = {
  sizeConstraintStatement: {
    ...{ comparisonOperator: 'GT', size: 8_192, textTransformations: asIs },
    fieldToMatch: { queryString: {} },
  },
};

const rulesOf = ({ requestsPerIpPer5Minutes: limit }: EdgeSettings): Rule[] => [
  refusing('TooLarge', 0, { orStatement: { statements: [tooLarge, longQuery] } }),
  refusing('RatePerAddress', 1, {
    // A CRM reports all its changes from few addresses, and each is signed.
    rateBasedStatement: {
      ...{ limit, aggregateKeyType: 'IP', evaluationWindowSec: 300 },
      scopeDownStatement: { notStatement: { statement: pathBegins('/crm/') } },
    },
  }),
  managed('AmazonIpReputationList', 2),
  managed('KnownBadInputsRuleSet', 3),
  managed('CommonRuleSet', 4, onlyCounted),
];

export class FirewallStack extends Stack {
  constructor(scope: Construct, { name, account, edge }: Pick<Tenant, 'name' | 'account'> & { edge: EdgeSettings }) {
    super(scope, firewallStackOf(name), {
      description: `Muster: the firewall before the API of ${name}`,
      // Deployed first: in another account than the tenant's it would be there before anything said so.
      env: { region: firewallRegion, ...(account && { account }) },
    });
    Tags.of(this).add(tenantTag, name);
    const firewall = new CfnWebACL(this, 'Firewall', {
      ...{ name: `muster-${name}`, scope: 'CLOUDFRONT', defaultAction: { allow: {} } },
      visibilityConfig: visible(`muster-${name}`),
      rules: rulesOf(edge),
    });
    new CfnOutput(this, firewallOutput, { value: firewall.attrArn });
  }
}
