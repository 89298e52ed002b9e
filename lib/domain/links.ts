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
  /** Of who said it themselves: when a mail's link first said so too. */
  mailAt?: string;
}
/** Every person an identity was linked to, by lead id, and when; of a great many those on whom its holder may depend. */
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

/** Everyone a browser or a record is linked to hears of whatever it does. More are a kiosk, or a script that makes them up; of
 * mails, whose links anybody may write and may lead to nobody, few are opened in one browser. */
const most = { said: 50, byMail: 5 };

const mailAtOf = ({ at, byMail, mailAt }: Linked): string | undefined => (byMail ? at : mailAt);

/** The ids of the first by time, ties by id. */
const firstIds = (links: readonly { leadId: string; at: string }[], count: number): Set<string> => {
  const inOrder = links.toSorted((a, b) => (a.at === b.at ? (a.leadId < b.leadId ? -1 : 1) : a.at < b.at ? -1 : 1));
  return new Set(inOrder.slice(0, count).map(({ leadId }) => leadId));
};

/** The earliest of each kind: the two are counted apart, or who is kept would hang on which came first. */
const earliestOf = (links: Links): Links => {
  const all = Object.entries(links);
  const said = all.flatMap(([leadId, { at, byMail }]) => (byMail ? [] : [{ leadId, at }]));
  const mails = all.flatMap(([leadId, link]) => {
    const at = mailAtOf(link);
    return at === undefined ? [] : [{ leadId, at }];
  });
  const [keptSaid, keptMails] = [firstIds(said, most.said), firstIds(mails, most.byMail)];
  return Object.fromEntries(
    all.flatMap(([leadId, link]): [string, Linked][] => {
      const { mailAt: _, ...own } = link;
      const at = keptMails.has(leadId) ? mailAtOf(link) : undefined;
      if (keptSaid.has(leadId)) return [[leadId, { ...own, ...(at !== undefined && { mailAt: at }) }]];
      return at === undefined ? [] : [[leadId, { at, byMail: true }]];
    }),
  );
};

const latestOf = (links: Links): Links => {
  const all = Object.entries(links);
  if (all.length <= most.said) return links;
  const inOrder = all.toSorted(([a, x], [b, y]) => (x.at === y.at ? (a < b ? -1 : 1) : x.at > y.at ? -1 : 1));
  return Object.fromEntries(inOrder.slice(0, most.said));
};

const linkedBrowser = (known: Linked | undefined, heard: Linked): Linked => {
  if (known === undefined) return heard;
  const [first, ...more] = [known, heard].filter(({ byMail }) => !byMail);
  const [mailAt] = [known, heard].flatMap((link) => mailAtOf(link) ?? []).sort();
  if (first === undefined) return { at: mailAt!, byMail: true };
  const own = more[0] !== undefined && more[0].at < first.at ? more[0] : first;
  return { ...own, ...(mailAt !== undefined && { mailAt }) };
};

/** A link's time is the first for a browser, the last for a CRM record. Of one person what they say stays, not what a mail said. */
export const linked = (kind: 'visitor' | 'crm', links: Links, leadId: string, heard: Linked): Links => {
  const known = links[leadId];
  if (kind === 'visitor') return earliestOf({ ...links, [leadId]: linkedBrowser(known, heard) });
  if (known === undefined) return latestOf({ ...links, [leadId]: heard });
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
