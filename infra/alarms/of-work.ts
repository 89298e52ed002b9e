// Alarms on the work itself, mostly by what Muster counts: too late, too little, set aside, back and forth, mail that comes back.
import { counted, ofMail, type Series } from '../watched-metrics.ts';
import { type AlarmRow, blipIsQuiet, fiveMinutes, hour, minute, percentage, type Watched } from './row.ts';

export const ofWork = ({ tenant }: Watched): AlarmRow[] => {
  const { foldLagSeconds, volumeDeviations, quarantinedPerHour, flappingPerHour } = tenant.alarms.thresholds;
  const count = (name: Parameters<typeof counted>[1], stat?: string): Series => counted(tenant.name, name, stat);
  return [
    {
      name: 'fold-late',
      says: `Half of what is captured is folded later than ${foldLagSeconds} seconds after the window of hits.`,
      severity: 'now',
      watch: count('FoldLagSeconds', 'p50'),
      bad: { over: foldLagSeconds + tenant.hits.windowSeconds },
      ...blipIsQuiet,
    },
    {
      name: 'sweep-missing',
      says: 'The sweep of every five minutes has not run for a quarter of an hour: clocks whose timer is lost are not found.',
      severity: 'now',
      watch: count('SweepRan'),
      bad: { under: 1 },
      ...{ every: fiveMinutes, times: 3, of: 3, silence: 'bad' },
    },
    {
      name: 'sweep-late',
      says: 'Sweeps find clocks that were due more than a quarter of an hour ago: timers do not fire, and the sweep does not keep up.',
      severity: 'now',
      watch: count('SweepLate', 'Maximum'),
      bad: { over: 15 * minute },
      ...{ every: fiveMinutes, times: 2, of: 3, silence: 'fine' },
    },
    {
      name: 'quarantine',
      says: `More than ${quarantinedPerHour} captured facts within an hour could not be read and were set aside.`,
      severity: 'today',
      watch: count('Quarantined'),
      bad: { over: quarantinedPerHour },
      ...{ every: hour, times: 1, of: 1, silence: 'fine' },
    },
    {
      name: 'volume-far-off',
      says: 'For two hours far more or far less has been captured than is usual at this time of the week.',
      severity: 'today',
      watch: { expression: 'FILL(captured, 0)', of: { captured: count('Captured') } },
      bad: { outside: volumeDeviations },
      ...{ every: hour, times: 2, of: 2, silence: 'fine' },
    },
    {
      name: 'status-flapping',
      says: `More than ${flappingPerHour} statuses within an hour went back and forth.`,
      severity: 'today',
      watch: count('StatusFlapping'),
      bad: { over: flappingPerHour },
      ...{ every: hour, times: 1, of: 1, silence: 'fine' },
    },
    {
      name: 'crm-sync-stopped',
      says: 'A CRM could not be told what it should be, nor when it was tried again.',
      severity: 'today',
      watch: count('CrmSyncStopped'),
      bad: { over: 0 },
      // It is tried again after a quarter of an hour; where somebody has to mend something first, after an hour.
      ...{ every: 900, times: 2, of: 6, silence: 'fine' },
    },
    {
      name: 'crm-loop-stopped',
      says: 'A record is left alone for a while: its CRM writes back what is written there.',
      severity: 'today',
      watch: count('CrmLoopStopped'),
      bad: { over: 0 },
      ...{ every: fiveMinutes, times: 1, of: 1, silence: 'fine' },
    },
  ];
};

export const ofMails = ({ tenant }: Watched): AlarmRow[] => {
  const { bouncePercent } = tenant.alarms.thresholds;
  return [
    {
      name: 'mail-bounces',
      says: `More than ${bouncePercent} % of the mails of six hours came back.`,
      severity: 'now',
      watch: {
        // What comes back may have been sent in the six hours before.
        expression: percentage('bounced', '(FILL(sent, 0) + bounced)', 5),
        of: { bounced: counted(tenant.name, 'MailBounced'), sent: counted(tenant.name, 'NoticesSent') },
      },
      bad: { over: bouncePercent },
      ...{ every: 6 * hour, times: 1, of: 1, silence: 'fine' },
    },
    {
      name: 'mail-complaints',
      says: 'More than one recipient in a thousand called a mail spam: SES stops who has two.',
      severity: 'now',
      watch: ofMail(`muster-${tenant.name}`, 'Reputation.ComplaintRate', 'Maximum'),
      // A share, not a percentage.
      bad: { over: 0.001 },
      ...{ every: hour, times: 2, of: 2, silence: 'fine' },
    },
    {
      name: 'mailbox-stopped',
      says: 'Somebody is told nothing by mail any more: their server refuses.',
      severity: 'today',
      watch: counted(tenant.name, 'MailboxStopped'),
      bad: { over: 0 },
      ...{ every: fiveMinutes, times: 1, of: 1, silence: 'fine' },
    },
  ];
};
