/** `a, b and c`, as English has it. `Intl.ListFormat` says the same, and takes 8 ms to make where a function starts. */
export const enumerated = (texts: readonly string[]): string =>
  texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
