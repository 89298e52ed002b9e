// Whether somebody slipped while typing the name of a big mail provider. Only ever a question to them: the address stays as typed.

/** With five letters or more: shorter names (`web.de`, `live.com`) have too many honest neighbours. */
const providers = [
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'yahoo.com',
  'icloud.com',
  'protonmail.com',
  'hotmail.co.uk',
  'yahoo.co.uk',
  't-online.de',
  'comcast.net',
];

/** One slip from those, and what their owners mean to be called: providers of mail, and a cloud's maker. */
const honest = new Set(['mail.com', 'email.com', 'ymail.com', 'cloud.com']);

/** One letter too many, too few or wrong, or two neighbours changed round. */
const isOneSlip = (typed: string, meant: string): boolean => {
  let from = 0;
  while (from < typed.length && typed[from] === meant[from]) from += 1;
  let [typedEnd, meantEnd] = [typed.length, meant.length];
  while (typedEnd > from && meantEnd > from && typed[typedEnd - 1] === meant[meantEnd - 1]) {
    typedEnd -= 1;
    meantEnd -= 1;
  }
  const [left, wanted] = [typed.slice(from, typedEnd), meant.slice(from, meantEnd)];
  if (left.length <= 1 && wanted.length <= 1) return true;
  return left.length === 2 && wanted.length === 2 && left[0] === wanted[1] && left[1] === wanted[0];
};

/** The address that was probably meant: `bea@gmial.com` → `bea@gmail.com`; undefined where nothing says so. */
export const probablyMeant = (typed: string): string | undefined => {
  const email = typed.trim();
  const at = email.lastIndexOf('@');
  const host = email.slice(at + 1).toLowerCase();
  if (at < 1 || honest.has(host) || providers.includes(host)) return undefined;
  const meant = providers.find((provider) => isOneSlip(host, provider));
  return meant && `${email.slice(0, at)}@${meant}`;
};
