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
import { filers, type LabelledLead, type LabelledSet, organisations } from './labelled.ts';
import { type Example, fitCalibration, fitWeights, sharesUnder, thresholdsFor } from './regression.ts';

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
