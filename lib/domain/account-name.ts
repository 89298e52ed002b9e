// A company name as people type it: what was decided of it, and who asks by it, is kept under one id.
import { fingerprintOf } from './ids.ts';
import { foldText } from './names/fold-text.ts';
import { parseName } from './names/parse-name.ts';
import { remembered } from './phrases.ts';

/** Case, accents and punctuation make no other name; a legal form does: `Acme Inc` need not be `Acme GmbH`. */
export const nameIdOf = remembered((text: string): string => {
  const parsed = parseName(text);
  return fingerprintOf(parsed.segments.length === 0 ? foldText(text) : JSON.stringify(parsed));
});
