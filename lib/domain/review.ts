// Why somebody should look at a lead's account. `doubtful`: it has one, and something says otherwise.
export const reviewReasons = ['unmatched', 'ambiguous', 'doubtful'] as const;
export type ReviewReason = (typeof reviewReasons)[number];
