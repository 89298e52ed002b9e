// Personal data stays where it belongs, on the local cloud: people send all they can to every door, some of it fails on the way, and none of it is
// in a line of any log (counts among them), in an event of the bus, or in what an alarm says.
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { leadIdOfEmail } from '../../lib/domain/ids.ts';
import { allOf } from '../../lib/table/items.ts';
import { leadKey, quarantinePartition } from '../../lib/table/keys.ts';
import { deployedAlarms } from '../alarms/local-cloud-eyes.ts';
import { everyLine } from '../e2e/cloud-logs.ts';
import { eventually } from '../e2e/eventually.ts';
import { postForm } from '../e2e/post.ts';
import type { WatchedCloud } from '../e2e/watched-cloud.ts';
import { canary } from '../fuzz/spoil.ts';
import { signed, writeKey } from '../fuzz/target.ts';
import { emailOf, linesOf } from './person.ts';

const within = { withinMs: 60_000, lookEveryMs: 500 };
const address = '203.0.113.77';
/** All that is theirs has one of these in it; `canary` is what those sent whose requests were like none. */
const theirs = new RegExp(`.{0,80}(?:(?:anna|carl)(?:other)?zz|\\+1 ?555 ?0199|${address}|${canary}).{0,40}`, 'gi');

/** Of what was read, the places where something of theirs stands. */
const found = (texts: readonly string[]): string[] => texts.flatMap((text) => text.match(theirs) ?? []);

export const canaryOnCloud = (current: () => WatchedCloud) => {
  let trace = '';

  const post = async (path: string, body: object, headers: Record<string, string> = {}): Promise<number> => {
    const sent = Buffer.from(JSON.stringify(body));
    const { status } = await fetch(`${current().cloud.apiUrl}${path}`, {
      method: 'POST',
      headers: {
        ...{
          'content-type': 'application/json',
          'x-forwarded-for': address,
          'user-agent': 'Mozilla/5.0 carlzzbrowser',
        },
        ...{ referer: 'https://seller.example/carlzzpage', cookie: 'session=carlzzcookie' },
        ...(path.startsWith('/crm/') && signed(sent, randomUUID())),
        ...headers,
      },
      body: sent,
    });
    return status;
  };

  /** By every door, of those that are taken and of those that are refused. */
  const sendAll = async (): Promise<void> => {
    const email = emailOf('carl');
    const person = { email, 'first-name': 'Carlzzfirst', 'last-name': 'Carlzzlast', company: 'Acme' };
    const answer = await postForm({ apiUrl: current().cloud.apiUrl }, 'demo-request', person);
    expect(answer.status).toBe(202);
    trace = answer.headers.get('x-trace-id') ?? '';
    const visitor = { anonymousId: 'carlzzbrowser', messageId: randomUUID(), timestamp: new Date().toISOString() };
    const page = {
      url: 'https://seller.example/carlzzpath?q=carlzzquery',
      title: 'carlzztitle',
      referrer: 'carlzzfrom',
    };
    const traits = { email, phone: '+1 555 0199', address: { street: 'Carlzzstreet 1' }, name: 'Carlzz Name' };
    const hits = [
      { ...visitor, type: 'identify', userId: 'carlzzuser', traits, context: { ip: address, page } },
      { ...visitor, messageId: randomUUID(), type: 'track', event: 'carlzzevent', properties: page },
    ];
    expect(await post('/v1/batch', { writeKey, batch: hits })).toBe(200);
    const record = { object: 'person', externalId: 'carlzzrecord', occurredAt: new Date().toISOString() };
    const changes = [{ ...record, email, profile: { firstName: 'Carlzzcrm' }, crmStage: 'carlzzstage' }];
    expect(await post('/crm/crm', { changes })).toBe(202);
    // Refused.
    expect(await post('/forms/demo-request', { ...person, email: 'carlzz is no address' })).toBe(400);
    expect(await post('/forms/carlzzform', person)).toBe(404);
    expect(await post('/v1/batch', { writeKey: 'carlzzkey', batch: hits })).toBe(401);
    expect(await post('/v1/batch', { writeKey, batch: [{ ...hits[1], timestamp: 'carlzzwhen' }] })).toBe(400);
    expect(await post('/crm/crm', { changes: [{ ...changes[0], occurredAt: 'carlzzwhen' }] })).toBe(400);
    expect(await post('/leads/actions', { lead: email }, { authorization: 'Bearer carlzztoken' })).toBe(401);
  };

  const begin = () => {
    describe('personal data', () => {
      test('comes in by every door, is worked on, fails, and is set aside', { timeout: 120_000 }, async () => {
        const { send, depth, table, hurrying } = current();
        await sendAll();
        // All there is to know of somebody, among it a line that is set aside.
        await send('prompt', JSON.stringify(linesOf('anna')));
        const deadBefore = (await depth('prompt-dlq')).visible;
        await hurrying(async () => {
          await send('prompt', `{"broken": "${emailOf('anna')}`);
          const bodies = { sla: 'notes', notify: 'mail', assess: 'account', 'sync-crm': 'record', outbound: 'told' };
          for (const [queue, name] of Object.entries(bodies))
            await send(queue, JSON.stringify({ type: 'lead-routed.v1', leadId: emailOf('anna'), name }));
          await eventually({ what: 'both to be there, one dead, one set aside', ...within }, async () => {
            const people = await Promise.all(
              ['anna', 'carl'].map((who) => table.get(leadKey(leadIdOfEmail(emailOf(who))))),
            );
            const aside = allOf('quarantine', await table.query(quarantinePartition));
            const isAside = aside.some(({ line }) => line.id === 'anna-broken');
            const dead = (await depth('prompt-dlq')).visible;
            return people.every(Boolean) && isAside && dead > deadBefore ? true : undefined;
          });
        });
      });
    });
  };

  /** When all has been done that is done here. */
  const atLast = () => {
    test('personal data is in no log, no count, no event and no alarm', { timeout: 60_000 }, async () => {
      const { cloud, heard } = current();
      const lines = await everyLine(cloud.endpoint);
      const logs = lines.map(({ line }) => line);
      const events = [...(await heard())];
      const alarms = (await deployedAlarms(cloud.endpoint)).map((alarm) => JSON.stringify(alarm));
      // What looks through them finds what is there.
      const mentions = (texts: readonly string[], text: string) => texts.some((one) => one.includes(text));
      const own = leadIdOfEmail(emailOf('carl'));
      expect([mentions(logs, trace), mentions(logs, '"CloudWatchMetrics"'), mentions(events, own)]).toEqual([
        true,
        true,
        true,
      ]);
      const saying = new Set(lines.map(({ group }) => group));
      for (const name of [
        'capture-forms',
        'capture-hits',
        'capture-crm',
        'fold',
        'assess',
        'route',
        'notify',
        'publish',
      ])
        expect(saying).toContain(`/muster/demo/${name}`);
      expect(alarms.length).toBeGreaterThan(20);
      expect(found([...logs, ...events, ...alarms]).slice(0, 5)).toEqual([]);
    });
  };
  return { begin, atLast };
};
