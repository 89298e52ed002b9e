// What the read API answers under which address, and to whom: whoever sees only their own finds the rest as little as what is not there.
import { type AccessPolicy, defaultAccess, type Permission, permissionsOf } from '../../lib/domain/access.ts';
import { ownersWithin } from '../../lib/domain/own-accounts.ts';
import type { Table } from '../../lib/ports.ts';
import { maySeeAccount, maySeeLead } from '../../lib/steps/own-accounts.ts';
import type { PlaybookReader } from '../../lib/steps/playbooks.ts';
import { listAccounts, readAccount } from '../../lib/steps/read-accounts.ts';
import { readAttainment } from '../../lib/steps/read-attainment.ts';
import { readCrmRequest } from '../../lib/steps/read-crm-request.ts';
import { readLead } from '../../lib/steps/read-lead.ts';
import { readQuality } from '../../lib/steps/read-quality.ts';
import { readReview } from '../../lib/steps/read-review.ts';
import type { ApiOptions } from './api.ts';
import type { Allowed } from './caller.ts';
import { Problem } from './problem.ts';
import { reviewAsked } from './query.ts';

export type DocumentPorts = Pick<ApiOptions, 'clock' | 'log'> & {
  table: Table;
  playbook: PlaybookReader;
  access?: AccessPolicy | undefined;
};

const orProblem = (document: object | undefined, status: number, otherwise: string): object => {
  if (document === undefined) throw new Problem(status, otherwise);
  return document;
};

interface List {
  permission: Permission;
  read(ports: DocumentPorts, query: URLSearchParams, caller: Allowed): Promise<object>;
}

const lists: Readonly<Record<string, List>> = {
  me: {
    permission: 'read',
    read: async ({ access = defaultAccess }, _, caller) => {
      const { who, via, groups, scope } = caller;
      return { who, via, groups, may: permissionsOf(caller, access), sees: scope === 'all' ? 'all' : access.reps };
    },
  },
  accounts: { permission: 'read', read: (ports, _, { scope }) => listAccounts(ports, scope) },
  review: { permission: 'oversee', read: (ports, query) => readReview(ports, reviewAsked(query.toString())) },
  'data-quality': {
    permission: 'oversee',
    read: async (ports, query) =>
      orProblem(
        await readQuality(ports, query.get('cursor')),
        400,
        'The cursor is none that a page answered as its next',
      ),
  },
  attainment: {
    permission: 'read',
    read: async (ports, query, { scope }) => {
      const owners = scope === 'all' ? undefined : ownersWithin(scope, await ports.playbook());
      const isShown = (rep: string): boolean => owners === undefined || owners.includes(rep);
      const asked = { from: query.get('from'), to: query.get('to') };
      return orProblem(
        await readAttainment(ports, asked, isShown),
        400,
        'from and to are weeks such as 2026-W47, in their order and at most 53',
      );
    },
  },
};

type Single = (ports: DocumentPorts, id: string, caller: Allowed) => Promise<object>;

const single: Readonly<Record<string, Single>> = {
  accounts: async (ports, id, { scope }) =>
    orProblem(
      (await maySeeAccount(ports, id, scope)) ? await readAccount(ports, id) : undefined,
      404,
      'There is no such account',
    ),
  leads: async (ports, id, { scope }) =>
    orProblem(
      (await maySeeLead(ports, id, scope)) ? await readLead(ports.table, id) : undefined,
      404,
      'There is no such lead',
    ),
  'crm-requests': async ({ table }, id, { scope, email }) => {
    const request = await readCrmRequest(table, id);
    const isTheirs = scope === 'all' || request?.by === email;
    return orProblem(isTheirs ? request : undefined, 404, 'There is no such request');
  },
};
/** Every first word after `/api/`. */
export const documentKinds = [...new Set([...Object.keys(lists), ...Object.keys(single)])];

const own = <Value>(among: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(among, name) ? among[name] : undefined;

export interface Document {
  permission: Permission;
  read(ports: DocumentPorts, caller: Allowed): Promise<object>;
}

/** `path`: after `/api/`. Undefined where nothing is. */
export const documentAt = (path: string, query: URLSearchParams): Document | undefined => {
  const [, kind = '', id] = /^([a-z-]+)(?:\/([\w-]{1,100}))?$/.exec(path) ?? [];
  const list = id === undefined ? own(lists, kind) : undefined;
  const one = id === undefined ? undefined : own(single, kind);
  if (list !== undefined) {
    return { permission: list.permission, read: (ports, caller) => list.read(ports, query, caller) };
  }
  if (one === undefined || id === undefined) return undefined;
  return { permission: 'read', read: (ports, caller) => one(ports, id, caller) };
};
