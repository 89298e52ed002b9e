// Spellings of an address that reach one mailbox, at the providers who say so themselves. Elsewhere `bea+demo` and `beademo` may
// be two people, and so they stay.

interface Provider {
  /** What follows a plus sign is a tag of the owner's own making. */
  tags: true;
  /** `b.e.a` is `bea`. */
  dots?: true;
  /** The domain all of its domains stand for. */
  as?: string;
}

// Gmail Help, "Dots don't matter in Gmail addresses" and "Send emails from a different address or alias" (plus signs); accounts
// of @googlemail.com receive what is sent to the same name @gmail.com. A company's own domain on Google Workspace keeps its dots.
const gmail: Provider = { tags: true, dots: true, as: 'gmail.com' };
// Tags since 2013, for mailboxes of consumers; companies on Exchange Online may turn them off. Dots count.
const outlook: Provider = { tags: true };
// fastmail.help, "Plus addressing and subdomain addressing".
const fastmail: Provider = { tags: true };
// proton.me/support/creating-aliases, "+aliases". The same name at another of its domains need not be the same person's.
const proton: Provider = { tags: true };

// Not here: iCloud, whose maker documents no tags; Yahoo, whose disposable addresses (`base-word@`) share a base that receives
// nothing itself and is not the owner's name.
const providers: Readonly<Record<string, Provider>> = {
  'gmail.com': gmail,
  'googlemail.com': gmail,
  'outlook.com': outlook,
  'hotmail.com': outlook,
  'live.com': outlook,
  'msn.com': outlook,
  'fastmail.com': fastmail,
  'fastmail.fm': fastmail,
  'proton.me': proton,
  'protonmail.com': proton,
  'protonmail.ch': proton,
  'pm.me': proton,
};

/** The one address that stands for all spellings of it; `email` is written in one way already. */
export const mailboxOf = (email: string): string => {
  const at = email.lastIndexOf('@');
  const host = email.slice(at + 1);
  const provider = Object.hasOwn(providers, host) ? providers[host] : undefined;
  if (provider === undefined) return email;
  const untagged = email.slice(0, at).split('+')[0]!;
  const name = provider.dots ? untagged.replaceAll('.', '') : untagged;
  // No provider has a mailbox without a name: somebody mistyped, and is nobody else for it.
  return name === '' ? email : `${name}@${provider.as ?? host}`;
};
