// How each alarm is tested. Most are caused on the local cloud by breaking what breaks on AWS. Some need weeks, or a CRM that plays along,
// and are caused on the whole system in memory. The rest is told by AWS alone, of what no local cloud has; those are judged on samples of it.

export type Means = 'cloud' | 'memory' | 'samples';

/** By the beginning of their names. */
const means: Readonly<Record<string, Means>> = {
  'dead-letters-': 'cloud',
  'waiting-': 'cloud',
  'fold-late': 'cloud',
  'sweep-missing': 'cloud',
  'sweep-late': 'cloud',
  quarantine: 'cloud',
  // CloudWatch learns for weeks what is usual.
  'volume-far-off': 'samples',
  'status-flapping': 'memory',
  'crm-sync-stopped': 'cloud',
  'crm-loop-stopped': 'memory',
  'failing-': 'cloud',
  throttled: 'cloud',
  // MiniStack says of no stream how far behind its reader is.
  'publish-late': 'samples',
  'api-errors': 'cloud',
  // What API Gateway took is measured by API Gateway.
  'api-slow': 'samples',
  // MiniStack's tables turn nobody away.
  'table-throttled': 'samples',
  'mail-bounces': 'cloud',
  // The share of complaints is made by SES, over a time and of a volume that it does not tell.
  'mail-complaints': 'samples',
  'mailbox-stopped': 'cloud',
};

/** Undefined for an alarm that nobody has thought of. */
export const meansOf = (name: string): Means | undefined =>
  Object.entries(means).find(([beginning]) => name.startsWith(beginning))?.[1];

export const beginnings = Object.keys(means);
