// The accounts of a CSV file as the matcher wants them; every row is checked, and all that is wrong is said at once.
import type { KnownAccount } from '../../lib/domain/account-matching/card.ts';
import { countryNamed } from '../../lib/domain/names/country-words.ts';
import { foldText } from '../../lib/domain/names/fold-text.ts';
import { CommandError } from '../command-error.ts';
import { rowsOf } from './rows.ts';

const shownAtMost = 20;
const countryCode = /^([A-Z]{2})?$/;

/** What is wrong with rows, to be thrown together. */
export const complaintsAbout = (path: string) => {
  const complaints: string[] = [];
  let more = 0;
  return {
    add: (line: number, what: string): void => {
      if (complaints.length < shownAtMost) complaints.push(`${path}:${line}: ${what}`);
      else more += 1;
    },
    throwIfAny: (): void => {
      if (complaints.length > 0) {
        throw new CommandError([...complaints, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n'));
      }
    },
  };
};

/** `de`, `DE` and `Deutschland` as DE; undefined for what is no country. */
export const countryOf = (typed: string): string | undefined => {
  const code = typed.toUpperCase();
  return countryCode.test(code) ? code : countryNamed(foldText(typed));
};

export const readAccounts = async (
  path: string,
  onProgress: (rows: number) => void,
  onUnknown: (text: string) => void,
): Promise<KnownAccount[]> => {
  const accounts: KnownAccount[] = [];
  const lineOf = new Map<string, number>();
  const complaints = complaintsAbout(path);
  for await (const { line, values } of rowsOf(path, ['id', 'name', 'domain', 'country', 'parentId'])) {
    const { id, name, domain, parentId } = values;
    const country = countryOf(values.country);
    if (id === '') complaints.add(line, 'has no id');
    else if (lineOf.has(id)) complaints.add(line, `the id ${id} is that of line ${lineOf.get(id)} too`);
    else if (name === '') complaints.add(line, `the account ${id} has no name`);
    else if (country === undefined) onUnknown(`${path}:${line}: ${values.country} is no country; taken as not given`);
    lineOf.set(id, line);
    accounts.push({ id, name, domains: [{ domain: domain.toLowerCase() }], country, parentId });
    if (accounts.length % 1_000 === 0) onProgress(accounts.length);
  }
  complaints.throwIfAny();
  return accounts;
};
