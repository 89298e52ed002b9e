// Which secrets a request used that are being replaced, for its line of the log: so that somebody can see when nobody uses the old one
// any more.
const used = new WeakMap<object, Set<string>>();

/** `name` as `muster secret list` has it; `event` is the request's own. */
export const noteOlder = (event: object, name: string): void => {
  const names = used.get(event) ?? new Set();
  used.set(event, names.add(name));
};

/** By a space each; undefined where it used none. */
export const olderUsed = (event: object): string | undefined => {
  const names = used.get(event);
  return names && [...names].join(' ');
};
