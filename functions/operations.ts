// /operations…: what somebody who operates a tenant asks for and looks at, for whoever has an operator token, or is of a group that may.
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { json } from './http/answer.ts';
import { type ApiOptions, getRoute, type HttpHandler, postRoute } from './http/api.ts';
import { decodedBody, parsedJson } from './http/body.ts';
import { requireCaller } from './http/caller.ts';
import { requireContentType } from './http/content-type.ts';
import { type OperationDocumentPorts, operationDocumentAt, operationPermission } from './http/operation-documents.ts';
import { type OperationRequestPorts, operationRequestAt } from './http/operation-requests.ts';

export type OperationsPorts = ApiOptions & OperationDocumentPorts & OperationRequestPorts;

/** After `/operations`, without the stroke. */
const pathIn = ({ rawPath }: APIGatewayProxyEventV2): string =>
  rawPath.slice(rawPath.indexOf('/operations') + '/operations'.length).replace(/^\//, '');

export const createHandler = (ports: OperationsPorts): HttpHandler => {
  const get = getRoute(ports, async (event) => {
    const path = pathIn(event);
    await requireCaller(event, ports, operationPermission(path));
    return json(200, await operationDocumentAt(ports, path, new URLSearchParams(event.rawQueryString)));
  });
  const post = postRoute(ports, async (event) => {
    const { permission, take } = operationRequestAt(pathIn(event));
    const caller = await requireCaller(event, ports, permission);
    requireContentType(event, ['json']);
    return take(ports, parsedJson(decodedBody(event)), caller);
  });
  return (event, context) => (event.requestContext.http.method === 'GET' ? get : post)(event, context);
};
