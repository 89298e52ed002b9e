// A lead's score explained to a person: every part a line, the touches behind it, and a sum that adds up.

import type { TouchesBehind } from '../../lib/domain/journal/touches-behind.ts';
import { nameOf } from '../../lib/domain/person-name.ts';
import { type ExplanationLine, explanationOf } from '../../lib/domain/scoring/explanation.ts';
import type { FitPart } from '../../lib/domain/scoring/fit.ts';
import { dimensionsOf } from '../../lib/domain/scoring/score-lead.ts';
import type { ScoredAccount, ScoredLead, Scoring } from './score-journal.ts';
import { minute, plural, pointsColumn, sumLines } from './text.ts';

const partText = (line: ExplanationLine): string => {
  if (line.kind === 'suppression') {
    return `Suppressed to ${line.factor} of ${line.before}: ${line.label} [${line.rule}], because ${line.why}`;
  }
  if (line.kind === 'fit') return fitText(line);
  const { label, rule, dimension, count, trimmed, decayed } = line;
  const less = [trimmed !== 0 && `${trimmed} trimmed`, decayed !== 0 && `${decayed} decayed`].filter(Boolean);
  const whole = less.length === 0 ? '' : `; of ${line.points + trimmed + decayed} points ${less.join(', ')}`;
  return `${label} [${rule}, ${dimension}]: ${plural(count, 'touch', 'touches')}${whole}`;
};

const fitText = ({ label, rule, of, value }: FitPart): string =>
  `${label} [${rule}, ${of}]: ${value === null ? 'not known' : value}`;

const touchLines = (behind: TouchesBehind | undefined): string[] => {
  if (behind === undefined) return [];
  const lines = behind.touches.map(
    ({ at, kind, what, id }) => `           ${minute(at)}  ${what === kind ? kind : `${kind} ${what}`} (${id})`,
  );
  return behind.more === 0 ? lines : [...lines, `           … and ${behind.more} more`];
};

const headLines = ({ member, assessment }: ScoredLead, account: ScoredAccount, scoring: Scoring): string[] => {
  const { playbook, asOf } = scoring;
  const { model, status, reason, level, qualifiedAt, personas, productLines, standsOut, others } = assessment;
  const version = model.version === undefined ? 'a draft' : `version ${model.version}`;
  const who = member.email === nameOf(member) ? member.email : `${nameOf(member)} <${member.email}>`;
  const line = (name: string, text: string | undefined): string[] => (text ? [`${name.padEnd(12)}${text}`] : []);
  return [
    `${who} (${member.leadId})`,
    ...line(
      'Account',
      `${account.assessment.name ?? account.assessment.domain ?? 'none'} (${account.group.accountId}), by ${member.match.rule}: ${member.match.evidence}`,
    ),
    ...line('Status', `${status}: ${reason}`),
    ...line('Qualified', level && `${level}${qualifiedAt === undefined ? '' : `, ${minute(qualifiedAt)}`}`),
    ...line('Model', `${model.label} [${model.id}], playbook ${playbook.name}, ${version}`),
    ...line('Personas', personas?.join(', ')),
    ...line('Interest in', productLines?.join(', ')),
    ...line('Stands out', standsOut?.map(({ dimension, points }) => `${dimension} with ${points} points`).join(', ')),
    ...(others ?? []).flatMap((other) =>
      line('Also', `${other.model}: grade ${other.grade}, score ${other.score}, fit ${other.fitPoints}`),
    ),
    ...line('As of', asOf),
  ];
};

/** Lines without line breaks of ours; what people typed may have some. */
export const leadText = (
  lead: ScoredLead,
  account: ScoredAccount,
  scoring: Scoring,
  behind: ReadonlyMap<string, TouchesBehind>,
): string[] => {
  const { assessment } = lead;
  const { grade, score, fitPoints, personFit, companyFit, fitParts, missing, scoreIncludesFit, parts } = assessment;
  const lines = explanationOf(assessment);
  const dimensions = Object.entries(dimensionsOf(parts)).filter(([, points]) => points !== 0);
  return [
    ...headLines(lead, account, scoring),
    '',
    `Grade ${grade}, score ${score}`,
    ...lines.flatMap((line) => [
      `${pointsColumn(line.points)}  ${partText(line)}`,
      ...(line.kind === 'behaviour' ? touchLines(behind.get(line.rule)) : []),
    ]),
    ...sumLines(lines, score),
    ...(dimensions.length > 1 ? [`        ${dimensions.map(([name, points]) => `${name} ${points}`).join(', ')}`] : []),
    '',
    `Fit ${grade.charAt(0)}, ${plural(fitPoints, 'point')} (person ${personFit ?? 'not asked'}, company ${companyFit ?? 'not asked'})${scoreIncludesFit ? ', counted above' : ', not part of the score'}`,
    ...fitParts.map((part) => `${pointsColumn(part.points)}  ${fitText(part)}`),
    ...sumLines(fitParts, fitPoints),
    ...(missing === undefined ? [] : [`        not known: ${missing.join(', ')}`]),
  ];
};
