// One spelling of a text in any script: what two people who mean the same name would both end at.

/** Letters that Unicode does not take apart, and the other scripts of the main markets in Latin letters (ISO 9 without its
 * marks for Cyrillic, ISO 843 for Greek, both as passports and companies' own sites spell them). */
const letters: Record<string, string> = {
  ...{ ß: 'ss', ø: 'o', œ: 'oe', æ: 'ae', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ħ: 'h', ŋ: 'n', ə: 'a', ĸ: 'k' },
  ...{
    а: 'a',
    б: 'b',
    в: 'v',
    г: 'g',
    д: 'd',
    е: 'e',
    ж: 'zh',
    з: 'z',
    и: 'i',
    к: 'k',
    л: 'l',
    м: 'm',
    н: 'n',
    о: 'o',
  },
  ...{ п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y' },
  ...{ ь: '', э: 'e', ю: 'yu', я: 'ya', і: 'i', є: 'ie', ґ: 'g', ђ: 'dj', ј: 'j', љ: 'lj', њ: 'nj', ћ: 'c', џ: 'dz' },
  ...{
    α: 'a',
    β: 'v',
    γ: 'g',
    δ: 'd',
    ε: 'e',
    ζ: 'z',
    η: 'i',
    θ: 'th',
    ι: 'i',
    κ: 'k',
    λ: 'l',
    μ: 'm',
    ν: 'n',
    ξ: 'x',
  },
  ...{ ο: 'o', π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o' },
};

/** Accents of European scripts only: those of Japanese and Indian ones tell letters apart. */
const accents = /[\u0300-\u036f]/g;
const outsideAscii = /[^ -~]/;
const foreign = /[\u00df-\u04ff]/g;

/** `Universität Łódź` → `universitat lodz`, `Газпром` → `gazprom`, `㈱` → `(株)`. Idempotent. */
export const foldText = (text: string): string => {
  const lower = text.toLowerCase();
  if (!outsideAscii.test(lower)) return lower;
  return lower
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(accents, '')
    .normalize('NFC')
    .replace(foreign, (letter) => letters[letter] ?? letter)
    .replace(/[’‘`´ʼʻ]/g, "'")
    .replace(/[‐-―−]/g, '-');
};
