// Every number Muster tells of itself: its name, its unit, what it means. Nothing else can be recorded.

export interface Metric {
  unit: 'Count' | 'Seconds';
  /** For whoever reads a dashboard at night. */
  means: string;
}

export const metrics = {
  Captured: { unit: 'Count', means: 'lines taken at the door: touches, changes, decisions, actions' },
  CaptureRefused: { unit: 'Count', means: 'requests to the door answered 4xx' },
  Folded: { unit: 'Count', means: 'messages of intake worked off' },
  FoldFailed: { unit: 'Count', means: 'messages of intake that come again, or rest with the dead letters' },
  Quarantined: { unit: 'Count', means: 'lines set aside, since they say nothing about anybody' },
  FoldLagSeconds: { unit: 'Seconds', means: 'from capture until worked off, of the oldest line of a batch' },
  Assessed: { unit: 'Count', means: 'changes upon which an account was judged anew' },
  LeadQualified: { unit: 'Count', means: 'leads that became Qualified' },
  LeadRouted: { unit: 'Count', means: 'leads given to somebody' },
  SlaStarted: { unit: 'Count', means: 'clocks to first follow-up started or restarted, as leads were given' },
  SlaBreached: { unit: 'Count', means: 'clocks that ran out' },
  SlaAnswered: { unit: 'Count', means: 'clocks that a follow-up stopped' },
  NoticesSent: { unit: 'Count', means: 'mails the mail service took' },
  MailBounced: { unit: 'Count', means: 'mails that came back for good, or were refused at once' },
  MailboxStopped: { unit: 'Count', means: 'mailboxes that get no more mail: bounced, or complained' },
  StatusFlapping: { unit: 'Count', means: 'statuses held, since they go round in circles' },
  SweepRan: { unit: 'Count', means: 'sweeps that came to their end' },
  SweepLate: {
    unit: 'Seconds',
    means: 'how long the clock was overdue that waited longest, where a sweep found clocks whose timers had not fired',
  },
  CrmSyncStopped: { unit: 'Count', means: 'records that a CRM could not be told of' },
  CrmLoopStopped: { unit: 'Count', means: 'records left alone, since a CRM answers each write with its own' },
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof metrics;
