// One-time schedules: the group they live in, and the role by which Scheduler may put them on the timers queue.
import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { keyOf, useKey } from './key.ts';
import { sendTo } from './permissions.ts';

export class Timers extends Construct {
  readonly group: string;
  readonly role: iam.Role;
  readonly queue: sqs.IQueue;

  constructor(scope: Construct, id: string, { tenant, queue }: { tenant: string; queue: sqs.IQueue }) {
    super(scope, id);
    this.queue = queue;
    // Deleting the stack deletes the group, and with it every schedule that has not fired.
    this.group = `muster-${tenant}`;
    new scheduler.CfnScheduleGroup(this, 'Group', { name: this.group });
    const { account } = Stack.of(this);
    const groupArn = Stack.of(this).formatArn({
      ...{ service: 'scheduler', resource: 'schedule-group', resourceName: this.group },
    });
    this.role = new iam.Role(this, 'Role', {
      // For the schedules of this group alone: Scheduler acts for every account there is.
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account, 'aws:SourceArn': groupArn } },
      }),
    });
    for (const statement of [sendTo(queue), useKey(keyOf(this), [sendTo(queue)])]) this.role.addToPolicy(statement);
  }

  /** What a function that sets timers is told. */
  get environment(): Record<string, string> {
    return { TIMERS_QUEUE_ARN: this.queue.queueArn, TIMERS_ROLE_ARN: this.role.roleArn, SCHEDULE_GROUP: this.group };
  }
}
