// How many somebody meant who typed a number into a form, as people of different countries group and shorten it.

/** As many as no company has employees: so much is a phone number, or a joke, in whatever form it is written. */
const tooMany = 1_000_000_000;
const digits = String.raw`\d{1,9}`;
/** `1,200`, `1.200`, `1 200`, `1'200`: one sign throughout, so that `1.200,50` is none. */
const grouped = String.raw`[1-9]\d{0,2}(?<sign>[.,_\s'’])\d{3}(?:\k<sign>\d{3})*`;
/** With a unit a sign parts decimals: `1.2M`. Without one only `12.0` does, as exported tables write 12. */
const oneNumber = new RegExp(
  `^(?:(${grouped})|(${digits})(?:[.,]0{1,2})?|(${digits}(?:[.,]\\d{1,2})?)\\s*(\\p{L}+)\\.?)$`,
  'u',
);

const units: Record<string, number> = {
  k: 1_000,
  tsd: 1_000,
  thousand: 1_000,
  tausend: 1_000,
  m: 1_000_000,
  mio: 1_000_000,
  million: 1_000_000,
  millionen: 1_000_000,
};

const before =
  /^(?:[>≥~≈]=?|(?:over|above|more than|at least|about|around|approx\.?|approximately|ca\.?|circa|über|mehr als|mindestens|rund|etwa)(?=[\s\d]))\s*/;
const after =
  /\s*(?:employees|people|staff|persons|ftes?|headcount|ma|mitarbeiter(?:[:*]?innen)?|mitarbeitende|beschäftigte)$/;

const numberIn = (text: string): number | undefined => {
  const [, inGroups, , plain, shortened, unit] = oneNumber.exec(text) ?? [];
  if (inGroups !== undefined) return Number(inGroups.replace(/\D/g, ''));
  if (plain !== undefined) return Number(plain);
  const size = Object.hasOwn(units, unit ?? '') ? units[unit!] : undefined;
  return size === undefined ? undefined : Math.round(Number(shortened!.replace(',', '.')) * size);
};

const exactly = (text: string): number | undefined => {
  const number = numberIn(text);
  return number !== undefined && number < tooMany ? number : undefined;
};

/** Of a range (`51-200`) its lower end, of `> 1000`, `500+` and `ca. 800` the number; undefined of what is not clear: `1.2`,
 * `under 50`, `1-2k`, `many`. */
export const typedNumber = (typed: string): number | undefined => {
  const text = typed
    .trim()
    .toLowerCase()
    .replace(after, '')
    .replace(before, '')
    .replace(/\s*\+$/, '');
  const ends = text.split(/\s*[-–—]\s*|\s+(?:to|bis)\s+/);
  const [low, high] = ends.map(exactly);
  if (ends.length === 1) return low;
  if (ends.length > 2 || low === undefined || high === undefined || low > high) return undefined;
  // `1-2k` may begin at 1 or at 1,000.
  return /\p{L}/u.test(ends[1]!) && !/\p{L}/u.test(ends[0]!) ? undefined : low;
};
