// Grades and levels in order: none overlaps another, and nobody is ready for sales who is not even ready for a look.
import type { Problem } from '../schema-complaints.ts';
import type { Grades } from './fit.ts';
import type { EngagementGrade, FitGrade, Grade } from './grade.ts';
import type { Qualification, Threshold } from './models.ts';
import type { Playbook } from './playbook.ts';

const checkLetters = (name: string, letters: Grades['fit'] | undefined, path: Problem['path']): Problem[] =>
  letters === undefined || (letters.A > letters.B && letters.B > letters.C)
    ? []
    : [{ path: [...path, name], message: 'grades overlap; A must be above B, and B above C' }];

const checkOrder = (grades: Grades, path: Problem['path']): Problem[] => {
  const { fit, person, company, engagement } = grades;
  const problems = Object.entries({ fit, person, company }).flatMap(([name, letters]) =>
    checkLetters(name, letters, path),
  );
  if (!(engagement[1] > engagement[2] && engagement[2] > engagement[3])) {
    problems.push({ path: [...path, 'engagement'], message: 'grades overlap; 1 must be above 2, and 2 above 3' });
  }
  return problems;
};

const letterOf = (grade: Grade): FitGrade => grade.charAt(0) as FitGrade;
const numberOf = (grade: Grade): EngagementGrade => grade.charAt(1) as EngagementGrade;

/** Whether a grade is at least as good as another, letter and number. */
const isAsGood = (grade: Grade, other: Grade): boolean =>
  letterOf(grade) <= letterOf(other) && numberOf(grade) <= numberOf(other);

/** The least score somebody of a grade has. */
const leastOf = (grade: Grade, engagement: Grades['engagement']): number =>
  engagement[numberOf(grade) as '1'] ?? Number.NEGATIVE_INFINITY;

const isNothing = ({ grades, score }: Threshold): boolean => grades.length === 0 && score === undefined;

/** Sales qualified must be as hard as marketing qualified: what reaches it has reached that. */
const checkLevels = ({ mql, sql }: Qualification, { engagement }: Grades, path: Problem['path']): Problem[] => {
  if (isNothing(mql)) return [];
  const problems: Problem[] = sql.grades.flatMap((grade, index): Problem[] => {
    const isReached =
      mql.grades.some((one) => isAsGood(grade, one)) ||
      (mql.score !== undefined && leastOf(grade, engagement) >= mql.score);
    if (isReached) return [];
    const message = `${grade} is sales qualified without being marketing qualified; add it to mql, or take it out here`;
    return [{ path: [...path, 'sql', 'grades', index], message }];
  });
  const least = Math.min(
    mql.score ?? Number.POSITIVE_INFINITY,
    ...mql.grades.map((grade) => leastOf(grade, engagement)),
  );
  if (sql.score !== undefined && sql.score < least) {
    const message = `${sql.score} points are sales qualified, but not marketing qualified; take ${least} or more`;
    problems.push({ path: [...path, 'sql', 'score'], message });
  }
  return problems;
};

/** Whether anything qualifies anybody, by the numbers or by a high-value signal. */
const checkQualifies = ({ mql, sql }: Qualification, playbook: Playbook, path: Problem['path']): Problem[] => {
  const qualifies =
    !isNothing(mql) || !isNothing(sql) || Object.values(playbook.signals).some(({ highValue }) => highValue);
  if (qualifies) return [];
  return [
    {
      path,
      isKey: true,
      message: 'nobody would ever qualify; say mql: { grades: [A1] }, a score, or highValue: true of a signal',
    },
  ];
};

export const checkGrades = (playbook: Playbook): Problem[] => {
  const { models } = playbook;
  const own = Object.entries(models);
  // What every model has of its own is not used from the top level.
  const ways = [
    ...(own.length === 0 || own.some(([, { qualification, grades }]) => !qualification || !grades)
      ? [{ path: [], grades: playbook.grades, qualification: playbook.qualification }]
      : []),
    ...own.map(([id, { grades, qualification }]) => ({ path: ['models', id], grades, qualification })),
  ];
  return ways.flatMap(({ path, grades, qualification }) => {
    const at = [...path, 'qualification'];
    const isOwn = grades !== undefined || qualification !== undefined;
    return [
      ...(grades ? checkOrder(grades, [...path, 'grades']) : []),
      ...(isOwn ? checkLevels(qualification ?? playbook.qualification, grades ?? playbook.grades, at) : []),
      ...(qualification ? checkQualifies(qualification, playbook, at) : []),
    ];
  });
};
