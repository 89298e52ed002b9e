// `--tenants`: whoever keeps the files of their tenants in a repository of their own need not copy them into this one.
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';

/** Absolute: the stack is synthesised and deployed from other folders than the one the command is typed in. */
const existingFolder = (path: string): string => {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new InvalidArgumentError('there is no such folder');
  return resolve(path);
};

export const tenantsOption = (): Option =>
  new Option(
    '--tenants <folder>',
    'where the files of tenants and their playbooks are (default: infra/tenants)',
  ).argParser(existingFolder);
