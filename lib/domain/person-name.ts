// How people are named in reasons: by name, else by address; never by id.
import type { IdentityState } from './lead.ts';

interface Named {
  email?: string;
  anonymous?: true;
  state: Pick<IdentityState, 'profile'>;
}

export const nameOf = ({ email, anonymous, state: { profile } }: Named): string => {
  const full = [profile.firstName?.value, profile.lastName?.value].filter(Boolean).join(' ');
  return full || profile.name?.value || email || (anonymous ? 'An unknown visitor' : 'Somebody');
};
