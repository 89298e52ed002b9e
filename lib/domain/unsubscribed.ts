// Whether a CRM has somebody as unsubscribed from its mail, and since when: which takes back what they agreed to in a form before.
//
// A CRM says it with the whole record, as of the record's last change, whatever that was. Taken as it comes, an edited telephone number
// would withdraw anew what they agreed to since. So it counts from the first time it was said without the opposite between: whoever agreed
// in a form after that has agreed. That it is so no more, somebody at the CRM may have set: it is nobody's word, has no wording, and
// agrees to nothing. They stay withdrawn until they say otherwise themselves; all it does is that the next time counts from then.
import type { Register } from './register.ts';
import { alsoSaidOf, latestSaid, type Said } from './said.ts';

/** What one record says of it now, since when, and what that follows from. */
export interface Unsubscribed extends Register<boolean> {
  said: Said<boolean>;
}

/** Mostly it is said again and again that they are not: fewer moments than of a stage do. */
const alsoSaid = alsoSaidOf(10);

export const hearUnsubscribed = (
  known: Unsubscribed | undefined,
  heard: Register<boolean> | undefined,
): Unsubscribed | undefined => {
  if (heard === undefined) return known;
  const said = alsoSaid(known?.said ?? [], heard);
  return { ...latestSaid(said)!, said };
};

/** That they withdrew, the last time they did. */
export const withdrawalIn = (unsubscribed: Unsubscribed | undefined): Register<boolean> | undefined => {
  const last = unsubscribed && latestSaid(unsubscribed.said, (is) => is);
  return last && { ...last, value: false };
};
