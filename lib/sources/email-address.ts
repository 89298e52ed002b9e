// What counts as a mail address where one is asked for. Narrower than what the domain can normalise: a typing error is
// told to the person while they are still at the form, and nothing that could break out of a mail header gets in.
const localPart = /^[^\s@"<>(),;:\\[\]\p{Cc}]{1,64}$/u;
const label = /^[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}])?$/u;

export const isEmailAddress = (text: string): boolean => {
  const at = text.lastIndexOf('@');
  const labels = text.slice(at + 1).split('.');
  return (
    at > 0 &&
    text.length <= 254 &&
    localPart.test(text.slice(0, at)) &&
    labels.length >= 2 &&
    labels.every((part) => label.test(part))
  );
};
