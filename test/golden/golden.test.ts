// One journal of eleven weeks, scored by the three playbooks that come with the documentation: what they say of whom stands in files,
// so that a change of any number is seen, and is either a mistake or meant.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPlaybook } from '../../cli/load-playbook.ts';
import { leadList } from '../../cli/score/lead-list.ts';
import { scoreDocument } from '../../cli/score/score-document.ts';
import { scoreJournal } from '../../cli/score/score-journal.ts';
import type { LeadAssessment } from '../../lib/domain/assessment.ts';
import { rounded } from '../../lib/domain/scoring/behaviour.ts';
import { explanationOf } from '../../lib/domain/scoring/explanation.ts';
import { root } from '../architecture/house.ts';
import { differences } from './differences.ts';
import { people } from './people.ts';

const asOf = '2026-11-22T12:00:00.000Z';
const journal = join(import.meta.dirname, 'journal.ndjson');
const playbookOf = (name: string) => loadPlaybook(join(root, 'docs/playbooks', `${name}.yaml`)).playbook;
const playbooks = ['starter', 'enterprise', 'points'] as const;
type Name = (typeof playbooks)[number];

const scored = (name: Name) =>
  scoreJournal({ journal, playbook: playbookOf(name), asOf }, async (scoring) => ({
    csv: [...leadList(scoring)].join(''),
    json: [...scoreDocument(scoring)].join(''),
    leads: new Map(
      [...scoring.accounts()].flatMap(({ leads }) => leads.map((one) => [one.member.email, one.assessment])),
    ),
  }));

const renew = process.env.MUSTER_RENEW_GOLDEN !== undefined;
const howToRenew =
  'If that is meant: MUSTER_RENEW_GOLDEN=1 npx vitest run test/golden, and read the diff before committing it.';
const shownAtMost = 40;

const told = (file: string, found: readonly string[]): string => {
  const more = found.length > shownAtMost ? [`… and ${found.length - shownAtMost} more`] : [];
  return [`${file} is not what was scored:`, ...found.slice(0, shownAtMost), ...more, howToRenew].join('\n');
};

const rowsOf = (csv: string): string[] => csv.split('\r\n');

describe.each(playbooks)('the playbook %s', (name) => {
  it('scores the journal as its files say', async () => {
    const { csv, json } = await scored(name);
    const [csvFile, jsonFile] = ['csv', 'json'].map((ending) => join(import.meta.dirname, `${name}.${ending}`)) as [
      string,
      string,
    ];
    if (renew) {
      writeFileSync(csvFile, csv);
      writeFileSync(jsonFile, json);
    }
    const inJson = differences(JSON.parse(readFileSync(jsonFile, 'utf8')), JSON.parse(json));
    expect(inJson, told(`${name}.json`, inJson)).toEqual([]);
    const inCsv = differences(rowsOf(readFileSync(csvFile, 'utf8')), rowsOf(csv));
    expect(inCsv, told(`${name}.csv`, inCsv)).toEqual([]);
  });

  it('explains every score with lines that add up to it', async () => {
    const { leads } = await scored(name);
    expect(leads.size).toBe(16);
    for (const assessment of leads.values()) {
      expect(explanationOf(assessment).reduce((sum, { points }) => sum + points, 0)).toBe(assessment.score);
    }
  });
});

/** What is left of points after so many days. */
const halved = (points: number, days: number, halfLife: number): number => points * 0.5 ** (days / halfLife);
const leadOf = async (name: Name, { email }: { email: string }): Promise<LeadAssessment> =>
  (await scored(name)).leads.get(email)!;

// Reckoned here from the lines of generate.ts and the playbooks' numbers, by hand and without the engine.
describe('by hand', () => {
  it('Bea, to the starter: 60 points, A1', async () => {
    const contact = 50;
    // Two days, 2 and 9 November; the page that is read after the moment does not count.
    const pricing = rounded(halved(10, 20, 14) + halved(10, 13, 14));
    // Twice the same page but for its query: one content, as new as it was read last.
    const content = rounded(halved(2, 13, 30));
    const fit = 30 + 20;

    expect([pricing, content]).toEqual([9, 1]);
    expect(await leadOf('starter', people.bea)).toMatchObject({
      score: contact + pricing + content,
      fitPoints: fit,
      grade: 'A1',
      qualifiedAt: '2026-11-16T09:40:00.000Z',
      status: 'Sales Working',
      followedUpAt: '2026-11-16T12:00:00.000Z',
    });
  });

  it('Bea, to the enterprise: 127 points as who signs, A1 and an SQL', async () => {
    const demo = rounded(halved(40, 6, 90));
    const answers = 20 + 20 + 20 + rounded(halved(20, 6, 90));
    const pricing = rounded(halved(10, 20, 14) + halved(10, 13, 14));
    const anyPage = rounded(halved(1, 20, 14) + halved(2, 13, 14));
    // She decides, by business mail; 1,200 people, a bank, in Germany, on Snowflake. No function of ours.
    const fit = 25 + 5 + 25 + 15 + 10 + 10;

    expect(demo + answers + pricing + anyPage).toBe(127);
    expect(await leadOf('enterprise', people.bea)).toMatchObject({
      model: { id: 'economic-buyer' },
      score: 127,
      fitPoints: fit,
      grade: 'A1',
      level: 'SQL',
      personas: ['economic-buyer'],
    });
  });

  it('Rita, to the enterprise: 44 points, all of them taken since she is of a competitor', async () => {
    const before = rounded(halved(40, 10, 90)) + rounded(halved(10, 10, 14)) + rounded(halved(1, 10, 14));
    const lead = await leadOf('enterprise', people.rita);

    expect(before).toBe(44);
    expect(lead).toMatchObject({ score: 0, suppressed: { before, points: -before, factor: 0 }, grade: 'D4' });
    expect(lead.level).toBeUndefined();
  });

  it('Gil, by points: 135, an MQL by the second story, and one trial although it was sent again after midnight', async () => {
    const [trial, later, webinar] = [30, 5, 20];
    // Two customers' stories, one of them twice.
    const testimonials = 15 * 2;
    // A vice president, by business mail, of 700 people.
    const fit = 20 + 10 + 20;

    expect(await leadOf('points', people.gil)).toMatchObject({
      score: trial + later + webinar + testimonials + fit,
      fitPoints: fit,
      grade: 'A1',
      level: 'MQL',
      // The webinar, the stories and the fit are 100 already.
      qualifiedAt: '2026-11-20T16:10:00.000Z',
      companyFit: 'A',
    });
  });

  it('Joe, by points: less than nothing, since he reads about working here', async () => {
    const careers = -30;
    expect((await leadOf('points', people.joe)).score).toBe(careers + 10 + 5 + 10);
  });
});

describe('what differs', () => {
  it('is told by place, whoever else came or went', () => {
    const before = {
      leads: [
        { email: 'a', score: 1 },
        { email: 'b', score: 2, parts: [{ rule: 'x', points: 2 }] },
      ],
    };
    const after = { leads: [{ email: 'b', score: 3, parts: [{ rule: 'x', points: 3 }] }] };
    expect(differences(before, after)).toEqual([
      '.leads[a]: {"email":"a","score":1} became nothing',
      '.leads[b].score: 2 became 3',
      '.leads[b].parts[x].points: 2 became 3',
    ]);
    expect(differences(before, structuredClone(before))).toEqual([]);
    expect(differences([1, 2], [1])).toEqual(['[1]: 2 became nothing']);
    expect(differences([{ email: 'a' }, { email: 'b' }], [{ email: 'b' }, { email: 'a' }])).toEqual([
      ': the same in another order',
    ]);
  });
});
