// What an account and a lead can be called. Every table of statuses is held to these, so that a new one stops the build until
// each place has answered.

export const leadStatuses = [
  'Pre-Qualified',
  'Nurture',
  'Qualified',
  'Sales Working',
  'Opportunity Open',
  'Disqualified',
  'Partner',
  'No Longer With Company',
] as const;
export type LeadStatus = (typeof leadStatuses)[number];

export const accountStatuses = [
  'Pre-Qualified',
  'Nurture',
  'Qualified',
  'Sales Working',
  'Opportunity Open',
  'Customer',
  'Customer Engaged',
  'Customer Opportunity',
  'Churned',
  'Disqualified',
  'Partner',
] as const;
export type AccountStatus = (typeof accountStatuses)[number];

/** Every one there is, each once: what a stage of a tenant's own can refine. */
export const statuses = [...accountStatuses, 'No Longer With Company'] as const satisfies readonly (
  | LeadStatus
  | AccountStatus
)[];
export type Status = (typeof statuses)[number];
