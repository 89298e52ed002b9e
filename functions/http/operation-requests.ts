// What those who operate a tenant post, by its address after `/operations`.
import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod';
import type { Permission } from '../../lib/domain/access.ts';
import { asking, type OperationAsked, type OperationRequested, operationAsked } from '../../lib/domain/operations.ts';
import { NoSuchPageError } from '../../lib/mending.ts';
import type { Queue } from '../../lib/ports.ts';
import { fieldProblems } from '../../lib/sources/field-problems.ts';
import type { ExportPorts } from '../../lib/steps/export-person.ts';
import { json } from './answer.ts';
import { type Allowed, type CallerPorts, requirePermission } from './caller.ts';
import { type DeedPorts, note, saidBy } from './deeds.ts';
import { exportCursor, noSuchPage, readExportAsked, withLeadNamed } from './person-requests.ts';
import { orUnavailable, Problem } from './problem.ts';

export interface OperationRequestPorts extends CallerPorts, Omit<DeedPorts, 'table'>, ExportPorts {
  /** The one named `operate`. */
  queue: Queue;
}

const asker = z.looseObject(asking);

/** What is asked, and by whom. Throws 400, which names each field. */
const readAsked = (document: unknown): { asked: OperationAsked; by: string; why: string } => {
  const who = asker.safeParse(document);
  const { by: _, why: __, ...rest } = who.success ? who.data : { by: '', why: '' };
  const asked = operationAsked.safeParse(rest);
  const errors = [who, ...(who.success ? [asked] : [])].flatMap(({ error }) => (error ? fieldProblems(error) : []));
  if (!who.success || !asked.success) throw new Problem(400, 'Some fields cannot be accepted', { errors });
  return { asked: asked.data, by: who.data.by, why: who.data.why };
};

const newId = (kind: 'op' | 'export'): string => `${kind}_${randomUUID().replaceAll('-', '').slice(0, 24)}`;

type Take = (
  ports: OperationRequestPorts,
  document: unknown,
  caller: Allowed,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** Answers 202 once the operation is durable, with the id under which it is looked up. */
const ask: Take = async (ports, document, caller) => {
  const { clock, queue } = ports;
  const read = readAsked(withLeadNamed(saidBy(document, caller)));
  const { operation } = read.asked;
  if (operation === 'erase-person') requirePermission(caller, ports, 'erase');
  const operationId = newId('op');
  const at = new Date(clock.now()).toISOString();
  const request: OperationRequested = { type: 'operation-requested.v1', operationId, at, ...read };
  await note(ports, caller, { id: operationId, what: `operation.${operation}`, about: [operationId] }, document);
  await orUnavailable(queue.send([JSON.stringify(request)]));
  return json(202, { operationId, at });
};

const unlessNoPage = (error: unknown): undefined => {
  if (!(error instanceof NoSuchPageError)) throw error;
};

/** Answers a page of what is held of a person; that it was asked for stands in the audit log, once for all its pages. A page of
 * somebody else at the same place is another export: the entry is of the person, wherever the reading begins. */
const exportOf: Take = async (ports, document, caller) => {
  const { lead, exportId: id = newId('export'), place, wants } = readExportAsked(saidBy(document, caller));
  await note(ports, caller, { id, what: 'export.person', about: [lead] }, wants);
  // Seldom asked for, and it knows whom every line ever captured is about: loaded when it is.
  const { exportPerson } = await import('../../lib/steps/export-person.ts');
  const page = await orUnavailable(exportPerson(ports, lead, place).catch(unlessNoPage));
  if (page === undefined) throw noSuchPage();
  return json(200, { ...page, next: page.next === null ? null : exportCursor(id, page.next) });
};

interface Taken {
  permission: Permission;
  take: Take;
}
const taken: Readonly<Record<string, Taken>> = {
  '': { permission: 'operate', take: ask },
  'export-person': { permission: 'export', take: exportOf },
};

/** Everything posted after `/operations`. */
export const operationsTaken = Object.keys(taken);

/** Throws 404 where nothing is taken. */
export const operationRequestAt = (path: string): Taken => {
  const take = Object.hasOwn(taken, path) ? taken[path] : undefined;
  if (take === undefined) throw new Problem(404, 'There is no such address');
  return take;
};
