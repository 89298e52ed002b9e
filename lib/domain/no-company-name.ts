// What people write where a form asks for their company and they have none, or will not say: what is decided of such a name would hold
// for everybody who writes the same.
import { isCommon, weightOf } from './account-matching/word-weights.ts';
import { foldText } from './names/fold-text.ts';
import { legalFormAt } from './names/legal-forms.ts';
import { parseName } from './names/parse-name.ts';

/** Without spaces, accents and punctuation. */
const placeholders: ReadonlySet<string> = new Set(
  [
    'na nan nil null no non nein none nothing nichts keine keines keiner kein aucun aucune rien ninguno ninguna nada nenhum nenhuma',
    'nessuno nessuna geen ingen inget brak unknown unbekannt inconnu desconocido desconhecido sconosciuto onbekend undefined',
    'tbd tba tbc notapplicable notavailable notprovided notspecified notemployed nocompany noorganization noorganisation noname',
    'withoutcompany ohnefirma ohne sansentreprise sinempresa semempresa company mycompany companyname yourcompany thecompany',
    'organization organisation business mybusiness smallbusiness familybusiness ownbusiness ownerbusiness firma meinefirma empresa',
    'entreprise azienda bedrijf work job office homeoffice',
    'self myself me i own selfemployed selfemployment freelance freelancer freelancing freiberufler freiberuflerin freiberuflich',
    'selbstandig selbstaendig selbststandig selbststaendig einzelunternehmer einzelunternehmen independent independant independiente',
    'indipendente autonomo autonoma autoentrepreneur liberoprofessionista profesionalindependiente zzp zzper zelfstandig',
    'eenmanszaak contractor consultant soleproprietor soleproprietorship soletrader',
    'student studentin students studierende studierender etudiant etudiante estudiante estudante studente studentessa opiskelija',
    'schuler schulerin schueler pupil scholar intern trainee azubi unemployed jobseeker arbeitslos arbeitssuchend retired retiree',
    'rentner rentnerin pensionist pensioner ruhestand retraite retraitee jubilado jubilada pensionato housewife',
    'privat private privatperson privatkunde particulier particuliere particular privado privato prive prywatny person personal',
    'personne individual individuo home family',
    'test tests tester testing testfirma testcompany asdf asdfg asdfgh asdfasdf qwerty qwertz abc abcd xyz x xx xxx xxxx xxxxx y z',
    'foo bar foobar demo dummy example sample beispiel muster mustermann mustermanngmbh musterfirma loremipsum 0 1 00 000 123 1234',
    '12345 123456 anonymous anonym anonyme other others various diverse sonstige autre otro hello hi hallo',
  ].flatMap((line) => line.split(' ')),
);

const isPlaceholder = (words: readonly string[]): boolean =>
  placeholders.has(words.join('')) || words.every((word) => placeholders.has(word));

/** Each of `Global Solutions`, of 0.77 together, is in thousands of names; `Bank of America` has 0.84, and `Apple` alone 0.78. */
const [commonWord, commonName] = [0.6, 0.82];

const isCommonName = (words: readonly string[]): boolean =>
  words.every((word) => isCommon(word) && weightOf(word) <= commonWord) &&
  words.reduce((sum, word) => sum + weightOf(word), 0) <= commonName;

/** Why a text tells no company from others; undefined where it may. */
export const whyNoCompanyName = (text: string): string | undefined => {
  const { segments, spelt } = parseName(text);
  const words = [...new Set(segments.flat())];
  if (words.length === 0) return 'it has no word of a name';
  const together = foldText(text).replace(/[^\p{L}\p{N}]/gu, '');
  if (placeholders.has(together) || spelt.every(isPlaceholder)) return 'people without a company write the same';
  if (spelt.every((part) => legalFormAt(part, 0) === part.length)) return 'it is a legal form and no name';
  return isCommonName(words) ? 'it has only words that many companies have' : undefined;
};
