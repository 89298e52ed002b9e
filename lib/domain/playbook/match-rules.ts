/** By what an account is found, in the order that is usual. */
export const matchRules = ['crm-id', 'domain', 'subsidiary-domain', 'exact-name', 'fuzzy-name', 'network'] as const;
export type MatchRule = (typeof matchRules)[number];
