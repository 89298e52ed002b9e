// What a title can say: the levels and the parts of a company, in one place for the reader and its word tables.
import * as z from 'zod';

/** From the highest to the lowest. `head` leads a department, `staff` does a job, `student` still learns one. */
export const seniority = z.enum([
  'owner',
  'c-level',
  'vp',
  'director',
  'head',
  'manager',
  'senior',
  'staff',
  'entry',
  'student',
]);
export type Seniority = z.infer<typeof seniority>;

export const jobFunction = z.enum([
  'executive',
  'sales',
  'marketing',
  'product',
  'design',
  'engineering',
  'it',
  'security',
  'data',
  'research',
  'operations',
  'procurement',
  'project-management',
  'finance',
  'legal',
  'hr',
  'customer-success',
  'administration',
  'education',
  'healthcare',
]);
export type JobFunction = z.infer<typeof jobFunction>;
