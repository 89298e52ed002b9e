// What is held of a person, kind by kind, in words they understand. A kind that is not here tells of nobody.
export const held: Readonly<Record<string, string>> = {
  lead: 'One of your identities: your address, a browser you used, or a record of you in a CRM. What it has shown: counts by day, what was typed of you, your consent, your stage with sales, and the account you were found to belong to and why.',
  trail:
    'What happened on a day, line by line: forms, pages read, lists you were on, what a CRM reported, what was decided.',
  member: 'Your part in the account you belong to: the same facts, as they count for it.',
  deal: 'An opportunity that names you as a contact; other contacts are left out.',
  opportunity: 'The same, as the account sees it.',
  'lead-assessment':
    'How you were judged: points, grade and status, each with the rule it comes from, and how the status changed.',
  'account-assessment': 'How you were judged while you belonged to no account.',
  assignment: 'Who was given the task to talk to you, by which rule, and who before.',
  sla: 'The clock that watched whether somebody talked to you in time.',
  attainment: 'How that ended, as it counts in reports.',
  notice: 'A mail about you to those who work with you, or to you yourself: whether it was sent, and when.',
  'held-notice': 'Such a mail that waits until its reader is at work.',
  mailbox: 'Mail to you came back or was complained of: no more is sent.',
  sync: 'What a CRM was last told about your record.',
  'crm-request': 'What somebody asked a CRM to do with your records.',
  'wake-up': 'Something about you that is due at a moment.',
  delivery: 'What a program outside was told about you, and whether that arrived.',
  'asking-lead': 'A note that you are to be matched again should an account change.',
  quarantine: 'A line about you that could not be applied, and why.',
  operation: 'What an operator had done that names you, and why.',
  deed: 'The audit log’s entry that somebody changed something about you.',
  'dead-letter': 'A message about you that could not be worked off yet.',
};
