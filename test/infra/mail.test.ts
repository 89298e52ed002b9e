// What becomes of mail comes back to who sent it: bounces and complaints of this tenant's mails, and nothing else.
import { expect, it } from 'vitest';
import { resourcesOf, templateOf } from './tenant-template.ts';

const template = templateOf();
const only = (type: string) => resourcesOf(template, type).map(([, { Properties }]) => Properties);

it('has SES tell of bounces and complaints on the default bus', () => {
  expect(only('AWS::SES::ConfigurationSet')).toMatchObject([{ Name: 'muster-demo' }]);
  expect(only('AWS::SES::ConfigurationSetEventDestination')).toMatchObject([
    { EventDestination: { Enabled: true, MatchingEventTypes: ['bounce', 'complaint'], EventBridgeDestination: {} } },
  ]);
});

it('puts those of its own mails on the queue of who sends mail, and what cannot be put there with its dead letters', () => {
  const feedback = only('AWS::Events::Rule').filter(({ Name }) => Name === 'muster-demo-mail-feedback');
  expect(feedback).toMatchObject([
    {
      EventBusName: 'default',
      EventPattern: {
        source: ['aws.ses'],
        'detail-type': ['Email Bounced', 'Email Complaint Received'],
        detail: { mail: { tags: { 'ses:configuration-set': ['muster-demo'] } } },
      },
      Targets: [
        {
          Arn: { 'Fn::GetAtt': [expect.stringMatching(/^Queuesnotify[0-9A-F]+$/), 'Arn'] },
          DeadLetterConfig: { Arn: { 'Fn::GetAtt': [expect.stringMatching(/^Queuesnotifydlq/), 'Arn'] } },
        },
      ],
    },
  ]);
});

it('lets the sender name that set with a mail', () => {
  const [statement] = only('AWS::IAM::Policy')
    .flatMap(
      ({ PolicyDocument }) => (PolicyDocument as { Statement: { Action: unknown; Resource: unknown }[] }).Statement,
    )
    .filter(({ Action }) => Action === 'ses:SendEmail');
  expect(JSON.stringify(statement?.Resource)).toContain(':configuration-set/muster-demo');
});
