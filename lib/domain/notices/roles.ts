// The buying group in one line: who plays which part, and which part nobody plays yet.
import type { NamedValue } from './mail-view.ts';

/** A part in the purchase, and who plays it; nobody where it is missing. */
export interface StoryRole {
  label: string;
  people: readonly string[];
}

/** `Economic buyer: Bea Buyer; missing: Champion, User`. */
export const rolesFact = (roles: readonly StoryRole[]): NamedValue[] => {
  if (roles.length === 0) return [];
  const missing = roles.filter(({ people }) => people.length === 0).map(({ label }) => label);
  const there = roles.filter(({ people }) => people.length > 0);
  const told = there.map(({ label, people }) => `${label}: ${people.join(', ')}`);
  const value = [...told, ...(missing.length > 0 ? [`missing: ${missing.join(', ')}`] : [])].join('; ');
  return [{ name: 'Buying group', value }];
};
