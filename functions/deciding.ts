// What those who may decide post, each to the handler that takes it: decisions on leads and identities, lists, and what CRMs are to do.
import type { Queue } from '../lib/ports.ts';
import { type CaptureDecisionsPorts, createHandler as createDecisions } from './capture-decisions.ts';
import { type CaptureImportPorts, createHandler as createImport } from './capture-import.ts';
import { createHandler as createCrmRequests } from './crm-requests.ts';
import type { HttpHandler } from './http/api.ts';

export type DecidingPorts = CaptureDecisionsPorts &
  CaptureImportPorts & {
    /** The queue to the CRMs, where one has an API. */
    toCrm: Queue | undefined;
  };

export const createHandler = ({ toCrm, ...ports }: DecidingPorts): HttpHandler => {
  const [decide, take] = [createDecisions(ports), createImport(ports)];
  const ask = createCrmRequests({ ...ports, queue: toCrm });
  return (event, context) => {
    if (event.rawPath.endsWith('/crm-requests')) return ask(event, context);
    return (event.rawPath.includes('/import/') ? take : decide)(event, context);
  };
};
