// The OpenAPI document is valid, and has every route that either edition answers: none is missing, none is made up.
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { routesOf } from '../../../cli/routes.ts';
import { documentKinds } from '../../../functions/http/documents.ts';
import { openApiDocument } from '../../../functions/http/openapi/document.ts';
import { routes } from '../../../functions/http/openapi/routes.ts';
import { operationPlaces } from '../../../functions/http/operation-documents.ts';
import { operationsTaken } from '../../../functions/http/operation-requests.ts';
import { loadTenant } from '../../../infra/tenant.ts';
import { openGateway } from '../../../lib/adapters/embedded/http-gateway.ts';
import { resourcesOf, templateOf } from '../../infra/tenant-template.ts';
import { openWorld, silent } from '../../simulation/world.ts';

const documented = routes.map(({ method, path }) => `${method.toUpperCase()} ${path}`);

/** Pages and their files are no API; who may load them is tested where they are. */
const isPage = (route: string): boolean => route.includes('/panel/');

/** What a route of the gateway leads to, where the handler behind it tells addresses apart. */
const behind = (route: string): string[] => {
  if (route === 'GET /operations/{proxy+}') return operationPlaces.map((place) => `GET /operations/${place}`);
  if (route === 'POST /operations/{proxy+}')
    return operationsTaken.filter((place) => place !== '').map((place) => `POST /operations/${place}`);
  if (route === 'POST /import/{what}') return ['POST /import/touches', 'POST /import/changes'];
  return [route];
};

describe('the document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(openApiDocument()));
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  it('would be found wrong if it were', async () => {
    const { info: _, ...rest } = openApiDocument();
    expect((await new Validator().validate(structuredClone(rest))).valid).toBe(false);
  });

  it('names each operation once', () => {
    expect(new Set(routes.map(({ id }) => id)).size).toBe(routes.length);
    expect(new Set(documented).size).toBe(routes.length);
  });
});

describe('the table of routes', () => {
  const keys = resourcesOf(templateOf(), 'AWS::ApiGatewayV2::Route')
    .map(([, { Properties }]) => String(Properties.RouteKey))
    .filter((key) => !/^(OPTIONS|HEAD) /.test(key) && !isPage(key));

  it('has every route of the stack', () => {
    const exact = keys.filter((key) => !key.startsWith('ANY ') && key !== 'GET /api/{proxy+}').flatMap(behind);
    expect(exact.filter((key) => !documented.includes(key))).toEqual([]);
  });

  it('has every kind of document of the read API', () => {
    const kinds = documented.flatMap((route) => /^GET \/api\/([a-z-]+)/.exec(route)?.[1] ?? []);
    expect([...new Set(kinds)].sort()).toEqual([...documentKinds].sort());
  });

  it('has no route the stack does not let through', () => {
    const patterns = keys.map((key) => {
      const [method = '', path = ''] = key.split(' ');
      const shape = path.replace(/\{\w+\+\}/, '.+').replaceAll(/\{\w+\}/g, '[^/]+');
      return new RegExp(`^${method === 'ANY' ? '[A-Z]+' : method} ${shape}$`);
    });
    expect(documented.filter((route) => !patterns.some((pattern) => pattern.test(route)))).toEqual([]);
  });

  it('is handed out to anybody as it is checked in, and nothing beside it', async () => {
    const world = await openWorld('2026-11-20T09:30:00.000Z');
    const served = routesOf(world, loadTenant('demo'), { userOf: async () => undefined }).find(
      ([segment]) => segment === 'openapi.json',
    )!;
    const gateway = await openGateway([served], { log: silent });
    const got = await fetch(`${gateway.url}/openapi.json`);
    expect([got.status, got.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(await got.json()).toEqual(openApiDocument());
    const others = [fetch(`${gateway.url}/openapi.json/config.json`), fetch(got.url, { method: 'POST' })];
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual([404, 405]);
    await gateway.close();
    await world.close();
  });

  it('has the routes of the embedded edition, and no other', async () => {
    const world = await openWorld('2026-11-20T09:30:00.000Z');
    const gateway = routesOf(world, loadTenant('demo'), { userOf: async () => undefined });
    await world.close();
    const first = documented.map((route) => route.split('/')[1]!);
    expect([...new Set(first)].sort()).toEqual(
      gateway
        .map(([segment]) => segment)
        .filter((one) => one !== 'panel')
        .sort(),
    );
  });
});
