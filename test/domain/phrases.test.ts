import { describe, expect, it, test } from 'vitest';
import { phraseFinder, remembered, wordsOf } from '../../lib/domain/phrases.ts';

test.each([
  ['VP, of Sales!', ' vp of sales '],
  ['  Geschäftsführer (m/w) ', ' geschäftsführer m w '],
  ['Директор-2', ' директор 2 '],
  ['Müller', ' müller '.normalize('NFC')],
  ['Mu\u0308ller', ' m\u00fcller '],
  ['C++/C# developer', ' c++ c# developer '],
  ['Senior .NET-Entwickler', ' senior .net entwickler '],
  ['(.NET)', ' .net '],
  ['ASP.NET', ' asp net '],
  ['R+D, Sales+Marketing', ' r d sales marketing '],
  ['Berater. Verkauf ...und mehr', ' berater verkauf und mehr '],
  ['#1 + 2 ++', ' 1 2 '],
  ['--', '  '],
  ['', '  '],
])('the words of %j are %j', (text, words) => {
  expect(wordsOf(text)).toBe(words);
});

describe('a phrase', () => {
  const has = phraseFinder(['head of it', 'VP']);

  it('is found as whole words, whatever the case and punctuation', () => {
    expect(has('Interim head, of IT')).toBe(true);
    expect(has('vp')).toBe(true);
  });

  it('is not found within other words, nor apart', () => {
    expect(has('SVP')).toBe(false);
    expect(has('Head of Italy')).toBe(false);
    expect(has('head of the it')).toBe(false);
    expect(has('')).toBe(false);
  });
});

test.each([
  ['C#', 'C++ developer', false],
  ['C', 'C++ developer', false],
  ['C++', 'Developer (C, C++)', true],
  ['C#', 'c#/.NET', true],
  ['.NET', 'Net revenue', false],
  ['.NET', 'C#/.NET', true],
  ['Geschäftsführer', 'Gescha\u0308ftsfu\u0308hrer', true],
  ['Gescha\u0308ftsfu\u0308hrer', 'Geschäftsführer', true],
])('whether %j stands in %j is %s', (phrase, text, expected) => expect(phraseFinder([phrase])(text)).toBe(expected));

describe('an answer', () => {
  it('is asked for once a text, also when it is undefined', () => {
    const asked: string[] = [];
    const ask = remembered((text) => {
      asked.push(text);
      return text === 'nothing' ? undefined : text.length;
    });
    expect([ask('four'), ask('four'), ask('nothing'), ask('nothing')]).toEqual([4, 4, undefined, undefined]);
    expect(asked).toEqual(['four', 'nothing']);
  });

  it('is forgotten with all others when 10,000 are known', () => {
    let asked = 0;
    const ask = remembered((text) => {
      asked += 1;
      return text;
    });
    for (let n = 0; n < 10_000; n += 1) ask(`${n}`);
    expect([ask('0'), asked]).toEqual(['0', 10_000]);
    ask('another');
    expect([ask('0'), asked]).toEqual(['0', 10_002]);
    expect([ask('another'), asked]).toEqual(['another', 10_002]);
  });
});
