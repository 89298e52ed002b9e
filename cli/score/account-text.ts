// An account's score explained to a person: what each of its people, unknown visitors, fit and activity add.
import { nameOf } from '../../lib/domain/person-name.ts';
import type { AccountPart } from '../../lib/domain/scoring/account-score.ts';
import type { ScoredAccount, Scoring } from './score-journal.ts';
import { minute, plural, pointsColumn, sumLines } from './text.ts';

const partText = ({ label, of, weight, trimmed, leadId }: AccountPart): string => {
  const who = leadId === undefined ? label : `${label} [${leadId}]`;
  return `${who}: ${of} x ${weight}${trimmed === 0 ? '' : `, ${trimmed} trimmed`}`;
};

const thresholdLines = ({ assessment: { reached } }: ScoredAccount): string[] =>
  reached === undefined
    ? []
    : [
        '',
        'Thresholds reached',
        ...reached.map(
          ({ label, since, until, why }) => `        ${label}, from ${minute(since)} until ${minute(until)}: ${why}`,
        ),
      ];

const surgeLines = ({ assessment: { surge } }: ScoredAccount): string[] =>
  surge === undefined
    ? []
    : ['', `Surge since ${surge.since}${surge.standing ? '' : `, over on ${surge.endsAt}`}: ${surge.why}`];

const buyingGroupLines = ({ assessment: { buyingGroup } }: ScoredAccount): string[] => {
  if (buyingGroup === undefined) return [];
  const roles = buyingGroup.map(({ label, covered, people }) => {
    const names = people.map(({ name, engaged }) => (engaged ? name : `${name} (not engaged)`)).join(', ');
    return `        ${covered ? 'there   ' : 'missing '} ${label}${names === '' ? '' : `: ${names}`}`;
  });
  return ['', 'Buying group', ...roles];
};

/** Lines without line breaks of ours; what people typed may have some. */
export const accountText = (account: ScoredAccount, { playbook, asOf }: Scoring): string[] => {
  const { group, assessment, leads } = account;
  const { score, parts, companyFit, companyFitParts, companyMissing, status, reason, name, domain } = assessment;
  const byScore = leads.toSorted((a, b) => b.assessment.score - a.assessment.score);
  return [
    `${name ?? domain ?? 'An account without a name'} (${group.accountId})`,
    ...(domain === undefined ? [] : [`Domain      ${domain}`]),
    `Status      ${status}: ${reason}`,
    `Playbook    ${playbook.name}, ${playbook.version === undefined ? 'a draft' : `version ${playbook.version}`}`,
    `As of       ${asOf}`,
    '',
    `Score ${score}`,
    ...parts.map((part) => `${pointsColumn(part.points)}  ${partText(part)}`),
    ...sumLines(parts, score),
    ...(companyFit === undefined ? [] : ['', `Company fit ${companyFit}`]),
    ...companyFitParts.map(
      ({ points, label, rule, value }) => `${pointsColumn(points)}  ${label} [${rule}]: ${value ?? 'not known'}`,
    ),
    ...(companyMissing === undefined ? [] : [`        not known: ${companyMissing.join(', ')}`]),
    ...thresholdLines(account),
    ...surgeLines(account),
    ...buyingGroupLines(account),
    '',
    plural(leads.length, 'person', 'people'),
    ...byScore.map(
      ({ member, assessment }) =>
        `${String(assessment.score).padStart(7)}  ${assessment.grade}  ${assessment.status.padEnd(16)}  ${nameOf(member)} [${member.leadId}]`,
    ),
  ];
};
