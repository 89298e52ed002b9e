// What the read API answers under which address.
import type { Table } from '../../lib/ports.ts';
import type { PlaybookReader } from '../../lib/steps/playbooks.ts';
import { listAccounts, readAccount } from '../../lib/steps/read-accounts.ts';
import { readAttainment } from '../../lib/steps/read-attainment.ts';
import { readCrmRequest } from '../../lib/steps/read-crm-request.ts';
import { readLead } from '../../lib/steps/read-lead.ts';
import { readQuality } from '../../lib/steps/read-quality.ts';
import { readReview } from '../../lib/steps/read-review.ts';
import type { ApiOptions } from './api.ts';
import { Problem } from './problem.ts';
import { reviewAsked } from './query.ts';

export type DocumentPorts = Pick<ApiOptions, 'clock' | 'log'> & { table: Table; playbook: PlaybookReader };

const orProblem = (document: object | undefined, status: number, otherwise: string): object => {
  if (document === undefined) throw new Problem(status, otherwise);
  return document;
};

type Read = (ports: DocumentPorts, query: URLSearchParams) => Promise<object>;

const lists: Readonly<Record<string, Read>> = {
  accounts: (ports) => listAccounts(ports),
  review: (ports, query) => readReview(ports, reviewAsked(query.toString())),
  'data-quality': async (ports, query) =>
    orProblem(
      await readQuality(ports, query.get('cursor')),
      400,
      'The cursor is none that a page answered as its next',
    ),
  attainment: async (ports, query) =>
    orProblem(
      await readAttainment(ports, { from: query.get('from'), to: query.get('to') }),
      400,
      'from and to are weeks such as 2026-W47, in their order and at most 53',
    ),
};

const single: Readonly<Record<string, (ports: DocumentPorts, id: string) => Promise<object>>> = {
  accounts: async (ports, id) => orProblem(await readAccount(ports, id), 404, 'There is no such account'),
  leads: async ({ table }, id) => orProblem(await readLead(table, id), 404, 'There is no such lead'),
  'crm-requests': async ({ table }, id) => orProblem(await readCrmRequest(table, id), 404, 'There is no such request'),
};

const own = <Value>(among: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(among, name) ? among[name] : undefined;

/** `path`: after `/api/`. Throws 404 where nothing is. */
export const documentAt = (ports: DocumentPorts, path: string, query: URLSearchParams): Promise<object> => {
  const [, kind = '', id] = /^([a-z-]+)(?:\/([\w-]{1,100}))?$/.exec(path) ?? [];
  const list = id === undefined ? own(lists, kind) : undefined;
  const one = id === undefined ? undefined : own(single, kind);
  if (list !== undefined) return list(ports, query);
  if (one !== undefined && id !== undefined) return one(ports, id);
  throw new Problem(404, 'There is no such address');
};
