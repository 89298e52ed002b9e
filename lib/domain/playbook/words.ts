// The words playbooks are written in: names, texts with stars, points. What is described here editors show beside them.
import * as z from 'zod';

export const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'must be lower-case letters, digits and hyphens, e.g. demo-request')
  // Every object has one of its own already.
  .refine((text) => text !== 'constructor', 'is a name of the machine’s own; write another');
export const email = z.email().max(320);
/** A CRM connection's name, as the tenant file has it. */
export const connection = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'must be the name of a connection, e.g. hubspot');
export const duration = z
  .string()
  .regex(/^[1-9]\d{0,4} (second|minute|hour)s?$/, 'must be a duration such as "4 hours", "30 minutes" or "60 seconds"');
export const label = z.string().min(1).max(100).describe('What people read in its place, in scores and mails.');
/** `*` stands for any run of characters; the whole text must match, whatever the case. */
export const pattern = z.string().min(1).max(500);
export const values = z.array(z.string().min(1).max(200)).min(1);
/** Looked for as whole words, of which one without a letter and a digit has none. */
export const phrase = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => /[\p{L}\p{N}]/u.test(text), 'has no letter and no digit: no text has it as a word; write words');
export const phrases = z.array(phrase).min(1);
export const points = z.number().int().min(-1_000).max(1_000);
/** One or a list of them, as a list. */
export const oneOrMore = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .union([schema, z.array(schema).min(1)])
    .transform((value) => (Array.isArray(value) ? value : [value]) as z.output<Schema>[]);
/** For the JSON Schema: at least one of these settings stands there. */
export const anyOf = (...settings: string[]) => ({ anyOf: settings.map((setting) => ({ required: [setting] })) });
