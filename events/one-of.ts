// Several contracts as one schema, of which each is made when the first event of its type is read. A contract takes zod a millisecond
// to make as a function starts, and of thirty a function hears two or three.
import * as z from 'zod';
import { upcastEvent } from './earlier.ts';
import { id } from './moment.ts';

type Contracts = Readonly<Record<string, z.ZodType>>;
type OneOf<Of extends Contracts> = z.infer<Of[keyof Of]>;

/** Whose work brought an event about: for whoever looks for what became of a form. Nothing depends on it. */
export type Traced = { traceId?: string | undefined };

const named = z.looseObject({ type: z.string() });
const carrying = z.looseObject({ type: z.string(), traceId: id.optional() });

const read = <Of extends Contracts>(
  contracts: Of,
  value: { type: string },
  context: z.core.$RefinementCtx<unknown>,
): OneOf<Of> => {
  const contract = Object.hasOwn(contracts, value.type) ? contracts[value.type] : undefined;
  if (contract === undefined) {
    context.issues.push({ code: 'custom', path: ['type'], message: 'is no type known here', input: value });
    return z.NEVER;
  }
  const read = contract.safeParse(value);
  if (read.success) return read.data as OneOf<Of>;
  for (const issue of read.error.issues) context.issues.push({ ...issue, input: value } as never);
  return z.NEVER;
};

/** Reads what its `type` says it is. An unknown type, or what is no object, is an issue of the field `type`. */
export const oneOf = <Of extends Contracts>(contracts: Of): z.ZodType<OneOf<Of>> =>
  named.transform((value, context): OneOf<Of> => read(contracts, value, context));

/** The same of events that may say whose work they come of, beside what their contract says, and may be of an earlier release. */
export const tracedOneOf = <Of extends Contracts>(contracts: Of): z.ZodType<OneOf<Of> & Traced> =>
  carrying.transform(({ traceId, ...value }, context): OneOf<Of> & Traced => {
    const event = read(contracts, upcastEvent(value), context) as OneOf<Of> & Traced;
    return traceId === undefined ? event : { ...event, traceId };
  });
