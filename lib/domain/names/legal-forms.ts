// The legal forms of the main countries: words that say how a company is registered and never which one it is.
import { foldText } from './fold-text.ts';

/** As they stand after the name, dots and spaces apart; several words with a space. Common forms of ISO 20275 (ELF), by country. */
const forms: Record<string, string> = {
  'US CA':
    'inc|incorporated|corp|corporation|co|company|companies|llc|l l c|lp|llp|lllp|pllc|pc|ltd|limited|ulc|ltee|cdn',
  'GB IE IN SG AU NZ ZA':
    'plc|public limited company|cic|dac|clg|pvt|private limited|pty|pty ltd|proprietary|pte|soc|npc|nl',
  'DE AT CH':
    'gmbh|ggmbh|mbh|ag|kg|ohg|kgaa|ug|e v|ev|eg|gbr|gmbh co kg|gesmbh|aktiengesellschaft|se|ewiv|stiftung co|mbb',
  'FR BE LU':
    'sa|sarl|s a r l|sas|sasu|snc|sca|eurl|selarl|selas|gie|scop|scrl|sprl|srl|asbl|vzw|bvba|cvba|societe anonyme',
  'ES PT LatAm':
    'sl|slu|slp|sau|sociedad anonima|sociedad limitada|lda|ltda|limitada|eireli|epp|sgps|cia|sa de cv|s de rl|s de rl de cv|sab|sab de cv|sapi de cv|cv|sac|spa|eirl|sas',
  IT: 'spa|s p a|srls|sapa|scarl|scrl|scpa|societa per azioni|snc|sas',
  'NL Nordics': 'bv|b v|nv|n v|cv|vof|ab|aktiebolag|publ|as|asa|aps|oy|oyj|oy ab|osakeyhtio|hf|ehf|ans|ivs|ks',
  'Central Europe':
    'kft|zrt|nyrt|bt|kkt|sro|s r o|spol s r o|spol sro|as|doo|d o o|dd|ad|ead|ood|eood|sp z o o|sp zoo|spzoo|spolka z ograniczona odpowiedzialnoscia|spolka akcyjna|sp k|sp j|srl|uab|sia|ou|ab|tov|pat|prat',
  'RU UA KZ': 'ooo|oao|zao|pao|too|pjsc|ojsc|cjsc|jsc|fgup|fgbu|gup|npo',
  'TR GR IL': 'as|ltd sti|san tic|tic|sti|anonim sirketi|ae|epe|ike|bm|ba am',
  Asia: 'kk|k k|kabushiki kaisha|kabushiki gaisha|gk|yk|godo kaisha|co ltd|jsc|sdn|bhd|sdn bhd|berhad|tbk|pt|cv|persero|pcl|joint stock company|joint stock',
  Gulf: 'fze|fzco|fzc|fz llc|wll|saog|pjsc|saoc|qsc|ksc',
};

/** Before or after the name, in scripts that do not part words. Longer ones first. */
const unspaced =
  /股份有限公司|有限责任公司|有限責任公司|有限公司|株式会社|有限会社|合同会社|一般社団法人|公益財団法人|国立大学法人|\(株\)|\(有\)|주식회사|유한회사|\(주\)|集团|集團/g;

const tree = new Map<string, Set<string>>();
for (const form of Object.values(forms).flatMap((list) => list.split('|'))) {
  const [first = '', ...rest] = form.split(' ');
  tree.set(first, (tree.get(first) ?? new Set()).add(rest.join(' ')));
}

/** `ООО «Ромашка»` and `株式会社日立` lose their forms before the words are parted. Takes folded text. */
export const withoutUnspacedForms = (folded: string): string => folded.replace(unspaced, ' ');

/** How many words of a legal form stand at a place; 0 for none. Words are folded. */
export const legalFormAt = (words: readonly string[], at: number): number => {
  const rests = tree.get(words[at] ?? '');
  if (rests === undefined) return 0;
  for (let length = Math.min(5, words.length - at); length > 1; length -= 1) {
    if (rests.has(words.slice(at + 1, at + length).join(' '))) return length;
  }
  return rests.has('') ? 1 : 0;
};

/** Forms that stand before the name in their countries. */
const leading = new Set(
  ['ooo', 'oao', 'zao', 'pao', 'too', 'pt', 'tov', 'uab', 'sia', 'kk', 'cv', 'jsc', 'ojsc', 'pjsc', 'fgup'].map(
    foldText,
  ),
);
export const standsBefore = (word: string): boolean => leading.has(word);

const inFull: Record<string, string> = {
  ...{
    incorporated: 'inc',
    corporation: 'corp',
    company: 'co',
    companies: 'co',
    limited: 'ltd',
    'public limited company': 'plc',
  },
  ...{
    aktiengesellschaft: 'ag',
    'societe anonyme': 'sa',
    's a': 'sa',
    's p a': 'spa',
    'b v': 'bv',
    'n v': 'nv',
    limitada: 'ltda',
  },
};

/** A form in its short spelling. */
export const formNamed = (form: string): string => inFull[form] ?? form;
