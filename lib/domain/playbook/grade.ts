// A grade: a letter for who fits, a number for who is engaged. Apart from the rules that come to it, which those who only grade never read.
import * as z from 'zod';

export const fitGrade = z.enum(['A', 'B', 'C', 'D']);
export type FitGrade = z.infer<typeof fitGrade>;
export const engagementGrade = z.enum(['1', '2', '3', '4']);
export type EngagementGrade = z.infer<typeof engagementGrade>;
export type Grade = `${FitGrade}${EngagementGrade}`;
/** Each written out, so that editors offer them. */
export const grade = z.enum(
  fitGrade.options.flatMap((letter) => engagementGrade.options.map((number): Grade => `${letter}${number}`)),
);
