// /operations…: what somebody who operates a tenant asks for and looks at, for whoever has an operator token.
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Secrets } from '../lib/ports.ts';
import { requireOperator } from './bearer-token.ts';
import { json } from './http/answer.ts';
import { type ApiOptions, getRoute, type HttpHandler, postRoute } from './http/api.ts';
import { decodedBody, parsedJson } from './http/body.ts';
import { requireContentType } from './http/content-type.ts';
import { type OperationDocumentPorts, operationDocumentAt } from './http/operation-documents.ts';
import { type OperationRequestPorts, operationRequestAt } from './http/operation-requests.ts';

export interface OperationsPorts extends ApiOptions, OperationDocumentPorts, OperationRequestPorts {
  secrets: Secrets;
}

/** After `/operations`, without the stroke. */
const pathIn = ({ rawPath }: APIGatewayProxyEventV2): string =>
  rawPath.slice(rawPath.indexOf('/operations') + '/operations'.length).replace(/^\//, '');

export const createHandler = (ports: OperationsPorts): HttpHandler => {
  const get = getRoute(ports, async (event) => {
    await requireOperator(event, ports.secrets);
    return json(200, await operationDocumentAt(ports, pathIn(event), new URLSearchParams(event.rawQueryString)));
  });
  const post = postRoute(ports, async (event) => {
    const take = operationRequestAt(pathIn(event));
    await requireOperator(event, ports.secrets);
    requireContentType(event, ['json']);
    return take(ports, parsedJson(decodedBody(event)));
  });
  return (event, context) => (event.requestContext.http.method === 'GET' ? get : post)(event, context);
};
