// Several contracts as one schema, of which each is made when the first event of its type is read. A contract takes zod a millisecond
// to make as a function starts, and of thirty a function hears two or three.
import * as z from 'zod';

const named = z.looseObject({ type: z.string() });

/** Reads what its `type` says it is. An unknown type, or what is no object, is an issue of the field `type`. */
export const oneOf = <Contracts extends Readonly<Record<string, z.ZodType>>>(
  contracts: Contracts,
): z.ZodType<z.infer<Contracts[keyof Contracts]>> =>
  named.transform((value, context): z.infer<Contracts[keyof Contracts]> => {
    const contract = Object.hasOwn(contracts, value.type) ? contracts[value.type] : undefined;
    if (contract === undefined) {
      context.issues.push({ code: 'custom', path: ['type'], message: 'is no type known here', input: value });
      return z.NEVER;
    }
    const read = contract.safeParse(value);
    if (read.success) return read.data as z.infer<Contracts[keyof Contracts]>;
    for (const issue of read.error.issues) context.issues.push({ ...issue, input: value } as never);
    return z.NEVER;
  });
