// What rate of forms one process holds, each carried through to a routed lead; and that none it accepted is lost: at that rate, above
// it, and when it is killed in the middle.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../cli/local-cloud/ministack.ts';
import { tenantsFolder } from '../../infra/tenant.ts';
import { accountIdOfDomain } from '../../lib/domain/ids.ts';
import { domainOf, emailOf } from './buyers.ts';
import { whatWasKept } from './load/kept.ts';
import { type Accepted, postForms } from './load/post.ts';
import { type Server, startServer } from './load/server.ts';

const seconds = Number(process.argv[3] ?? 10);
/** Forms a second, tried in turn. */
const rates = [100, 200, 300, 400, 500, 600, 700, 800, 900, 1_000, 1_200, 1_500];
/** A rate is held where the last form's lead has its owner so soon after it was accepted, and the answers do not wait. */
const routedWithinMs = 2_000;
const answeredWithinMs = 1_000;

const isRouted = async ({ url, readToken }: Server, person: number): Promise<boolean> => {
  const response = await fetch(`${url}/api/accounts/${accountIdOfDomain(domainOf(person))}`, {
    headers: { authorization: `Bearer ${readToken}` },
  });
  const text = await response.text();
  return response.ok && text.includes(emailOf(person)) && text.includes('"assignmentId"');
};

/** How long after posting has ended. */
const routedAfter = async (server: Server, person: number): Promise<number> => {
  const began = performance.now();
  while (!(await isRouted(server, person))) {
    if (performance.now() - began > 120_000)
      throw new Error(`the lead of ${emailOf(person)} was not routed within two minutes`);
    await wait(20);
  }
  return performance.now() - began;
};

/** Posts at each rate until one is not held; answers the last that was. */
const rateHeld = async (server: Server, next: () => number, into: Accepted): Promise<number> => {
  let held = 0;
  for (const rate of rates) {
    const { accepted, p99, last } = await postForms(server.url, { rate, seconds, next, into });
    const behind = last === undefined ? Number.POSITIVE_INFINITY : await routedAfter(server, last);
    const isHeld = accepted >= 0.97 * rate * seconds && p99 <= answeredWithinMs && behind <= routedWithinMs;
    console.error(
      `${rate} a second: ${accepted} accepted in ${seconds} s, 99 of 100 answered within ${p99} ms, the last routed after ${behind.toFixed(0)} ms${isHeld ? '' : ': not held'}`,
    );
    if (!isHeld) break;
    held = rate;
  }
  return held;
};

export const benchLoad = async () => {
  const data = mkdtempSync(join(tmpdir(), 'muster-load-'));
  const playbook = join(data, 'playbook.yaml');
  // The demo's clock of a minute would add reminders to the work; a real one runs for hours.
  const demo = readFileSync(join(tenantsFolder, 'demo.playbook.yaml'), 'utf8');
  writeFileSync(playbook, demo.replace('within: 60 seconds', 'within: 4 hours'));
  const into: Accepted = { touches: new Map(), refused: 0, unanswered: 0 };
  let number = 0;
  const next = () => number++;
  const begin = async () => startServer({ data, playbook, port });
  const port = await freePort();
  let server = await begin();
  try {
    const held = await rateHeld(server, next, into);
    const above = await postForms(server.url, { seconds, next, into });
    console.error(`as fast as they are answered: ${above.accepted} accepted in ${seconds} s`);

    const beforeKill = into.touches.size;
    const posting = postForms(server.url, { rate: Math.max(held, rates[0]!), seconds: 2 * seconds, next, into });
    await wait((seconds * 1_000) / 2);
    await server.kill();
    const acceptedThen = into.touches.size - beforeKill;
    server = await begin();
    await posting;
    console.error(
      `killed in the middle: ${acceptedThen} accepted before, ${into.touches.size - beforeKill - acceptedThen} after it was started again`,
    );
    await server.stop();

    const { doubled, deadLetters, ...kept } = await whatWasKept(join(data, 'muster.db'), new Set(into.touches.keys()));
    console.error(
      `refused ${into.refused}, unanswered ${into.unanswered}; lines that stand twice ${doubled}; dead letters ${JSON.stringify(deadLetters)}`,
    );
    return {
      formsPerSecondHeld: held,
      acceptedPerSecondAbove: Math.round(above.accepted / seconds),
      accepted: into.touches.size,
      ...kept,
      doubled,
    };
  } finally {
    await server.kill();
    rmSync(data, { recursive: true, force: true });
  }
};
