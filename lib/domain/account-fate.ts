// What stands for an account of the CRM's now: itself, the one that took it in, or, once it is deleted there, nobody.
import type { AccountFacts } from './account.ts';

export interface AccountFate {
  mergedInto?: string;
  deleted?: true;
}

export const fateIn = ({ mergedInto, deleted }: AccountFacts): AccountFate => {
  if (mergedInto?.value) return { mergedInto: mergedInto.value };
  return deleted?.value ? { deleted: true } : {};
};

/** Whether the CRM still has it as an account of its own. */
export const isLive = (facts: AccountFacts): boolean => Object.keys(fateIn(facts)).length === 0;

/** Nobody merges in longer chains. */
const longest = 20;

/** Follows those who took it in; of a circle the one with the smallest id stays. `fateOf` an account nobody has told of is undefined,
 * and that account stands for itself. */
export const standsFor = (
  accountId: string,
  fateOf: (accountId: string) => AccountFate | undefined,
): string | undefined => {
  const passed = [accountId];
  while (passed.length < longest) {
    const fate = fateOf(passed.at(-1)!);
    if (fate?.deleted) return undefined;
    const next = fate?.mergedInto;
    if (next === undefined) break;
    const from = passed.indexOf(next);
    if (from >= 0) return passed.slice(from).sort()[0]!;
    passed.push(next);
  }
  return passed.at(-1)!;
};
