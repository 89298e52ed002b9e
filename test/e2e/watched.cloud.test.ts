// A tenant that has everything, on the local cloud, looked at from outside: what its alarms tell, what comes back of its mails, what becomes
// of requests that are like none, and what its logs and its bus never say.
import { afterAll, beforeAll } from 'vitest';
import { alarmsOnCloud } from '../alarms/caused-on-cloud.ts';
import { mailsThatComeBack } from '../alarms/mails-that-come-back.ts';
import { fuzzOnCloud } from '../fuzz/on-cloud.ts';
import { canaryOnCloud } from '../privacy/canary-on-cloud.ts';
import { openWatchedCloud, type WatchedCloud } from './watched-cloud.ts';

let watched: WatchedCloud | undefined;
beforeAll(async () => {
  watched = await openWatchedCloud();
}, 240_000);
afterAll(() => watched?.stop(), 30_000);
const current = (): WatchedCloud => {
  if (watched === undefined) throw new Error('the cloud did not open');
  return watched;
};

const alarms = alarmsOnCloud(current);
const canary = canaryOnCloud(current);
mailsThatComeBack(current, alarms.eyes);
fuzzOnCloud(current, () => alarms.eyes().queues);
canary.begin();
// Functions are broken for good then.
alarms.atLast();
canary.atLast();
