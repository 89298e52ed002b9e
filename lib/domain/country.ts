// Countries however they are written: `Germany`, `Deutschland`, `DEU` and `de` are all DE.
import { foldText } from './names/fold-text.ts';
import { remembered } from './phrases.ts';

/** ISO 3166-1, each country's two letters and then its three; and Kosovo, by the codes everybody uses. */
const codes = `
ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB
BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR
BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR
CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK
FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS
GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN
ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO
LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD
MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER
NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM
PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP
SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF
TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY
UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM XKXKK YEYEM YTMYT ZAZAF ZMZMB ZWZWE
`
  .trim()
  .split(/\s+/)
  .map((pair) => ({ two: pair.slice(0, 2), three: pair.slice(2) }));

/** Whose names of countries are known: those of the countries Muster's users sell in, 45 ms to read when first asked. */
const languages = 'en de fr es pt it nl sv da nb fi pl cs sk hu ro tr el bg uk ru ja zh ko'.split(' ');

/** What people write besides, folded. Parts of a country stand for it. */
const besides: Readonly<Record<string, string>> = {
  GB: 'uk|u k|great britain|britain|england|scotland|wales|northern ireland|united kingdom of great britain and northern ireland',
  US: 'u s|u s a|america|united states of america|the united states|estados unidos de america|etats unis d amerique',
  NL: 'holland|the netherlands|pays bas',
  DE: 'federal republic of germany|bundesrepublik deutschland|brd',
  AE: 'uae|u a e|emirates',
  KR: 'korea|republic of korea|south korea',
  CZ: 'czech republic|ceska republika|tschechische republik',
  RU: 'russian federation',
  CN: 'prc|p r china|peoples republic of china',
  GR: 'hellas',
  TR: 'turkey|turkiye',
  MK: 'macedonia',
  CI: 'ivory coast',
  VN: 'viet nam',
  IE: 'republic of ireland|eire',
  CH: 'switzerland',
};

/** Letters and digits of any script, one space between words, without accents. */
const folded = (text: string): string =>
  foldText(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const namesOfCountries = (): Map<string, string> => {
  const names = new Map<string, string>();
  // Of two countries one name means, that of the language named first.
  const add = (name: string, code: string): void => {
    if (!names.has(name)) names.set(name, code);
  };
  for (const { two, three } of codes) {
    add(two.toLowerCase(), two);
    add(three.toLowerCase(), two);
  }
  for (const [code, list] of Object.entries(besides)) for (const name of list.split('|')) add(name, code);
  // The European Union's own code of Greece.
  add('el', 'GR');
  for (const language of languages) {
    const named = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (const { two } of codes) add(folded(named.of(two) ?? two), two);
  }
  return names;
};

let names: Map<string, string> | undefined;

/** The ISO 3166-1 code of two capital letters; undefined where the text is no country's code or name in full. */
export const countryCode = remembered((text: string): string | undefined => {
  names ??= namesOfCountries();
  return names.get(folded(text));
});

/** Its name in English: `DE` → `Germany`. */
export const countryName = (code: string): string =>
  new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' }).of(code)!;
