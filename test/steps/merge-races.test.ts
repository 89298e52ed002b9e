// What the CRM merges while another line is folded, before each call of the table that makes: all stands as if one had come after the
// other.
import { describe, expect, it } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import { decideMatch, pageView } from '../simulation/lines.ts';
import { asks, at } from './matching-lines.ts';
import { foldBoth } from './meanwhile.ts';
import { a, acme, bigco, carla, contract, deleted, everybody, merged, opportunity } from './merge-lines.ts';
import { asksWith, call, record } from './record-lines.ts';

const [bea, ben, cyd] = ['bea@acme.example', 'ben@acme.example', 'cyd@globex.example'];
const assign = (id: string, time: string, lead: string, given: object = {}): Captured =>
  decideMatch(id, at(time), { decision: 'assign', lead, accountId: a, ...given });
const named = [asks('n', '09:10', 'dan@gmail.com', 'Zeppo Works')];
const visit: Captured = { ...pageView('v2', at('10:00'), 'anon:2', '/pricing'), ip: '203.0.113.7' };
const companies = [acme, bigco, carla];
const intoB = merged('11:00', 'A', 'B');

const races: [string, Captured[], Captured, Captured][] = [
  ['an opportunity comes', companies, opportunity('o2', '10:00', 'A'), intoB],
  ['an opportunity moves in', [...companies, opportunity('o1', '09:00', 'C')], opportunity('o2', '10:00', 'A'), intoB],
  ['a contract moves out', [...companies, contract('c1', '09:00', 'A')], contract('c2', '10:00', 'C'), intoB],
  ['a record names the account', companies, record('10:00', 'p9', { email: bea, accountExternalId: 'A' }), intoB],
  ['a lead comes by domain', companies, asks('f', '10:00', bea), intoB],
  ['a lead comes by name', companies, asks('f', '10:00', 'bea@gmail.com', 'Acme Bearings'), intoB],
  [
    'a lead is assigned',
    [...companies, asks('f', '09:00', 'dan@gmail.com')],
    assign('d', '10:00', 'dan@gmail.com'),
    intoB,
  ],
  [
    'a lead comes by a name that was assigned',
    [...companies, ...named, assign('d', '09:20', 'dan@gmail.com', { company: 'Zeppo Works' })],
    asks('f', '10:00', 'bea@gmail.com', 'Zeppo Works'),
    intoB,
  ],
  [
    'a lead comes by a domain that was assigned',
    [...companies, ...named, assign('d', '09:20', 'dan@gmail.com', { domain: 'zeppo.example' })],
    asks('f', '10:00', 'bea@zeppo.example'),
    intoB,
  ],
  ['a visitor comes', companies, visit, intoB],
  ['a visitor comes to a chain', [...companies, intoB], visit, merged('11:01', 'B', 'C')],
  ['the merge before is followed', [...companies, ...everybody], intoB, merged('11:01', 'B', 'C')],
  ['the merge after is followed', [...companies, ...everybody], merged('11:01', 'B', 'C'), intoB],
  ['it is merged', [...companies, ...everybody], intoB, merged('11:01', 'A', null)],
  ['it is given back', [...companies, ...everybody, intoB], merged('11:01', 'A', null), merged('11:02', 'B', 'C')],
  ['its heir is deleted', [...companies, ...everybody], deleted('11:01', 'B', true), intoB],
  ['it is deleted', [...companies, ...everybody], deleted('11:01', 'A', true), merged('11:02', 'C', 'A')],
];
describe('an account is merged while', () => {
  it.each(races)('%s', { timeout: 60_000 }, async (_, before, line, other) => {
    const { calls } = await foldBoth(at('12:00'), before, [line, other]);
    expect(calls).toBeGreaterThan(3);
  });
});

const known = [
  ...[record('08:00', 'p1', { email: bea }), record('08:01', 'p2', { email: ben })],
  ...[record('08:02', 'p3', { email: bea }), record('08:03', 'p4', { email: cyd })],
  ...[asksWith('09:00', bea), asksWith('09:01', ben), asksWith('09:02', cyd)],
];
const p2InP1 = record('10:00', 'p2', { mergedInto: 'p1' });
const recordRaces: [string, Captured[], Captured, Captured][] = [
  ['another is merged into another record of that person', known, p2InP1, record('10:01', 'p4', { mergedInto: 'p3' })],
  ['the other way round', known, record('10:01', 'p4', { mergedInto: 'p3' }), p2InP1],
  ['the merge is taken back', known, p2InP1, record('10:01', 'p2', { mergedInto: null })],
  [
    'it is merged again',
    [...known, p2InP1],
    record('10:01', 'p2', { mergedInto: null }),
    record('10:02', 'p2', { mergedInto: 'p4' }),
  ],
  ['the one merged away is called', known, p2InP1, call('10:01', 'p2')],
  ['the call is folded', known, call('10:01', 'p2'), p2InP1],
  ['the one merged away turns out to be somebody else', known, p2InP1, record('10:01', 'p2', { email: cyd })],
  ['that is folded', known, record('10:01', 'p2', { email: cyd }), p2InP1],
  ['who stays is deleted', known, p2InP1, record('10:01', 'p1', { deleted: true })],
  [
    'one without an address is',
    known,
    record('10:01', 'p9', { mergedInto: 'p1' }),
    record('10:02', 'p1', { email: cyd }),
  ],
];
describe('a record is merged while', () => {
  it.each(recordRaces)('%s', { timeout: 60_000 }, async (_, before, line, other) => {
    const { calls } = await foldBoth(at('12:00'), before, [line, other]);
    expect(calls).toBeGreaterThan(3);
  });
});
