// Whom mails come from, taken apart. Apart from the stack, so that reading a tenant's file loads no CDK.

/** Address and domain of a sender written as `Name <address>` or as the bare address. */
export const senderOf = (from: string): { address: string; domain: string } => {
  const address = /<(.+)>$/.exec(from)?.[1] ?? from;
  return { address, domain: address.slice(address.indexOf('@') + 1) };
};
