// The id of a lead in the links of a mail that was sent to them, such as `?muster_lead=lead_0123456789abcdef`: whose browser it is
// that opened the mail. Read once and then taken out of every address, so that nothing which is kept of a page names a person.
import { leadReference } from '../../events/touch-captured.v1.ts';

/** Also the name of the trait by which a page's script says the same. */
export const mailLinkName = 'muster_lead';

/** Once or several times in a row, with the separator before and, where more follows, the one after. */
const inAddress = /([?&])(?:muster_lead=[^&#]*(&|(?=#|$)))+/gi;
/** The same in an address that is itself a parameter of another, as what leads through a mail provider's server is. */
const inParameter = /(%3F|%26)(?:muster_lead%3D(?:(?!%26|%23)[^&#])*(%26|(?=[&#]|%23|$)))+/gi;

export const withoutMailLink = (address: string): string => {
  const left = (_: string, before: string, after: string): string => (after === '' ? '' : before);
  return address.replace(inAddress, left).replace(inParameter, left);
};

/** The lead a text names; undefined where it is no such id. */
export const leadNamed = (text: unknown): string | undefined => {
  const id = leadReference.safeParse(text);
  return id.success ? id.data : undefined;
};

export const leadInAddress = (address: string | undefined): string | undefined => {
  const query = /^[^#?]*\?([^#]*)/.exec(address ?? '')?.[1];
  return leadNamed(new URLSearchParams(query).get(mailLinkName));
};
