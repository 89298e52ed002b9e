// How a status came to be what it is: each change with its reason, so that time in a status can be told.

export interface StatusChange {
  from: string;
  to: string;
  at: string;
  reason: string;
}

/** The first entry and the latest 49: a status that has changed more often is flapping, and its middle says nothing. */
const kept = 50;

export const withChange = (history: readonly StatusChange[], change: StatusChange): StatusChange[] => {
  const all = [...history, change];
  return all.length <= kept ? all : [all[0]!, ...all.slice(1 - kept)];
};
