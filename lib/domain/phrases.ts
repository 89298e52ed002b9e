// Words and phrases in what people typed: whole words, whatever the case and punctuation.

/** Letters and digits of any script, with the `+` and `#` at their end (`C++`, `C#`) and a point before them (`.NET`) that none
 * precedes. */
const word = /(?:(?<![\p{L}\p{N}.])\.(?=\p{L}))?[\p{L}\p{N}]+(?:[+#]+(?![+#\p{L}\p{N}]))?/gu;

/** ` vp of sales ` of `VP, of Sales!`: one space around each word. Accents may be typed as signs of their own. */
export const wordsOf = (text: string): string =>
  ` ${(text.normalize('NFC').toLowerCase().match(word) ?? []).join(' ')} `;

/** Whether any of the phrases stands in a text as whole words. */
export const phraseFinder = (phrases: readonly string[]): ((text: string) => boolean) => {
  const wanted = phrases.map(wordsOf);
  return (text) => {
    const words = wordsOf(text);
    return wanted.some((phrase) => words.includes(phrase));
  };
};

/** Remembers the answers of a costly pure question about texts: the same titles, countries and industries come again with
 * most leads, and reading one costs fifty times the look. Forgets all when full, so a flood of new texts costs memory for
 * `most` of them. */
export const remembered = <Answer>(ask: (text: string) => Answer, most = 10_000): ((text: string) => Answer) => {
  const known = new Map<string, Answer>();
  return (text) => {
    let answer = known.get(text);
    if (answer === undefined && !known.has(text)) {
      if (known.size >= most) known.clear();
      answer = ask(text);
      known.set(text, answer);
    }
    return answer as Answer;
  };
};
