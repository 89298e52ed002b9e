// What AWS asks, in US dollars: us-east-1, on-demand, 2026, no free tier and no savings plan.

/** One million of a unit, or what stands in the comment. */
export const usd = {
  /** HTTP API, metered in 512 KB; the first 300 million a month. aws.amazon.com/api-gateway/pricing */
  httpApiRequests: 1.0 / 1e6,
  /** aws.amazon.com/lambda/pricing */
  lambdaInvocations: 0.2 / 1e6,
  /** arm64, the first tier. aws.amazon.com/lambda/pricing */
  lambdaGbSeconds: 0.0000133334,
  /** Standard queues; each started 64 KB of a request is one. aws.amazon.com/sqs/pricing */
  sqsRequests: 0.4 / 1e6,
  /** Custom events; each started 64 KB is one. aws.amazon.com/eventbridge/pricing */
  eventBridgeEvents: 1.0 / 1e6,
  /** A schedule costs when it fires; making, changing and deleting it does not. aws.amazon.com/eventbridge/pricing */
  schedulerInvocations: 1.0 / 1e6,
  /** Request units as DynamoDB counts them: a transaction's are doubled already. aws.amazon.com/dynamodb/pricing/on-demand */
  dynamoDbWriteUnits: 0.625 / 1e6,
  /** Halves for eventually consistent reads are in the count. */
  dynamoDbReadUnits: 0.125 / 1e6,
  /** Standard class, taken in; each event counts 26 bytes more than it has. aws.amazon.com/cloudwatch/pricing */
  logGigabytes: 0.5,
  /** Attachments and dedicated addresses apart. aws.amazon.com/ses/pricing */
  sesMessages: 0.1 / 1e3,
} as const;

export type Unit = keyof typeof usd;

/** One request through what stands before the API, where a tenant has that. */
export const usdPerEdgeRequest =
  // CloudFront, HTTPS. aws.amazon.com/cloudfront/pricing
  1.0 / 1e6 +
  // Its function, which runs once. aws.amazon.com/cloudfront/pricing
  0.1 / 1e6 +
  // The firewall; its rules cost by the month, whatever comes. aws.amazon.com/waf/pricing
  0.6 / 1e6;
