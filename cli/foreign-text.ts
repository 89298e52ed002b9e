// What strangers typed, for a terminal: it does what control characters say, and shows what others turn round or hide.

/** Controls, and characters that are not seen: marks of direction, of no width, and the like. */
const unseen = /[\p{Cc}\p{Cf}]/gu;

/** One line, without them: controls part words, the others nothing. */
export const shownLine = (text: string): string =>
  text.replace(unseen, (character) => (/\p{Cc}/u.test(character) ? ' ' : ''));

const escaped = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');

/** As JSON that reads back the same: JSON itself escapes only what is below the space. */
export const shownJson = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(/[\u007f-\u009f\p{Cf}]/gu, escaped);
