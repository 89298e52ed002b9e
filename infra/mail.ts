// The SES identity mail is sent from, for tenants whose domain SES does not know yet.
import { CfnOutput } from 'aws-cdk-lib';
import * as ses from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';

/** Address and domain of a sender written as `Name <address>` or as the bare address. */
export const senderOf = (from: string): { address: string; domain: string } => {
  const address = /<(.+)>$/.exec(from)?.[1] ?? from;
  return { address, domain: address.slice(address.indexOf('@') + 1) };
};

/** SES sends once the three CNAME records, which the stack puts out, are in the domain's DNS. */
export const createMailIdentity = (
  scope: Construct,
  { from, localCloud }: { from: string; localCloud: boolean },
): void => {
  const identity = new ses.EmailIdentity(scope, 'MailIdentity', {
    identity: ses.Identity.domain(senderOf(from).domain),
  });
  // MiniStack 1.5.33 does not know the identity's DKIM attributes, and no DNS asks it for them.
  if (localCloud) return;
  identity.dkimRecords.forEach(({ name, value }, index) => {
    new CfnOutput(scope, `MailDnsRecord${index + 1}`, { value: `${name} CNAME ${value}` });
  });
};
