// Says where a text stops being JSON. The parser's own message does so for some errors only, and repeats the text.

const whitespace = /[ \t\n\r]*/y;
const text = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const scalar = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** The offset, from 0, of the first token that may not stand where it does; the length if there is too little text. */
export const syntaxErrorAt = (json: string): number => {
  let at = 0;
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(json)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const open: string[] = [];
  let expected: 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' = 'value';
  for (;;) {
    skip(whitespace);
    const character = json[at];
    const closing = open.at(-1) === '{' ? '}' : ']';
    if (expected.endsWith('or end') && open.length > 0 && character === closing) {
      open.pop();
      at += 1;
      expected = 'comma or end';
    } else if (expected === 'comma or end') {
      if (open.length === 0 || character !== ',') return at;
      at += 1;
      expected = closing === '}' ? 'key' : 'value';
    } else if (expected === 'colon') {
      if (character !== ':') return at;
      at += 1;
      expected = 'value';
    } else if (expected.startsWith('key')) {
      if (!skip(text)) return at;
      expected = 'colon';
    } else if (character === '{' || character === '[') {
      open.push(character);
      at += 1;
      expected = character === '{' ? 'key or end' : 'value or end';
    } else if (skip(text) || skip(scalar)) expected = 'comma or end';
    else return at;
  }
};
