// The secrets every tenant has, each born with a generated value so that a new stack is never open. To rotate, put a list in the
// value's place: the old one and the new one are then both accepted.
import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { keyOf } from './key.ts';

// Letters and digits only: 44 of them are also valid base64 for 33 bytes, which the Standard Webhooks scheme asks for
// (24 to 64 bytes; it takes them with or without the `whsec_` before). Named one by one rather than by
// ExcludePunctuation, which the local cloud overlooks. Never change this: CloudFormation would generate anew.
const lettersAndDigits = { passwordLength: 44, excludeCharacters: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~' };

/** Of cdk-nag: AWS wants a function that rotates it. */
export const rotatedByHand = {
  id: 'AwsSolutions-SMG4',
  reason:
    'Its other half is with somebody outside, whom no function of ours can tell: a list in its place has both values taken until they know the new one.',
};

export class Secrets extends Construct {
  /** `{"<source>": "<signing secret>" | ["<secret>", …]}` */
  readonly crm: secretsmanager.Secret;
  /** `{"tokens": "<bearer token>" | ["<token>", …]}` */
  readonly read: secretsmanager.Secret;
  /** As `read`, of those who may decide: to look at a lead is not to move it. */
  readonly decisions: secretsmanager.Secret;
  /** As `read`, of those who mend what runs and erase people. */
  readonly operators: secretsmanager.Secret;
  /** `{"secrets": "<secret>" | ["<newest>", "<older>"]}`: what signs the links of mails. */
  readonly links: secretsmanager.Secret;
  /** `{"sent": "<what CloudFront sends>", "also": ["<what is taken besides>"]}`; none where nothing stands before the API. */
  readonly edge: secretsmanager.Secret | undefined;

  constructor(
    scope: Construct,
    id: string,
    { tenant, keepData, edge }: { tenant: string; keepData: boolean; edge: boolean },
  ) {
    super(scope, id);
    const secret = (name: string, key: string, description: string) => {
      const one = new secretsmanager.Secret(this, name, {
        secretName: `muster/${tenant}/${name}`,
        description,
        encryptionKey: keyOf(scope),
        generateSecretString: { ...lettersAndDigits, secretStringTemplate: '{}', generateStringKey: key },
        removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      });
      Validations.of(one).acknowledge(rotatedByHand);
      return one;
    };
    this.crm = secret('crm', 'crm', 'Signing secrets of the CRM webhooks, by source');
    this.read = secret('read', 'tokens', 'Bearer tokens of the read API');
    this.decisions = secret('decisions', 'tokens', 'Bearer tokens of those who decide of leads');
    this.operators = secret('operators', 'tokens', 'Bearer tokens of those who operate this tenant');
    this.links = secret('links', 'secrets', 'What signs the links by which sellers say what they did');
    this.edge = edge ? secret('edge', 'sent', 'What CloudFront sends along, by which the API knows it') : undefined;
  }
}
