/** What a signal says of somebody, for totals beside the score. */
export const dimensions = ['engagement', 'interest', 'need', 'budget', 'authority', 'timeframe'] as const;
export type Dimension = (typeof dimensions)[number];
