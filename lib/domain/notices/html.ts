// HTML in which nothing a stranger typed can be anything but text.

/** Markup that is already safe. Only `html` makes it. */
class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** Mail clients make links of what looks like one; a zero-width space inside keeps a stranger's text text. Addresses stay
 * whole, because people copy them. */
const unlinked = (word: string): string =>
  /^[^/]*@[^/]*$/.test(word) ? word : word.replace(/(\.|:\/\/)(?=[^\s.])/g, '$1\u200b');
const escaped = (text: string): string =>
  text.replace(/\S*(?:\.|:\/\/)\S*/g, unlinked).replace(/[&<>"']/g, (character) => entities[character]!);

type Value = string | number | Markup | readonly Markup[];

const rendered = (value: Value): string => {
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return escaped(String(value));
};

/** A template whose values are escaped unless they are markup themselves. */
export const html = (strings: TemplateStringsArray, ...values: Value[]): Markup =>
  new Markup(strings.reduce((text, part, index) => text + rendered(values[index - 1]!) + part));

export const page = (body: Markup): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"></head><body style="margin:0;padding:24px;background:#f4f5f7;font:16px/1.5 -apple-system,Segoe UI,Roboto,sans-serif;color:#1c2330"><div style="max-width:560px;margin:0 auto;background:#fff;border-radius:8px;padding:28px">${body.text}</div></body></html>`;
