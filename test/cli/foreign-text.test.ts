// What strangers typed does nothing to a terminal, and what reads JSON gets it as it was.
import { expect, it } from 'vitest';
import { shownJson, shownLine } from '../../cli/foreign-text.ts';

const typed = 'a\u001b[2J\u007f\u0085b\u202egpj.\u2066\u200b\ufeff\u{e0041}é漢';

it('stands in a line without what is not seen', () => {
  expect(shownLine(typed)).toBe('a [2J  bgpj.é漢');
});

it('stands in JSON escaped, and reads back the same', () => {
  const json = shownJson({ [typed]: typed });
  expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(json).toContain('\\u202egpj.\\u2066');
  expect(json).toContain('é漢');
  expect(JSON.parse(json)).toEqual({ [typed]: typed });
});
