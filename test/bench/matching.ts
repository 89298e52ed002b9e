// How well and how fast leads find their accounts: this matcher and what else npm offers, on the same labelled names.
import type { LeadCompany } from '../../lib/domain/account-matching/answer.ts';
import { type Blocks, blocksOf } from '../../lib/domain/account-matching/blocks.ts';
import { matchCompany } from '../../lib/domain/account-matching/match-company.ts';
import { policyOf } from '../../lib/domain/account-matching/policy.ts';
import { amongStrangers } from './matching/among-strangers.ts';
import { filers, type LabelledLead, type LabelledSet, organisations } from './matching/labelled.ts';
import { peers } from './matching/peers.ts';
import { type Answer, type Quality, qualityOf } from './matching/quality.ts';

const rounds = 5;
/** A round of a small set is over before the code is compiled: each takes as many leads as this, some of them again. */
const leadsARound = 5_000;
/** Of each set, to see whether it runs. */
const atMost = Number(process.argv[3] ?? Number.POSITIVE_INFINITY);
const everything = policyOf(0);
const asked = policyOf(0.95);

const companyOf = ({ company, country }: LabelledLead): LeadCompany => ({ company, country: country || undefined });

/** Nothing held back, so that the threshold can be moved afterwards. */
const answersOf = (leads: readonly LabelledLead[], blocks: Blocks): Answer[] =>
  leads.map((lead) => {
    const { accountId, score } = matchCompany(companyOf(lead), blocks, everything);
    return { accountId, score };
  });

const say = (name: string, leads: number, { f1, precision, recall, threshold, recallAtP95 }: Quality): void => {
  const figures = [`F1 ${f1.toFixed(3)}`, `precision ${precision.toFixed(3)}`, `recall ${recall.toFixed(3)}`];
  const rest = [`at ${threshold.toFixed(2)}`, `recall at precision 0.95 ${recallAtP95.toFixed(3)}`];
  console.error(`${name.padEnd(36)} ${String(leads).padStart(5)} leads  ${[...figures, ...rest].join('  ')}`);
};

/** The median of rounds over all leads, in leads a second of processor time: what else runs here does not count. */
const speedOf = (leads: readonly LabelledLead[], blocks: Blocks): { perSecond: number; elapsed: number } => {
  const times = Math.ceil(Math.min(leadsARound, atMost) / leads.length);
  const companies = Array.from({ length: times }, () => leads.map(companyOf)).flat();
  const speeds: number[] = [];
  const walls: number[] = [];
  let matched = 0;
  for (let round = 0; round <= rounds; round += 1) {
    const before = process.cpuUsage();
    const begun = performance.now();
    for (const company of companies) if (matchCompany(company, blocks, asked).accountId !== undefined) matched += 1;
    const { user, system } = process.cpuUsage(before);
    // The first round only warms up.
    if (round === 0) continue;
    speeds.push((companies.length * 1e6) / (user + system));
    walls.push((companies.length * 1e3) / (performance.now() - begun));
  }
  if (matched === 0) throw new Error('nothing matched');
  const median = (list: number[]): number => Math.round(list.sort((a, b) => a - b)[Math.floor(list.length / 2)]!);
  return { perSecond: median(speeds), elapsed: median(walls) };
};

const every = (leads: readonly LabelledLead[], most: number): LabelledLead[] => {
  const step = Math.max(1, Math.ceil(leads.length / most));
  return leads.filter((_, at) => at % step === 0);
};

const benchSet = (name: string, { accounts, leads: all }: LabelledSet) => {
  const leads = every(all, atMost);
  const begun = performance.now();
  const blocks = blocksOf(accounts);
  console.error(
    `${name}: ${accounts.length} accounts indexed in ${((performance.now() - begun) / 1_000).toFixed(1)} s`,
  );
  const speed = speedOf(leads, blocks);
  const memory = Math.round(process.memoryUsage().rss / 1e6);
  console.error(`${name}: ${speed.perSecond} leads/s of processor time, ${speed.elapsed} elapsed, ${memory} MB`);
  for (const half of ['dev', 'test'] as const) {
    const those = leads.filter((lead) => lead.half === half);
    say(`${name}, muster, ${half} half`, those.length, qualityOf(those, answersOf(those, blocks)));
  }
  let peerBestF1 = 0;
  for (const [peer, { build, asked: most }] of Object.entries(peers)) {
    const those = every(leads, most);
    const match = build(accounts);
    const quality = qualityOf(those, those.map(match));
    say(`${name}, ${peer}`, those.length, quality);
    peerBestF1 = Math.max(peerBestF1, quality.f1);
  }
  const test = leads.filter((lead) => lead.half === 'test');
  return {
    all: qualityOf(leads, answersOf(leads, blocks)),
    test: qualityOf(test, answersOf(test, blocks)),
    speed,
    memory,
    peerBestF1,
  };
};

/** CRMs of few accounts, at the default policy: how few of the strangers are taken for customers. */
const benchStrangers = (): number => {
  let least = 1;
  for (const drawn of [
    { crms: 20, size: 50 },
    { crms: 10, size: 200 },
  ]) {
    for (const half of ['dev', 'test'] as const) {
      const { asked: leads, given, precision, recall } = amongStrangers(organisations(), half, drawn, asked);
      const name = `${drawn.crms} CRMs of ${drawn.size}, muster, ${half} half`;
      const figures = `${given} answers  precision ${precision.toFixed(3)}  recall ${recall.toFixed(3)}`;
      console.error(`${name.padEnd(36)} ${String(leads).padStart(5)} leads  ${figures}`);
      if (half === 'test') least = Math.min(least, precision);
    }
  }
  return least;
};

const rounded = (value: number): number => Number(value.toFixed(3));

export const benchMatching = async () => {
  const orgs = benchSet('organisations', organisations());
  const sp500 = benchSet('S&P 500', filers());
  return {
    orgsF1: rounded(orgs.test.f1),
    orgsRecallAtP95: rounded(orgs.test.recallAtP95),
    sp500F1: rounded(sp500.test.f1),
    leadsPerSecond: orgs.speed.perSecond,
    peerBestF1: rounded(orgs.peerBestF1),
    sp500LeadsPerSecond: sp500.speed.perSecond,
    sp500PeerBestF1: rounded(sp500.peerBestF1),
    orgsF1AllLeads: rounded(orgs.all.f1),
    sp500F1AllLeads: rounded(sp500.all.f1),
    megabytes: orgs.memory,
    smallCrmPrecision: rounded(benchStrangers()),
  };
};
