// How well the person and the company fit what the tenant sells: rules on their fields, missing ones shown as missing.
import type { FitGrade, FitRule, Playbook } from '../playbook/playbook.ts';

/** The fields fit rules may ask for, where known. */
export type FitSubject = Partial<Record<FitRule['field'], string | number>>;

export interface FitPart {
  rule: string;
  label: string;
  /** What the field said; null when it is not known. */
  value: string | number | null;
  points: number;
}

const words = (text: string): string =>
  ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;

const holds = (rule: FitRule, value: string | number): boolean => {
  const text = String(value);
  const number = Number(value);
  return (
    (rule.contains === undefined || rule.contains.some((phrase) => words(text).includes(words(phrase)))) &&
    (rule.is === undefined || rule.is.some((wanted) => wanted.toLowerCase() === text.trim().toLowerCase())) &&
    (rule.atLeast === undefined || number >= rule.atLeast) &&
    (rule.below === undefined || number < rule.below)
  );
};

/** Every rule that speaks: those that hold, and those that take or give points for a missing field. */
export const scoreFit = (subject: FitSubject, playbook: Playbook): FitPart[] => {
  const parts: FitPart[] = [];
  for (const [rule, definition] of Object.entries(playbook.fit)) {
    const value = subject[definition.field];
    if (value === undefined) {
      if (definition.whenMissing !== 0) {
        parts.push({ rule, label: definition.label, value: null, points: definition.whenMissing });
      }
    } else if (holds(definition, value)) {
      parts.push({ rule, label: definition.label, value, points: definition.points });
    }
  }
  return parts;
};

export const fitGradeOf = (points: number, { fit }: Playbook['grades']): FitGrade =>
  points >= fit.A ? 'A' : points >= fit.B ? 'B' : points >= fit.C ? 'C' : 'D';

const rank = { A: 0, B: 1, C: 2, D: 3 } as const satisfies Record<FitGrade, number>;
export const isAtLeast = (grade: FitGrade, minimum: FitGrade): boolean => rank[grade] <= rank[minimum];
