// The secrets of what `muster start` runs on this machine: its own, beside the state. Those somebody gave it are files of theirs.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '../command-error.ts';
import { readCrmSecrets } from '../given-secrets.ts';
import { localNames, secretsFile, storedLocalSecrets } from '../local-secrets.ts';
import { ofConnections, usual } from './kinds.ts';
import type { OpenedSecrets } from './opened.ts';

export const openFolder = (folder: string): OpenedSecrets => {
  if (!existsSync(join(folder, secretsFile)))
    throw new CommandError(`${folder} has no ${secretsFile}: it is no folder that muster start keeps its state in`);
  const given = readCrmSecrets(folder).webhooks;
  const all = { ...usual, ...ofConnections({ crm: { kind: 'signed' } }) };
  const { note, ...secrets } = storedLocalSecrets(folder);
  return {
    kinds: Object.fromEntries(
      Object.entries(all).filter(([name]) => localNames.includes(name) && !(name === 'crm/crm' && 'crm' in given)),
    ),
    secrets,
    note,
    // What runs looks at the file each time.
    keptMs: 0,
    elsewhere: (name) =>
      name.startsWith('crm/')
        ? `That of ${name} is in ${join(folder, 'crm.json')}, a file of yours: put a list in its place, the new one first, and start again`
        : undefined,
    typed: `--data ${folder}`,
  };
};
