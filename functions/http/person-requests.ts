// What is asked about a person, by the address or any id of theirs: never in a URL.
import * as z from 'zod';
import { id } from '../../events/moment.ts';
import { subjectNamed } from '../../lib/domain/journal/subjects.ts';
import { asking } from '../../lib/domain/operations.ts';
import { fieldProblems } from '../../lib/sources/field-problems.ts';
import { Problem } from './problem.ts';

export const exportAsked = z.strictObject({
  lead: id.optional(),
  email: z.string().max(320).optional(),
  ...asking,
  /** `next` of the page before. */
  cursor: z.string().max(2_000).optional(),
});

/** The id of whoever is named. Throws 400 unless exactly one of both is, and is one. */
const leadNamed = ({ lead, email }: { lead?: string | undefined; email?: string | undefined }): string => {
  const field = lead === undefined ? 'email' : 'lead';
  const problem = (detail: string): Problem =>
    new Problem(400, 'Some fields cannot be accepted', { errors: [{ field, detail }] });
  if ((lead === undefined) === (email === undefined)) throw problem('give either lead or email');
  const named = subjectNamed(lead ?? email ?? '');
  if (named === undefined)
    throw problem(lead === undefined ? 'must be a mail address' : 'must be the id of a lead, a browser or a record');
  return named.leadId;
};

const cursorShape = /^(export_[0-9a-f]{24}) (.+)$/;

/** What a page answers as its `next`: which export goes on there, and where it is in the table. */
export const exportCursor = (exportId: string, place: string): string => `${exportId} ${place}`;

export const noSuchPage = (): Problem =>
  new Problem(400, 'Some fields cannot be accepted', {
    errors: [{ field: 'cursor', detail: 'must be what a page answered as its next' }],
  });

/** `wants`: the body as it is in every request for a page of the same export. */
export const readExportAsked = (
  document: unknown,
): { lead: string; exportId?: string | undefined; place?: string | undefined; wants: object } => {
  const read = exportAsked.safeParse(document);
  if (!read.success) throw new Problem(400, 'Some fields cannot be accepted', { errors: fieldProblems(read.error) });
  const { cursor, ...wants } = read.data;
  const asked = { lead: leadNamed(wants), wants };
  if (cursor === undefined) return asked;
  const [, exportId, place] = cursorShape.exec(cursor) ?? [];
  if (place === undefined) throw noSuchPage();
  return { ...asked, exportId, place };
};

const eraseNamed = z.looseObject({
  operation: z.literal('erase-person'),
  lead: z.string().optional(),
  email: z.string().optional(),
});

/** A request to erase names its person by id, whatever it was named by. */
export const withLeadNamed = (document: unknown): unknown => {
  const read = eraseNamed.safeParse(document);
  if (!read.success) return document;
  const { lead, email, ...rest } = read.data;
  return { ...rest, lead: leadNamed({ lead, email }) };
};
