// Ids of Salesforce come in 15 characters, where case counts, or in 18: the same and three that say which letters are capitals.

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** Each of the three stands for five characters, a bit for each that is a capital, the first the lowest. */
const suffixOf = (id: string): string =>
  [0, 5, 10]
    .map((start) => {
      const bits = [...id.slice(start, start + 5)].map((character) => (/[A-Z]/.test(character) ? '1' : '0'));
      return digits[Number.parseInt(bits.reverse().join(''), 2)];
    })
    .join('');

/** The first 15 characters say all. */
export const sameId = (a: string, b: string): boolean => a.slice(0, 15) === b.slice(0, 15);

/** The 18 characters of an id in either form; undefined if it is none, or the id of nothing, which is all zeros. */
export const recordId = (given: unknown): string | undefined => {
  if (typeof given !== 'string') return undefined;
  const id = given.trim();
  if (!/^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/.test(id) || /^0{15}/.test(id)) return undefined;
  return id.length === 18 ? id : id + suffixOf(id);
};
