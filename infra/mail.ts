// What mail needs of SES: to be told what became of it, and, for tenants whose domain SES does not know yet, the identity it is sent
// from.
import { CfnOutput, Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as ses from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import type { Queues } from './queues.ts';
import { senderOf } from './sender.ts';

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

/** Has bounces and complaints put on the queue of who sends mail. SES tells them to the account's default bus only. Answers the name
 * of the configuration set that each mail has to name. */
export const watchMail = (scope: Construct, { tenant, queues }: { tenant: string; queues: Queues }): string => {
  const name = `muster-${tenant}`;
  const defaultBus = events.EventBus.fromEventBusName(scope, 'DefaultBus', 'default');
  const set = new ses.ConfigurationSet(scope, 'MailConfiguration', {
    configurationSetName: name,
    // What an alarm watches: SES stops who is complained of too often.
    reputationMetrics: true,
  });
  set.addEventDestination('Feedback', {
    destination: ses.EventDestination.eventBus(defaultBus),
    events: [ses.EmailSendingEvent.BOUNCE, ses.EmailSendingEvent.COMPLAINT],
  });
  new events.Rule(scope, 'mail-feedback', {
    eventBus: defaultBus,
    ruleName: `${name}-mail-feedback`,
    eventPattern: {
      source: ['aws.ses'],
      detailType: ['Email Bounced', 'Email Complaint Received'],
      // The bus is the whole account's: another tenant's mail has another set.
      detail: { mail: { tags: { 'ses:configuration-set': [name] } } },
    },
    targets: [
      new targets.SqsQueue(queues.of.notify, {
        deadLetterQueue: queues.deadLettersOf.notify,
        maxEventAge: Duration.hours(24),
        retryAttempts: 185,
      }),
    ],
  });
  return name;
};
