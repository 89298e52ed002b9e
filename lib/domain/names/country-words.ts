// Countries as words of a name: `Germany`, `Deutschland`, `deutsche` and `allemand` all say DE.
import { foldText } from './fold-text.ts';

const languages =
  'en de fr es pt it nl sv da nb fi pl cs sk sl hr sr-Latn hu ro tr id ms ca eu et lv lt ru uk bg el vi ja zh ko sq is'.split(
    ' ',
  );

/** Names that mean another place more often in a company's name: a US state, a Spanish word, an island of few firms. */
const leftOut = new Set(
  'island|georgia|jersey|man|saint|la|ind|us|chad|guinea|nova|new|sur|martin|reunion|guadalupe|guadeloupe|ja'.split(
    '|',
  ),
);

const regions =
  'AD AE AF AL AM AO AR AT AU AZ BA BD BE BF BG BH BI BJ BN BO BR BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DO DZ EC EE EG ER ES ET FI FJ FR GA GB GE GH GM GN GR GT GW GY HK HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KP KR KW KZ LA LB LI LK LR LS LT LU LV LY MA MC MD ME MG MK ML MM MN MO MR MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NZ OM PA PE PG PH PK PL PR PS PT PY QA RO RS RU RW SA SD SE SG SI SK SL SM SN SO SR SS SV SY SZ TD TG TH TJ TL TM TN TO TR TT TW TZ UA UG US UY UZ VA VE VN YE ZA ZM ZW'.split(
    ' ',
  );

/** What people say besides the name, and the adjectives, of which `word*` is every word that begins so. */
const besides: Record<string, string> = {
  US: 'usa|u s a|united states of america|estados unidos de america|american us',
  GB: 'uk|england|great britain|britain|british|britanni*|inglaterra|inghilterra|angleterre',
  AE: 'uae|emirates|dubai|abu dhabi',
  CN: 'prc|p r china|pr china|peoples republic china|chin|chines*|chinois*|chinesis*|cinese|cines*|zhongguo',
  KR: 'south korea|republic korea|korean|korea|coree|corea|hanguk',
  DE: 'german|germany|deutsch*|deutscher|aleman*|allemand*|tedesc*|nemet*|niemieck*|saksa*|saksan',
  FR: 'france|french|franc|francais*|frances|francesa|franzosis*|ranska*',
  ES: 'spain|spanish|espanol*|espagnol*|spanisch*|spagnol*',
  IT: 'italian*|italien*',
  PT: 'portug*',
  NL: 'dutch|nederlan*|niederland*|hollan*|neerland*',
  BE: 'belgi*|belge*',
  CH: 'swiss|suiss*|schweiz*|svizzer*|suiz*|helvet*',
  AT: 'austria*|osterreich*|autrich*',
  SE: 'swedish|svensk*|schwed*|sverige*|suedois*|sueco|ruotsi*',
  NO: 'norweg*|norsk*|norges|norge|noruega',
  DK: 'danish|dansk*|danmark*|danisch*',
  FI: 'finnisch*|finno*|finska*|finlands*|finnish|suom*|finlan*|fennic*',
  IS: 'iceland*|islandsk*|islandais*',
  PL: 'polish|polsk*|polonais*|polonia|polaco*',
  CZ: 'czech*|cesk*|tschech*|czeski*',
  SK: 'slovak*|slowak*',
  SI: 'sloven*|slowen*',
  HR: 'croat*|hrvat*|kroat*',
  RS: 'serb*|srb*|srp*',
  BA: 'bosn*',
  HU: 'hungar*|magyar*|ungar*|hongr*|hungar*',
  RO: 'romani*|rumani*|rumanisch*',
  BG: 'bulgar*|balgar*',
  GR: 'greek|greece|hellen*|griech*|ellin*|elliniki|grec*',
  TR: 'turkish|turkisch*|turk|turks|turc|turca|turco|turque|turkiye*|turki*',
  RU: 'russia*|rossii*|rossiysk*|russie|russe|russes|russisch*|russo|russa|rf',
  UA: 'ukrain*|ukrayin*',
  BY: 'belarus*|belorus*',
  LT: 'lithuan*|lietuv*',
  LV: 'latvi*|latvij*',
  EE: 'estoni*|eesti*',
  JP: 'japan*|nippon|nihon|japon*|giappon*',
  IN: 'indian|india|bharat*|bharti*',
  ID: 'indonesi*',
  MY: 'malaysi*',
  TH: 'thai*',
  VN: 'vietnam*|viet nam',
  PH: 'philippin*|filipin*|pilipinas',
  TW: 'taiwan*',
  PK: 'pakist*',
  BD: 'bangladesh*',
  LK: 'sri lanka*',
  NP: 'nepal*',
  IR: 'iran*',
  IQ: 'iraq*|irak*',
  IL: 'israel*',
  EG: 'egypt*|egip*',
  SA: 'saudi*',
  MA: 'maroc*|morocc*',
  DZ: 'alger*',
  TN: 'tunis*',
  NG: 'nigeria*',
  KE: 'kenya*',
  ZA: 'south africa*|sudafr*|suid afrika*',
  GH: 'ghan*',
  ET: 'ethiop*',
  BR: 'brazil*|brasil*|bresil*',
  AR: 'argentin*',
  MX: 'mexic*|mejic*',
  CL: 'chilen*|chile',
  CO: 'colombi*',
  PE: 'peruan*|peruvi*|peru',
  VE: 'venezuel*',
  EC: 'ecuador*',
  UY: 'urugua*',
  CU: 'cuba*',
  CA: 'canadi*|canada',
  AU: 'austral*',
  NZ: 'new zealand*|aotearoa',
  IE: 'irish|ireland|eireann',
  AM: 'armen*',
  GE: 'georgian|gruz*|sakartvelo*',
  AZ: 'azerba*',
  KZ: 'kazak*',
  UZ: 'uzbek*|ozbek*',
  MN: 'mongol*',
  AL: 'alban*',
  MK: 'macedon*|makedon*',
  MD: 'moldov*',
  CM: 'camero*',
  SN: 'senegal*',
  LB: 'liban*|leban*',
  CY: 'cypriot*|kypriak*',
  MT: 'maltes*|malta',
  LU: 'luxemb*',
  SD: 'sudan*',
  CI: 'ivoir*|cote divoire',
  SY: 'syri*',
  JO: 'jordan*',
  TZ: 'tanzan*',
  UG: 'uganda*',
  ZW: 'zimbabw*',
  PS: 'palestin*',
  MM: 'myanmar*|burm*',
  KH: 'cambod*|kampuch*',
};

interface Table {
  exact: Map<string, string>;
  prefix: Map<string, string>;
  /** First words of names of several. */
  firsts: Set<string>;
}

const build = (): Table => {
  const exact = new Map<string, string>();
  const prefix = new Map<string, string>();
  for (const language of languages) {
    const names = new Intl.DisplayNames([language], { type: 'region' });
    for (const region of regions) {
      const name = foldText(names.of(region) ?? region)
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim();
      if (name.length > 3 && !leftOut.has(name)) exact.set(name, region);
    }
  }
  for (const [region, list] of Object.entries(besides)) {
    for (const word of list.split('|')) {
      if (word.endsWith('*')) prefix.set(word.slice(0, -1), region);
      else exact.set(word, region);
    }
  }
  const firsts = new Set(
    [...exact.keys()].filter((name) => name.includes(' ')).map((name) => name.slice(0, name.indexOf(' '))),
  );
  return { exact, prefix, firsts };
};

let built: Table | undefined;
const table = (): Table => {
  built ??= build();
  return built;
};

/** The ISO 3166 code in capitals if the folded words are a country's name in full; adjectives are none. */
export const countryNamed = (words: string): string | undefined => table().exact.get(words);

/** Whether a country's name of several words may begin with a folded word. */
export const beginsCountry = (word: string): boolean => table().firsts.has(word);

/** Which country a folded word or pair of words says, adjectives included. */
export const countryOfWord = (word: string): string | undefined => {
  const { exact, prefix } = table();
  const found = exact.get(word);
  if (found !== undefined) return found;
  for (let length = Math.min(word.length, 12); length >= 3; length -= 1) {
    const region = prefix.get(word.slice(0, length));
    // What follows the stem is an ending, not the rest of another word: `malt` is in `maltings`.
    if (region !== undefined && word.length - length <= 6) return region;
  }
  return undefined;
};
