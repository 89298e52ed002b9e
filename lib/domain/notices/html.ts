// HTML in which nothing a stranger typed can be anything but text.

/** Markup that is already safe. Only `html` makes it. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const unlinkedWord = (word: string): string =>
  /^[^/]*@[^/]*$/.test(word) ? word : word.replace(/(:\/\/|(?<!\d)\.|\.(?!\d))(?=[^\s.])/g, '$1\u200b');
/** Mail clients make links of what looks like one, in plain text too; a zero-width space inside keeps a stranger's text text.
 * Addresses stay whole, because people copy them, and so do numbers. */
export const unlinked = (text: string): string => text.replace(/\S*(?:\.|:\/\/)\S*/g, unlinkedWord);
const escaped = (text: string): string => unlinked(text).replace(/[&<>"']/g, (character) => entities[character]!);

type Value = string | number | Markup | readonly Markup[];

const rendered = (value: Value): string => {
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return escaped(String(value));
};

/** A template whose values are escaped unless they are markup themselves. */
export const html = (strings: TemplateStringsArray, ...values: Value[]): Markup =>
  new Markup(strings.reduce((text, part, index) => text + rendered(values[index - 1]!) + part));

/** Where a link leads, whole. Throws for anything but a web address, so that no script can be one. */
export const address = (url: string): Markup => {
  const { protocol, href } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') throw new Error('a link of a mail leads to a web address');
  return new Markup(href.replace(/[&<>"']/g, (character) => entities[character]!));
};
