// Whom a browser or a CRM record turned out to be: by an address given with it, or by the link of a mail opened in it.
//
// A mail is forwarded, and opened by somebody else than it was sent to. So what its link says is worth less than anything people
// say of themselves, however much earlier it was said, and it makes nobody a lead whom nothing else tells of.

/** `byMail`: said by a mail's link, which has the lead's id and no address. */
export interface Linked {
  email?: string;
  at: string;
  /** Of a CRM record, where it is earlier than `at`: when it first had the address. */
  since?: string;
  byMail?: true;
}
/** Every person an identity was linked to, by lead id, and when. */
export type Links = Record<string, Linked>;

/** Whose an identity is. */
export interface Holder {
  leadId: string;
  /** By the link of a mail alone. */
  byMail?: true;
}

/** A browser stays with the first person who used it, so that two known people never merge through it; a CRM record goes
 * with the last e-mail it was given. Ties go to the smaller id. */
const firstOf = (kind: 'visitor' | 'crm', links: readonly [string, Linked][]): string | undefined => {
  const inOrder = links.toSorted(([a, { at: atA }], [b, { at: atB }]) =>
    atA === atB ? (a < b ? -1 : 1) : atA < atB === (kind === 'visitor') ? -1 : 1,
  );
  return inOrder[0]?.[0];
};

/** By what people said of themselves, or the CRM of them. */
export const holderOf = (kind: 'visitor' | 'crm', links: Links): string | undefined =>
  firstOf(
    kind,
    Object.entries(links).filter(([, { byMail }]) => !byMail),
  );

/** To whom the first mail went that was opened in this browser. */
export const holderByMail = (links: Links): string | undefined =>
  firstOf(
    'visitor',
    Object.entries(links).filter(([, { byMail }]) => byMail),
  );

/** A link's time is the first for a browser, the last for a CRM record. Of one person what they say stays, not what a mail said. */
export const linked = (kind: 'visitor' | 'crm', links: Links, leadId: string, heard: Linked): Links => {
  const known = links[leadId];
  if (known === undefined) return { ...links, [leadId]: heard };
  if (known.byMail !== heard.byMail) return known.byMail ? { ...links, [leadId]: heard } : links;
  if (kind === 'visitor') return known.at <= heard.at ? links : { ...links, [leadId]: heard };
  const [first, last] = [known.since ?? known.at, heard.at].sort() as [string, string];
  const at = known.at > last ? known.at : last;
  if (at === known.at && first === (known.since ?? known.at)) return links;
  const { since: _, ...latest } = heard.at > known.at ? heard : known;
  return { ...links, [leadId]: { ...latest, at, ...(first < at && { since: first }) } };
};

/** Whose a CRM record was at a moment: of the addresses it had by then the one it came to last. */
export const crmHolderAt = (links: Links, moment: string): string | undefined =>
  Object.entries(links)
    .map(([leadId, { at, since = at }]) => ({ leadId, since }))
    .filter(({ since }) => since <= moment)
    .sort((a, b) => (a.since === b.since ? (a.leadId < b.leadId ? -1 : 1) : a.since > b.since ? -1 : 1))[0]?.leadId;
