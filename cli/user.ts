// `muster user`: who may sign in, and what they are, of a deployed tenant or of what runs on this machine.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import * as z from 'zod';
import { loadTenant } from '../infra/tenant.ts';
import { stackOutputsOf } from '../lib/adapters/aws/stack-outputs.ts';
import { createTable } from '../lib/adapters/aws/table.ts';
import { createUsers as createPool } from '../lib/adapters/aws/users.ts';
import { createUsers as createFile, usersFile } from '../lib/adapters/embedded/users.ts';
import { groups } from '../lib/domain/access.ts';
import type { DeedName } from '../lib/domain/deeds.ts';
import { recipientIdOf } from '../lib/domain/ids.ts';
import type { Users } from '../lib/ports.ts';
import { noteDeed } from '../lib/steps/audit.ts';
import { CommandError } from './command-error.ts';
import { shownLine } from './foreign-text.ts';
import { tenantsOption } from './tenants-option.ts';
import { typist } from './typist.ts';

interface Where {
  tenant?: string;
  tenants?: string;
  data?: string;
}

interface Opened {
  users: Users;
  /** Notes it where there is a log to note it in: a file of this machine's has none but itself. */
  note(what: DeedName, email: string): Promise<void>;
}

const openFile = (data: string): Opened => {
  if (!existsSync(data))
    throw new CommandError(`${data} is no folder: it is the one that muster start keeps its state in`);
  return { users: createFile(join(data, usersFile)), note: async () => undefined };
};

const openPool = async (name: string, folder: string | undefined): Promise<Opened> => {
  const tenant = loadTenant(name, folder);
  const outputs = await stackOutputsOf(name, tenant.region, tenant.account);
  const { UserPoolId, TableName } = outputs ?? {};
  if (UserPoolId === undefined || TableName === undefined)
    throw new CommandError(
      `There is no stack muster-${name} with users in ${tenant.region}: deploy it with npm run deploy -- --tenant ${name}`,
    );
  process.env.AWS_REGION = tenant.region;
  const table = createTable(TableName);
  return {
    users: createPool(UserPoolId),
    note: (what, email) => {
      const at = new Date().toISOString();
      const about = [recipientIdOf(email)];
      const deed = { id: `${what}:${at}:${about[0]}`, at, who: typist(), via: 'command' as const, what, about };
      return noteDeed({ table, auditDays: tenant.access.auditDays }, deed);
    },
  };
};

const opened = ({ tenant, tenants, data }: Where): Opened | Promise<Opened> => {
  if ((tenant === undefined) === (data === undefined))
    throw new CommandError('Say whose users: --tenant <name> of a deployed tenant, or --data <folder> of muster start');
  return data === undefined ? openPool(tenant!, tenants) : openFile(data);
};

const reached = (command: Command): Command =>
  command
    .option('--tenant <name>', 'of a deployed tenant, named as its file')
    .addOption(tenantsOption())
    .option('--data <folder>', 'of what muster start runs, with its state in this folder');

const address = (typed: string): string => {
  if (z.email().safeParse(typed).success) return typed.toLowerCase();
  throw new InvalidArgumentError('it is no e-mail address.');
};

const addCommand = (): Command =>
  reached(new Command('add'))
    .description('let somebody sign in, as one of a group; who is there already is put into that group')
    .argument('<email>', 'their address; reps by the one the playbook has', address)
    .addOption(new Option('--group <group>', 'what they are').choices(groups).makeOptionMandatory())
    .action(async (email: string, { group, ...where }: Where & { group: string }) => {
      const { users, note } = await opened(where);
      await note('user.add', email);
      const { token } = await users.add(email, group);
      if (token !== undefined) console.log(token);
      else console.error(`${email} is in ${group}; who is new is mailed how to sign in.`);
    });

const removeCommand = (): Command =>
  reached(new Command('remove'))
    .description('let somebody sign in no more; who is signed in is out within half an hour')
    .addArgument(new Argument('<email>', 'their address').argParser(address))
    .action(async (email: string, where: Where) => {
      const { users, note } = await opened(where);
      await note('user.remove', email);
      if (!(await users.remove(email))) throw new CommandError(`There is nobody of the address ${email}`);
    });

const listCommand = (): Command =>
  reached(new Command('list'))
    .description('list who may sign in, with their groups')
    .action(async (where: Where) => {
      const { users } = await opened(where);
      const all = await users.list();
      for (const { email, groups } of all.sort((a, b) => (a.email < b.email ? -1 : 1)))
        console.log(shownLine(`${email}  ${groups.join(', ') || 'no group'}`));
    });

export const userCommand = (): Command =>
  new Command('user')
    .description('let people sign in and say what they are: rep, manager, ops or admin')
    .addCommand(addCommand())
    .addCommand(listCommand())
    .addCommand(removeCommand());
