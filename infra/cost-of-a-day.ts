// What a day of a tenant costs, as far as its metrics tell: what is metered times AWS's prices. The bill comes a day later and knows
// more: storage, traffic, what is asked by the month, and the events of the bus, which CloudWatch does not count by bus.
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Watched } from './alarms/row.ts';
import { type FunctionName, functionSizes } from './function-sizes.ts';
import { usd } from './prices.ts';
import { counted, ofApi, ofFunction, ofLog, ofQueue, ofTable, type Series } from './watched-metrics.ts';

/** Something metered, and what one of it costs. */
interface Priced {
  of: Series;
  dollars: number;
}

const bytesPerGigabyte = 2 ** 30;
const isFunction = (name: string): name is FunctionName => name in functionSizes;

const pricedOf = ({ tenant: { name: tenant }, apiId, tableName, queues, functions }: Watched): Priced[] => {
  const called = (name: string) => `muster-${tenant}-${name}`;
  return [
    { of: ofApi(apiId, 'Count'), dollars: usd.httpApiRequests },
    ...functions.filter(isFunction).flatMap((name) => [
      { of: ofFunction(called(name), 'Invocations'), dollars: usd.lambdaInvocations },
      {
        // Milliseconds.
        of: ofFunction(called(name), 'Duration'),
        dollars: (usd.lambdaGbSeconds * functionSizes[name].megabytes) / 1_024 / 1_000,
      },
      { of: ofLog(`/muster/${tenant}/${name}`, 'IncomingBytes'), dollars: usd.logGigabytes / bytesPerGigabyte },
    ]),
    // Messages, not requests: one that carries ten counts as ten. It is the dearer side.
    ...queues.flatMap((name) =>
      (
        [
          'NumberOfMessagesSent',
          'NumberOfMessagesReceived',
          'NumberOfMessagesDeleted',
          'NumberOfEmptyReceives',
        ] as const
      )
        .map((metric) => ofQueue(called(name), metric))
        .map((of) => ({ of, dollars: usd.sqsRequests })),
    ),
    { of: ofTable(tableName, 'ConsumedReadCapacityUnits'), dollars: usd.dynamoDbReadUnits },
    { of: ofTable(tableName, 'ConsumedWriteCapacityUnits'), dollars: usd.dynamoDbWriteUnits },
    { of: counted(tenant, 'NoticesSent'), dollars: usd.sesMessages },
  ];
};

export const costOfADay = (watched: Watched): cloudwatch.MathExpression => {
  const priced = pricedOf(watched);
  const idOf = (index: number) => `m${index}`;
  return new cloudwatch.MathExpression({
    expression: priced.map(({ dollars }, index) => `FILL(${idOf(index)}, 0) * ${dollars.toFixed(15)}`).join(' + '),
    usingMetrics: Object.fromEntries(
      priced.map(({ of: { namespace, name, dimensions, stat } }, index) => [
        idOf(index),
        new cloudwatch.Metric({ namespace, metricName: name, dimensionsMap: { ...dimensions }, statistic: stat }),
      ]),
    ),
    label: '$',
    period: Duration.days(1),
  });
};
