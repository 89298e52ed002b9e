// Who may sign in: the tenant's own pool of people, nobody of whom signs up by themselves; what the panel signs in with; and a group
// for each of what people are here. What each group may do stands in lib/domain/access.ts.
import { Aws, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { type AccessPolicy, type Group, groups } from '../lib/domain/access.ts';
import type { Tenant } from './tenant.ts';

const whatTheyAre = {
  rep: 'Sees own accounts, acts on own leads',
  manager: 'Sees all, decides of leads',
  ops: 'A manager who also imports, mends and reads the audit log',
  admin: 'Ops who also exports and erases people',
} as const satisfies Record<Group, string>;

export interface UsersProps {
  tenant: Tenant;
  /** Where the panel is, with a slash at its end: whoever signed in is sent back there, and nowhere else. */
  panels: readonly string[];
}

/** What the functions are told of the tenant's policy; they parse it as `accessPolicy`. */
export const accessVariable = ({ access: { reps, auditDays } }: Tenant): { ACCESS: string } => ({
  ACCESS: JSON.stringify({ reps, auditDays } satisfies AccessPolicy),
});

export class Users extends Construct {
  readonly pool: cognito.UserPool;
  readonly client: cognito.UserPoolClient;
  /** Where people sign in. */
  readonly signInUrl: string;

  constructor(scope: Construct, id: string, { tenant, panels }: UsersProps) {
    super(scope, id);
    const { mfa, threatProtection } = tenant.access;
    this.pool = new cognito.UserPool(this, 'Pool', {
      userPoolName: `muster-${tenant.name}`,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      // A new address is none of theirs until they have shown that it is.
      keepOriginal: { email: true },
      accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
      mfa: mfa === 'required' ? cognito.Mfa.REQUIRED : cognito.Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      ...(threatProtection && {
        featurePlan: cognito.FeaturePlan.PLUS,
        standardThreatProtectionMode: cognito.StandardThreatProtectionMode.FULL_FUNCTION,
      }),
      deletionProtection: tenant.keepData,
      removalPolicy: tenant.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    if (mfa !== 'required')
      Validations.of(this.pool).acknowledge({
        id: 'AwsSolutions-COG2',
        reason: 'The tenant’s file says whether a second factor is required (`access.mfa`); everybody may have one.',
      });
    if (!threatProtection)
      Validations.of(this.pool).acknowledge({
        id: 'AwsSolutions-COG8',
        reason:
          'The tenant’s file does without Cognito’s own watch (`access.threatProtection`), which is paid by the head.',
      });
    for (const groupName of groups) {
      const group = new cognito.CfnUserPoolGroup(this, `Group-${groupName}`, {
        userPoolId: this.pool.userPoolId,
        groupName,
        description: whatTheyAre[groupName],
      });
      // Who may do what is as much kept as who they are: without their groups, people who come back may do nothing.
      group.applyRemovalPolicy(tenant.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
    }
    // Prefixes are everybody's in a region: the account's number makes it ours.
    this.pool.addDomain('Domain', { cognitoDomain: { domainPrefix: `muster-${tenant.name}-${Aws.ACCOUNT_ID}` } });
    this.signInUrl = `https://muster-${tenant.name}-${Aws.ACCOUNT_ID}.auth.${tenant.region}.amazoncognito.com`;
    const urls = [...panels, ...tenant.access.panels];
    this.client = this.pool.addClient('Panel', {
      userPoolClientName: `muster-${tenant.name}-panel`,
      // A page keeps no secret: it proves by PKCE that it asked for the code it brings.
      generateSecret: false,
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [cognito.OAuthScope.OPENID, cognito.OAuthScope.EMAIL],
        callbackUrls: urls,
        logoutUrls: urls,
      },
      supportedIdentityProviders: [cognito.UserPoolClientIdentityProvider.COGNITO],
      // Their address is who they are, here and in the audit log: whoever may add people changes it.
      writeAttributes: new cognito.ClientAttributes().withStandardAttributes({ fullname: true }),
      preventUserExistenceErrors: true,
      // Whoever is removed, or put into another group, is so within half an hour.
      idTokenValidity: Duration.minutes(30),
      accessTokenValidity: Duration.minutes(30),
      refreshTokenValidity: Duration.hours(8),
    });
  }

  /** Tells a function whose tokens it takes. After it was made: where the panel is comes last. */
  admitTo(...functions: readonly lambda.Function[]): void {
    for (const one of functions) {
      one.addEnvironment('USER_POOL_ID', this.pool.userPoolId);
      one.addEnvironment('USER_POOL_CLIENT_ID', this.client.userPoolClientId);
    }
  }
}
