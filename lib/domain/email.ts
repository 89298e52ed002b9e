// One spelling of a mail address, so that one person is one lead.

/** Lower case, trimmed, compatibility forms folded; undefined when it cannot be a mail address. */
export const normaliseEmail = (typed: string): string | undefined => {
  const email = typed.normalize('NFKC').trim().toLowerCase();
  return /^[^\s@"<>(),;:\\[\]\p{Cc}]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/u.test(email) && email.length <= 254
    ? email
    : undefined;
};
