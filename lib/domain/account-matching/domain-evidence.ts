// What an account's own domain tells of its name: `uqam.ca` goes by UQAM, `nimblesci.com` is Nimble Science. Evidence only with a
// likeness of names, never by itself.
import type { Card } from './card.ts';
import type { LeadView } from './lead-view.ts';
import { explained } from './meet-words.ts';

/** What the account's domain says of the lead's words: a label that is one of them, begins with one, or their first letters. Only of
 * words that its name does not have: `barclays.com` says of `Barclays Hospital` what `Barclays` has said already. */
export const domainEvidence = (card: Card, lead: LeadView): { domain: number; initials: number } => {
  let domain = 0;
  let initials = 0;
  for (const label of card.labels) {
    for (let place = 0; place < lead.spelt.length; place += 1) {
      const word = lead.spelt[place]!;
      const weight = lead.weights[place]!;
      if (weight < 0.3 || word.length < 3 || explained[place]! > 0) continue;
      if (label === word) domain = Math.max(domain, weight);
      else if (
        word.length > 3 &&
        label.length > 3 &&
        (label.includes(word) || (word.startsWith(label) && label.length > 4))
      )
        domain = Math.max(domain, (weight * Math.min(word.length, label.length)) / Math.max(label.length, word.length));
    }
    if (lead.acronyms.includes(label)) domain = 1;
    if (label.length > 2) {
      for (const span of lead.spans) {
        if (span.initials === label) initials = 1;
        else if (span.initials.length > 3 && label.startsWith(span.initials)) initials = Math.max(initials, 0.6);
      }
    }
  }
  return { domain, initials };
};
