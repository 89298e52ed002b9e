// Reads the XML a webhook carries into elements, and refuses what such a message never needs. Own code, on purpose: all that
// made XML readers dangerous (document types, entities of one's own, things fetched from elsewhere) is not in it to be switched
// off, and parsers at large bring both it and ten times its size into a function.

export interface XmlElement {
  /** Without its namespace's prefix. */
  name: string;
  /** Values by name without prefix; of `a:x` and `x` the last. */
  attributes: ReadonlyMap<string, string>;
  elements: XmlElement[];
  /** What stands directly in it, character references read. */
  text: string;
}

type XmlReading = { root: XmlElement } | { problem: string };

/** Of an envelope with a hundred records of a few hundred fields; nesting is seven deep there. */
const limits = { characters: 1_000_000, elements: 50_000, depth: 20, attributes: 20 };

// None can match one stretch of text in two ways, so that a failing match costs one pass over it.
const name = String.raw`[\p{L}_][\p{L}\p{N}_.-]*(?::[\p{L}_][\p{L}\p{N}_.-]*)?`;
const declaration = /^<\?xml\s[^?<>]*\?>/;
const startTag = new RegExp(String.raw`<(${name})((?:\s+${name}\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(/?)>`, 'uy');
const endTag = new RegExp(String.raw`</(${name})\s*>`, 'uy');
const attribute = new RegExp(String.raw`(${name})\s*=\s*(?:"([^"]*)"|'([^']*)')`, 'gu');
// XML 1.0 has no other characters below a space, however they are written.
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that are looked for.
const noCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const predefined: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const localName = (qualified: string): string => qualified.slice(qualified.indexOf(':') + 1);

const characterOf = (reference: string): string | undefined => {
  if (!reference.startsWith('#')) return predefined[reference];
  const code = reference.startsWith('#x') ? Number.parseInt(reference.slice(2), 16) : Number(reference.slice(1));
  const outside = code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff);
  const character = outside ? undefined : String.fromCodePoint(code);
  return character === undefined || noCharacter.test(character) ? undefined : character;
};

/** undefined where a reference is none of the five predefined and no number. */
const unescaped = (text: string): string | undefined => {
  if (!text.includes('&')) return text;
  let unknown = false;
  const read = text.replace(/&(#\d{1,7}|#x[\da-fA-F]{1,6}|amp|lt|gt|quot|apos);|&/g, (_, reference?: string) => {
    const character = reference === undefined ? undefined : characterOf(reference);
    if (character === undefined) unknown = true;
    return character ?? '';
  });
  return unknown ? undefined : read;
};

const attributesIn = (text: string): ReadonlyMap<string, string> | undefined => {
  const attributes = new Map<string, string>();
  for (const [, qualified, double, single] of text.matchAll(attribute)) {
    const value = unescaped(double ?? single ?? '');
    if (value === undefined || attributes.size === limits.attributes) return undefined;
    attributes.set(localName(qualified!), value);
  }
  return attributes;
};

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

interface Place {
  text: string;
  at: number;
  /** The elements not yet ended, outermost first; a document of nothing but its root is around them. */
  open: { qualified: string; element: XmlElement }[];
  elements: number;
}

/** Each reads what stands at the place and moves it on; answers what is wrong. */
const readText = (place: Place): string | undefined => {
  const found = place.text.indexOf('<', place.at);
  const end = found === -1 ? place.text.length : found;
  const text = unescaped(place.text.slice(place.at, end));
  if (text === undefined) return 'refers to an entity that is not XML’s own';
  if (place.open.length === 1 && text.trim() !== '') return 'has text outside its root';
  place.open.at(-1)!.element.text += text;
  place.at = end;
  return undefined;
};

const readSection = (place: Place, opening: string, closing: string): string | undefined => {
  const from = place.at + opening.length;
  const end = place.text.indexOf(closing, from);
  if (end === -1) return 'ends too early';
  if (opening === '<![CDATA[') {
    if (place.open.length === 1) return 'has text outside its root';
    place.open.at(-1)!.element.text += place.text.slice(from, end);
  }
  place.at = end + closing.length;
  return undefined;
};

const readEnd = (place: Place): string | undefined => {
  const tag = matchAt(endTag, place.text, place.at);
  if (tag === null) return 'is not well-formed';
  if (place.open.length === 1 || place.open.at(-1)!.qualified !== tag[1]) return 'ends an element that is not open';
  place.open.pop();
  place.at = endTag.lastIndex;
  return undefined;
};

const readStart = (place: Place): string | undefined => {
  const tag = matchAt(startTag, place.text, place.at);
  if (tag === null) return 'is not well-formed';
  const attributes = attributesIn(tag[2]!);
  if (attributes === undefined) return 'has attributes that cannot be read';
  place.elements += 1;
  if (place.elements > limits.elements) return `has more than ${limits.elements} elements`;
  if (place.open.length > limits.depth) return `is more than ${limits.depth} elements deep`;
  const parent = place.open.at(-1)!.element;
  if (place.open.length === 1 && parent.elements.length === 1) return 'has two roots';
  const element: XmlElement = { name: localName(tag[1]!), attributes, elements: [], text: '' };
  parent.elements.push(element);
  if (tag[3] === '') place.open.push({ qualified: tag[1]!, element });
  place.at = startTag.lastIndex;
  return undefined;
};

const readNext = (place: Place): string | undefined => {
  const { text, at } = place;
  if (text[at] !== '<') return readText(place);
  if (text[at + 1] === '/') return readEnd(place);
  if (text.startsWith('<!--', at)) return readSection(place, '<!--', '-->');
  if (text.startsWith('<![CDATA[', at)) return readSection(place, '<![CDATA[', ']]>');
  if (text[at + 1] === '!') return 'has a document type, which is refused';
  if (text[at + 1] === '?') return 'has a processing instruction, which is refused';
  return readStart(place);
};

/** What is wrong is said without repeating anything of the text. */
export const readXml = (text: string): XmlReading => {
  if (text.length > limits.characters) return { problem: `is longer than ${limits.characters} characters` };
  if (noCharacter.test(text)) return { problem: 'has characters that XML has not' };
  const head = declaration.exec(text)?.[0] ?? '';
  if (/encoding\s*=\s*["'](?!utf-8["'])/i.test(head)) return { problem: 'is not UTF-8' };
  const document: XmlElement = { name: '', attributes: new Map(), elements: [], text: '' };
  const place: Place = { text, at: head.length, open: [{ qualified: '', element: document }], elements: 0 };
  while (place.at < text.length) {
    const problem = readNext(place);
    if (problem !== undefined) return { problem };
  }
  const [root] = document.elements;
  return root === undefined || place.open.length > 1 ? { problem: 'ends too early' } : { root };
};
