// What of a tenant outlives its stack, noted in a file for the stack that begins with it: `destroy` writes it, `deploy --take-over` reads it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { StackResource } from '../lib/adapters/aws/stack-contents.ts';
import { CommandError } from './command-error.ts';
import { root } from './stack.ts';

interface Kind {
  /** What people call it. */
  what: string;
  /** What CloudFormation knows it by when it takes it over. */
  identify(id: string, pool: string): Record<string, string>;
}

/** Of what holds data, or opens it. Logs and alarms are none. */
const kinds: Readonly<Record<string, Kind>> = {
  'AWS::DynamoDB::Table': { what: 'table', identify: (TableName) => ({ TableName }) },
  'AWS::SecretsManager::Secret': { what: 'secret', identify: (Id) => ({ Id }) },
  'AWS::Cognito::UserPool': { what: 'users', identify: (UserPoolId) => ({ UserPoolId }) },
  // Who is in it goes with it. Some say its pool before its name.
  'AWS::Cognito::UserPoolGroup': {
    what: 'group',
    identify: (id, UserPoolId) => ({ UserPoolId, GroupName: id.split('|').at(-1)! }),
  },
  'AWS::KMS::Key': { what: 'key', identify: (KeyId) => ({ KeyId }) },
};

export const holdsData = ({ type }: StackResource): boolean => type in kinds;

export const linesOf = (resources: readonly StackResource[]): string =>
  resources.map(({ type, id }) => `  ${(kinds[type]?.what ?? type).padEnd(8)}${id}`).join('\n');

/** Which resource of the stack each of them was; answers the file's path. */
export const noteKept = (tenant: string, kept: readonly StackResource[]): string => {
  const folder = join(root, '.muster', 'kept');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${tenant}.json`);
  const pool = kept.find(({ type }) => type === 'AWS::Cognito::UserPool')?.id ?? '';
  const mapping = kept.map(({ logicalId, type, id }) => [logicalId, kinds[type]!.identify(id, pool)]);
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(mapping), null, 2)}\n`);
  return file;
};

const note = z.record(z.string(), z.record(z.string(), z.string()));

/** Throws what is wrong with such a file, before a quarter of an hour has gone by. */
export const checkKept = (file: string): void => {
  try {
    note.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const why =
      error instanceof z.ZodError
        ? z.prettifyError(error)
        : (error as NodeJS.ErrnoException).code === 'ENOENT'
          ? 'there is no such file'
          : String(error);
    throw new CommandError(`${file} is not what \`destroy\` wrote: ${why}`);
  }
};
