// The XML reader: what it reads, what it refuses, and that refusing is quick whatever the size.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readXml, type XmlElement } from '../../lib/sources/strict-xml.ts';

const rootOf = (xml: string): XmlElement => {
  const reading = readXml(xml);
  if ('problem' in reading) throw new Error(reading.problem);
  return reading.root;
};
const problemOf = (xml: string): string => {
  const reading = readXml(xml);
  return 'problem' in reading ? reading.problem : 'none';
};

test('elements, attributes, text, references and sections are read', () => {
  const root = rootOf(
    `<?xml version="1.0" encoding="utf-8"?>\n<!-- so -->\n<a:b x:t="1&lt;2" u='"'>eins&amp;<c/>zwei&#228;&#x1F389;<![CDATA[<&>]]>\n<d e = "f" >g</d ></a:b>\n`,
  );

  expect(root).toEqual({
    name: 'b',
    attributes: new Map([
      ['t', '1<2'],
      ['u', '"'],
    ]),
    text: 'eins&zweiä🎉<&>\n',
    elements: [
      { name: 'c', attributes: new Map(), elements: [], text: '' },
      { name: 'd', attributes: new Map([['e', 'f']]), elements: [], text: 'g' },
    ],
  });
});

test.each([
  ['a document type', '<!DOCTYPE a><a/>', 'document type'],
  ['entities of its own', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'document type'],
  ['an entity from elsewhere', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', 'document type'],
  ['a document type in small letters', '<!doctype a><a/>', 'document type'],
  ['a document type inside', '<a><!DOCTYPE b></a>', 'document type'],
  ['an unknown entity', '<a>&b;</a>', 'entity'],
  ['an entity without an end', '<a>&amp</a>', 'entity'],
  ['half a character', '<a>&#xD800;</a>', 'entity'],
  ['a character beyond all', '<a>&#x110000;</a>', 'entity'],
  ['a control character by number', '<a>&#0;</a>', 'entity'],
  ['a control character', '<a>\u0001</a>', 'characters'],
  ['an unknown entity in an attribute', '<a b="&c;"/>', 'attributes'],
  ['twenty-one attributes', `<a ${Array.from({ length: 21 }, (_, index) => `b${index}=""`).join(' ')}/>`, 'attributes'],
  ['an instruction', '<a><?php x?></a>', 'instruction'],
  ['a declaration later', ' <?xml version="1.0"?><a/>', 'instruction'],
  ['another encoding', '<?xml version="1.0" encoding="UTF-7"?><a/>', 'UTF-8'],
  ['an element not ended', '<a><b></b>', 'too early'],
  ['elements that cross', '<a><b></a></b>', 'not open'],
  ['an end of nothing', '</a>', 'not open'],
  ['another prefix at its end', '<a:b></c:b>', 'not open'],
  ['two roots', '<a/><b/>', 'two roots'],
  ['text around it', '<a/>b', 'outside'],
  ['a section around it', '<![CDATA[b]]><a/>', 'outside'],
  ['nothing', '', 'too early'],
  ['a comment not ended', '<a><!-- b</a>', 'too early'],
  ['an attribute without quotes', '<a b=c/>', 'well-formed'],
  ['an end with attributes', '<a></a b="c">', 'well-formed'],
  ['a bracket alone', '<a><</a>', 'well-formed'],
  ['JSON', '{"a":1}', 'outside'],
])('%s is refused', (_, xml, why) => {
  expect(problemOf(xml)).toContain(why);
});

test('depth, elements and length have an end', () => {
  expect(problemOf('<a>'.repeat(20) + '</a>'.repeat(20))).toBe('none');
  expect(problemOf('<a>'.repeat(21) + '</a>'.repeat(21))).toBe('is more than 20 elements deep');
  expect(problemOf(`<a>${'<b/>'.repeat(50_000)}</a>`)).toBe('has more than 50000 elements');
  expect(problemOf(`<a>${'b'.repeat(1_000_000)}</a>`)).toBe('is longer than 1000000 characters');
});

describe('a bomb', () => {
  const most = 990_000;
  const entities = Array.from({ length: 10 }, (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`);

  test.each([
    ['a billion laughs', `<!DOCTYPE l [<!ENTITY l0 "ha">${entities.join('')}]><l>&l10;</l>`],
    ['quadratic blow-up', `<!DOCTYPE l [<!ENTITY a "${'a'.repeat(most / 2)}">]><l>${'&a;'.repeat(most / 10)}</l>`],
    ['nesting', '<a>'.repeat(most / 3)],
    ['many elements', `<a>${'<b/>'.repeat(most / 4)}</a>`],
    ['many references', `<a>${'&lt;'.repeat(most / 4)}</a>`],
    ['many half references', `<a>${'&#1'.repeat(most / 3)}</a>`],
    ['spaces in a tag', `<a${' '.repeat(most)}b`],
    ['many attributes', `<a ${'b="" '.repeat(most / 5)}`],
    ['attributes that do not end', `<a ${'b="'.repeat(most / 3)}`],
    ['a long name', `<${'a'.repeat(most)} `],
    ['a name of colons', `<${'a:'.repeat(most / 2)}>`],
    ['many comments', `<a>${'<!---->'.repeat(most / 7)}</a>`],
    ['many sections', `<a>${'<![CDATA[]]>'.repeat(most / 12)}</a>`],
    ['a declaration that does not end', `<?xml ${'?'.repeat(most)}`],
  ])('of %s is through at once', (_, xml) => {
    const before = performance.now();

    readXml(xml);

    expect(performance.now() - before).toBeLessThan(1_000);
  });
});

test('whatever the text, the answer is a document or why not', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '<a>',
      '</a>',
      '<b c="d">',
      '</b>',
      '<e/>',
      '&lt;',
      '&',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<!',
      '<?xml version="1.0"?>',
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
  );
  const seed = Number(process.env.MUSTER_SEED ?? 20261122);
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const reading = readXml(pieces.join(''));
      expect('root' in reading || reading.problem.length > 0).toBe(true);
    }),
    { seed, numRuns: 2_000 },
  );
});

test('what is written is read back', () => {
  const escaped = (text: string) => text.replace(/[&<>]/g, (character) => `&#${character.codePointAt(0)};`);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(text.isWellFormed() && !/\p{Cc}|[\ufffe\uffff]/u.test(text));
      expect(rootOf(`<a>${escaped(text)}</a>`).text).toBe(text);
    }),
    { seed: Number(process.env.MUSTER_SEED ?? 20261122) },
  );
});
