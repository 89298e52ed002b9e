// Whom nobody writes to of our own accord: Disqualified accounts and leads are never marketed to (T9).

/** By the status of the lead and of its account; of whom nothing was judged yet nothing forbids it. */
export const mayMarketTo = (...statuses: readonly (string | undefined)[]): boolean =>
  !statuses.includes('Disqualified');
