// Some hundreds of the requests of every-route.test.ts to the API as it is deployed, gateway and all: nothing fails, every answer is as
// documented, and what was taken is worked off.
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { AdminSetUserPasswordCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openApiDocument } from '../../functions/http/openapi/document.ts';
import { createUsers } from '../../lib/adapters/aws/users.ts';
import { everyLine } from '../e2e/cloud-logs.ts';
import { signInAs } from '../e2e/sign-in-page.ts';
import type { WatchedCloud } from '../e2e/watched-cloud.ts';
import { openFire } from './fire.ts';
import { type Answered, judgeOf } from './judge.ts';
import { type Fired, type Operation, requestsOf } from './requests.ts';
import { links, writeKnown } from './target.ts';

const seed = Number(process.env.MUSTER_SEED ?? Math.floor(Math.random() * 2 ** 31));
const requestsInAll = 500;
const atOnce = 3;

const { paths, components } = openApiDocument();
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation: operation as Operation })),
);

/** A token of somebody of that group, from the stack's own user pool. */
const signedIn = async ({ cloud: { endpoint, outputs, apiUrl } }: WatchedCloud, email: string, group: string) => {
  const cognito = new CognitoIdentityProviderClient({ endpoint, region: 'eu-central-1' });
  const { UserPoolId, UserPoolClientId: clientId } = outputs;
  await createUsers(UserPoolId, cognito).add(email, group);
  const Password = `Sesame-${randomUUID()}-Open`;
  await cognito.send(new AdminSetUserPasswordCommand({ UserPoolId, Username: email, Password, Permanent: true }));
  cognito.destroy();
  return signInAs({ url: endpoint, clientId, panel: `${apiUrl}/panel/index.html` }, email, Password);
};

/** The gateway's own, of what is no route of the API: it never reaches a function. */
const isOfGateway = ({ status, text }: Answered): boolean => status === 404 && text === '{"message":"Not Found"}';

const shown = ({ method, url, headers, body }: Fired): string =>
  JSON.stringify({ method, url: url.slice(0, 200), headers, body: body?.toString('utf8').slice(0, 500) });

export const fuzzOnCloud = (current: () => WatchedCloud, queues: () => readonly string[]): void => {
  const depths = async (suffix = ''): Promise<Record<string, number>> => {
    const all = queues().map(async (name) => {
      const { visible, worked } = await current().depth(name + suffix);
      return [name, visible + worked] as const;
    });
    return Object.fromEntries(await Promise.all(all));
  };
  /** With what the steps complain of, where something is left. */
  const workedOff = async (): Promise<void> => {
    for (const until = Date.now() + 60_000; ; await wait(500)) {
      const now = await depths();
      if (Object.values(now).every((count) => count === 0)) return;
      if (Date.now() < until) continue;
      const lines = await everyLine(current().cloud.endpoint);
      const complaints = lines.flatMap(({ line }) => (line.includes('"level":"ERROR"') ? [line.slice(0, 1_500)] : []));
      throw new Error(`not worked off: ${JSON.stringify(now)}\n${complaints.slice(-8).join('\n')}`);
    }
  };

  describe('requests that are like none', () => {
    test('are answered as documented, and what is taken of them is worked off', { timeout: 200_000 }, async () => {
      console.log(`fuzz on the cloud: MUSTER_SEED=${seed}`);
      const { cloud, table } = current();
      await writeKnown(table, new Date().toISOString());
      const tokens = {
        'fuzz-rep': await signedIn(current(), 'ada@demo.example', 'rep'),
        'fuzz-admin': await signedIn(current(), 'root@demo.example', 'admin'),
      };
      await workedOff();
      const deadBefore = await depths('-dlq');

      const each = Math.ceil(requestsInAll / operations.length);
      const left = operations.flatMap(({ path, method, operation }, place) => {
        const judge = judgeOf(operation, components.schemas.Problem);
        const requests = fc.sample(requestsOf({ links }, path, method, operation), {
          numRuns: each,
          seed: seed + place,
        });
        return requests.map((fired) => ({ fired, judge }));
      });
      const { port, pathname } = new URL(cloud.apiUrl);
      const faults: string[] = [];
      const counts: Record<string, number> = {};
      const work = async (): Promise<void> => {
        const shots = openFire(Number(port));
        for (let next = left.shift(); next !== undefined; next = left.shift()) {
          const { fired, judge } = next;
          const authorization = fired.headers.authorization?.replace(
            /^Bearer (fuzz-rep|fuzz-admin)$/,
            (_, who: keyof typeof tokens) => `Bearer ${tokens[who]}`,
          );
          const headers = { ...fired.headers, ...(authorization !== undefined && { authorization }) };
          const answered = await shots.fire({ ...fired, url: pathname + fired.url, headers });
          counts[answered.status] = (counts[answered.status] ?? 0) + 1;
          const fault = isOfGateway(answered) ? undefined : judge(answered);
          if (fault !== undefined) faults.push(`${fault} to ${shown(fired)}`);
        }
        shots.close();
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      console.log(`fuzz on the cloud: ${JSON.stringify(counts)}`);
      expect(faults.slice(0, 5)).toEqual([]);
      expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(requestsInAll);
      const accepted = Object.entries(counts).filter(([status]) => status < '400');
      expect(accepted.reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThan(requestsInAll / 5);

      await workedOff();
      expect(await depths('-dlq')).toEqual(deadBefore);
    });
  });
};
