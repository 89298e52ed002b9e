// Fits the weights of the evidence, the meaning of scores and the thresholds to the labelled names of the `dev` halves, and
// writes them to lib/domain/account-matching/fitted.json: `node test/bench/matching/fit.ts`. Deterministic. The weights maximise the
// chance of the right answers (multinomial logit over a lead's candidates and none); scores and thresholds are read off leads
// whose fold of five the weights had not seen.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocksOf } from '../../../lib/domain/account-matching/blocks.ts';
import { compare } from '../../../lib/domain/account-matching/compare.ts';
import { evidenceNames, measured } from '../../../lib/domain/account-matching/evidence.ts';
import { viewOf } from '../../../lib/domain/account-matching/lead-view.ts';
import { shortlist } from '../../../lib/domain/account-matching/shortlist.ts';
import { standingsOf } from '../../../lib/domain/account-matching/standing.ts';
import { filers, type LabelledSet, organisations } from './labelled.ts';
import { type Example, fitCalibration, fitWeights, sharesUnder, thresholdsFor } from './regression.ts';

const foldOf = (id: string): number => createHash('sha256').update(`fold:${id}`).digest()[0]! % 5;

const examplesOf = ({ accounts, leads }: LabelledSet): Example[] => {
  const blocks = blocksOf(accounts);
  return leads
    .filter(({ half }) => half === 'dev')
    .map(({ id, company, country, expected }) => {
      const view = viewOf(company, country);
      const cards = view.words.length === 0 ? [] : shortlist(view, blocks);
      const standings = standingsOf(
        cards.map((card) => compare(card, view)),
        view,
        blocks,
      );
      const right = cards.findIndex((card) => card.id === expected);
      return { fold: foldOf(id), rows: standings.map(measured), right };
    });
};

const examples = [organisations(), filers()].flatMap(examplesOf);
console.error(`${examples.length} labelled names`);
const unseen = [0, 1, 2, 3, 4].flatMap((fold) => {
  const weights = fitWeights(
    examples.filter((one) => one.fold !== fold),
    evidenceNames.length,
  );
  console.error(`fold ${fold + 1} of 5`);
  return examples
    .filter((one) => one.fold === fold)
    .flatMap(({ rows, right }) => {
      const shares = sharesUnder(rows, weights);
      const most = Math.max(0, ...shares);
      return most === 0 ? [] : [{ share: most, right: shares.indexOf(most) === right }];
    });
});
const calibration = fitCalibration(unseen);
const weights = fitWeights(examples, evidenceNames.length);
const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
const fitted = {
  from: `${examples.length} labelled names, by test/bench/matching/fit.ts`,
  weights: Object.fromEntries(evidenceNames.map((name, at) => [name, rounded(weights[at]!, 4)])),
  calibration: { slope: rounded(calibration.slope, 4), shift: rounded(calibration.shift, 4) },
  thresholds: thresholdsFor(unseen, calibration),
};
const file = join(import.meta.dirname, '../../../lib/domain/account-matching/fitted.json');
writeFileSync(file, `${JSON.stringify(fitted, undefined, 2)}\n`);
