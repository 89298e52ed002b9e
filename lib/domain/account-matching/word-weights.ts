// How much a word of a name tells, by how common it is in names of organisations at large: the same for every tenant and on every
// day, so that an answer never depends on which accounts arrived first.
import { partWords } from '../names/word-meaning.ts';
import background from './background-words.json' with { type: 'json' };

const makeTold = (): ReadonlyMap<string, number> => {
  const told = new Map<string, number>();
  for (const [hundredths, words] of Object.entries(background.words)) {
    for (const word of words.split(' ')) told.set(word, Number(hundredths) / 100);
  }
  // A part says least of which organisation it is: every one has a department.
  for (const word of partWords) told.set(word, (told.get(word) ?? 1) * 0.5);
  return told;
};

let made: ReadonlyMap<string, number> | undefined;
/** Made with the first name, as `word-meaning.ts` makes its tables. */
const told = (): ReadonlyMap<string, number> => {
  made ??= makeTold();
  return made;
};

/** 0.2 for the commonest word there is, 1 for one that is not among the 2,000 commonest. */
export const weightOf = (word: string): number => told().get(word) ?? 1;

/** Whether it is a word everybody spells right: what only sounds like it is another word. */
export const isCommon = (word: string): boolean => told().has(word);
