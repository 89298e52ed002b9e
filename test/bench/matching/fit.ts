// Fits the weights of the evidence, the meaning of scores and the thresholds to the labelled names of the `dev` halves, and
// writes them to lib/domain/account-matching/fitted.json: `node test/bench/matching/fit.ts`. Deterministic. The weights maximise the
// chance of the right answers (multinomial logit over a lead's candidates and none); scores and thresholds are read off leads
// whose fold of five the weights had not seen.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocksOf } from '../../../lib/domain/account-matching/blocks.ts';
import { compare } from '../../../lib/domain/account-matching/compare.ts';
import { evidenceNames, measures } from '../../../lib/domain/account-matching/evidence.ts';
import { viewOf } from '../../../lib/domain/account-matching/lead-view.ts';
import { shortlist } from '../../../lib/domain/account-matching/shortlist.ts';
import { standingsOf } from '../../../lib/domain/account-matching/standing.ts';
import { filers, type LabelledLead, type LabelledSet, organisations } from './labelled.ts';
import { type Answered, type Example, fitCalibration, fitWeights, sharesUnder, thresholdsFor } from './regression.ts';
import { smallCrms } from './small-crms.ts';

const hashOf = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE();
const foldOf = (id: string): number => hashOf(`fold:${id}`) % 5;

/** No labelled name belongs to an account of another country, because whoever labelled them looked there. People do work abroad for
 * companies that a CRM has once: one in so many is told to be of another country than the labels say. */
const abroadOneIn = 20;
const toldCountry = ({ id, country }: LabelledLead, others: readonly string[]): string => {
  const chance = hashOf(`abroad:${id}`);
  if (country === '' || chance % abroadOneIn !== 0) return country;
  const elsewhere = others.filter((other) => other !== country);
  return elsewhere[chance % elsewhere.length] ?? country;
};

const examplesOf = ({ accounts, leads }: LabelledSet): Example[] => {
  const blocks = blocksOf(accounts);
  const countries = leads.map(({ country }) => country).filter((country) => country !== '');
  return leads
    .filter(({ half }) => half === 'dev')
    .map((lead) => {
      const { id, company, expected } = lead;
      const view = viewOf(company, toldCountry(lead, countries));
      const cards = view.words.length === 0 ? [] : shortlist(view, blocks);
      const standings = standingsOf(
        cards.map((card) => compare(card, view)),
        view,
        blocks,
      );
      const right = cards.findIndex((card) => card.id === expected);
      return {
        fold: foldOf(id),
        rows: standings.map((standing) => measures.map((measure) => measure(standing))),
        right,
      };
    });
};

/** A lead in no CRM has nothing to fit. */
const strangersOf = (set: LabelledSet): Example[] =>
  [50, 200].flatMap((size) =>
    smallCrms(set, 'dev', { crms: 200 / size, size })
      .flatMap(examplesOf)
      .filter(({ rows }) => rows.length > 0),
  );

const dense = [organisations(), filers()].flatMap(examplesOf);
const small = { organisations: strangersOf(organisations()), filers: strangersOf(filers()) };
const examples = [...dense, ...small.organisations, ...small.filers];
console.error(`${dense.length} labelled names, ${examples.length - dense.length} times in small CRMs`);
const folds = [0, 1, 2, 3, 4].map((fold) => {
  console.error(`fold ${fold + 1} of 5`);
  return fitWeights(
    examples.filter((one) => one.fold !== fold),
    evidenceNames.length,
  );
});
/** The likeliest account of each under weights that have not seen it. What other-evidence.ts would hold back counts too: the margin that
 * this leaves is needed, as precision among strangers was 0.02 to 0.03 less on the half nothing was fitted to. */
const answersTo = (those: readonly Example[]): Answered[] =>
  those.flatMap(({ fold, rows, right }) => {
    const shares = sharesUnder(rows, folds[fold]!);
    const most = Math.max(0, ...shares);
    return most === 0 ? [] : [{ share: most, right: shares.indexOf(most) === right }];
  });
// Without the filers, whose everyday names are easy: among strangers they would only raise the precision.
const unseen = { dense: answersTo(dense), small: answersTo(small.organisations) };
type Thresholds = ReturnType<typeof thresholdsFor>;
const calibration = fitCalibration([...unseen.dense, ...unseen.small]);
const weights = fitWeights(examples, evidenceNames.length);
const stricter = (some: Thresholds, others: Thresholds): Thresholds =>
  some.flatMap(({ precision, score }) => {
    const other = others.find((one) => one.precision === precision);
    return other === undefined ? [] : [{ precision, score: Math.max(score, other.score) }];
  });
const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
const fitted = {
  from: `${dense.length} labelled names on the full lists and ${examples.length - dense.length} times in small CRMs, by test/bench/matching/fit.ts`,
  weights: Object.fromEntries(evidenceNames.map((name, at) => [name, rounded(weights[at]!, 4)])),
  calibration: { slope: rounded(calibration.slope, 4), shift: rounded(calibration.shift, 4) },
  // Precision is promised for a list of everybody and for one of few: the stricter counts.
  thresholds: stricter(thresholdsFor(unseen.dense, calibration), thresholdsFor(unseen.small, calibration)),
};
const file = join(import.meta.dirname, '../../../lib/domain/account-matching/fitted.json');
writeFileSync(file, `${JSON.stringify(fitted, undefined, 2)}\n`);
