import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { TouchCaptured } from '../../events/touch-captured.v1.ts';
import type { PlaybookInput } from '../../lib/domain/playbook/playbook.ts';
import { matchedSignals } from '../../lib/domain/signals.ts';
import { touch } from '../simulation/lines.ts';
import { testPlaybook } from './playbooks.ts';

type Match = PlaybookInput['signals'][string]['match'];

const at = '2026-11-20T09:30:00.000Z';
const matches = (match: Match, given: Partial<TouchCaptured>): boolean => {
  const playbook = testPlaybook({ signals: { tried: { label: 'Tried', match, points: 1 } } });
  return matchedSignals(touch({ id: 't', occurredAt: at, ...given }), playbook).includes('tried');
};
const page = (url: string): Partial<TouchCaptured> => ({ kind: 'page', page: { url } });

describe('each thing that can be matched', () => {
  test.each<[string, Match, Partial<TouchCaptured>, Partial<TouchCaptured>]>([
    ['kind', { kind: 'webinar' }, { kind: 'webinar' }, { kind: 'call' }],
    [
      'form',
      { form: 'newsletter' },
      { form: { id: 'newsletter', answers: {} } },
      { form: { id: 'other', answers: {} } },
    ],
    [
      'answer',
      { answer: { field: 'timeframe', is: 'this-year' } },
      { form: { id: 'f', answers: { timeframe: 'this-year' } } },
      { form: { id: 'f', answers: { timeframe: 'This-Year' } } },
    ],
    ['url', { url: '*/pricing' }, page('https://s.example/pricing'), page('https://s.example/pricing/eu')],
    ['event', { event: 'Demo Requested' }, { event: 'demo requested' }, { event: 'Demo' }],
    ['campaign', { campaign: 'spring-*' }, { campaign: 'Spring-2026' }, { campaign: 'autumn' }],
    ['topic', { topic: 'price*' }, { page: { topic: 'Prices' } }, { page: { topic: 'jobs' } }],
    [
      'one of several answers',
      { answer: { field: 'timeframe', is: ['now', 'soon'] } },
      { form: { id: 'f', answers: { timeframe: 'soon' } } },
      { form: { id: 'f', answers: { timeframe: 'later' } } },
    ],
    [
      'words in an answer',
      { answer: { field: 'need', contains: 'audit' } },
      { form: { id: 'f', answers: { need: 'Before our Audit in May' } } },
      { form: { id: 'f', answers: { need: 'a report' } } },
    ],
    [
      'any answer',
      { answer: { field: 'need' } },
      { form: { id: 'f', answers: { need: 'a report' } } },
      { form: { id: 'f', answers: { need: '' } } },
    ],
    ['title', { title: 'Case *' }, { page: { title: 'Case study' } }, { page: { title: 'A case' } }],
    ['referrer', { referrer: '*news.example*' }, { page: { referrer: 'https://news.example/' } }, { page: {} }],
    ['source', { source: 'crm*' }, { source: 'crm-2' }, { source: 'web' }],
    ['any of several', [{ kind: 'call' }, { event: 'Played' }], { event: 'Played' }, { event: 'Paused' }],
    ['dwell', { minimumDwellSeconds: 30 }, { page: { dwellSeconds: 30 } }, { page: { dwellSeconds: 29.9 } }],
  ])('%s', (_, match, good, bad) => {
    expect(matches(match, good)).toBe(true);
    expect(matches(match, bad)).toBe(false);
    expect(matches(match, {})).toBe(false);
  });

  it('matches no dwell time where none was measured, even with a minimum of 0', () => {
    expect(matches({ minimumDwellSeconds: 0 }, { page: {} })).toBe(false);
    expect(matches({ minimumDwellSeconds: 0 }, { page: { dwellSeconds: 0 } })).toBe(true);
  });

  it('takes a page view for its url only, not a form sent from that page', () => {
    expect(matches({ url: '*/pricing' }, { ...page('https://s.example/pricing'), kind: 'form' })).toBe(false);
  });

  it('takes how long somebody stayed on a page from when they left it', () => {
    const left = { kind: 'event', event: 'Page Left', page: { url: 'x/pricing', dwellSeconds: 45 } } as const;
    expect(matches({ url: '*/pricing', minimumDwellSeconds: 30 }, left)).toBe(true);
    expect(matches({ url: '*/pricing', minimumDwellSeconds: 60 }, left)).toBe(false);
    expect(matches({ url: '*/pricing' }, left)).toBe(false);
  });

  it('asks for all that is named', () => {
    const match = { kind: 'page', url: '*/pricing', minimumDwellSeconds: 10 } as const;
    expect(matches(match, { kind: 'page', page: { url: 'x/pricing', dwellSeconds: 10 } })).toBe(true);
    expect(matches(match, { kind: 'page', page: { url: 'x/pricing' } })).toBe(false);
  });
});

describe('a pattern', () => {
  test.each([
    ['*', '', true],
    ['*', 'anything', true],
    ['a*', 'a', true],
    ['*a', 'ba', true],
    ['*a', 'ab', false],
    ['a*c', 'abbc', true],
    ['a*c', 'abbcd', false],
    ['a**c', 'ac', true],
    ['a', 'A', true],
    ['a', 'aa', false],
    ['*/pricing*', 'https://s.example/PRICING?x=1', true],
    ['*line*', 'first\nline two', true],
    ['a.c', 'abc', false],
    ['a.c', 'a.c', true],
    ['(a+)+$', '(a+)+$', true],
    ['a|b', 'b', false],
    ['[ab]', 'a', false],
    ['[ab]', '[ab]', true],
    ['a?b', 'ab', false],
    ['a?b', 'a?b', true],
    ['a\\b', 'a\\b', true],
    ['^a', '^a', true],
    ['{2}', '{2}', true],
    ['$', '$', true],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['ab*ba', 'aba', false],
    ['*ab*b', 'ab', false],
    ['*ab*b', 'abb', true],
    ['a*b*b*c', 'abc', false],
    ['a*b*b*c', 'abbc', true],
  ])('%j over %j: %s', (campaign, text, expected) => {
    expect(matches({ campaign }, { campaign: text })).toBe(expected);
  });

  it('answers a long text against many stars soon', () => {
    const started = performance.now();
    matches({ url: '*a*a*b' }, page('a'.repeat(2_000)));
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('says what the regular expression would', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '/'), maxLength: 12 });
    const glob = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*'), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(glob, text, (campaign, given) => {
        const reference = new RegExp(`^${campaign.replaceAll('.', '\\.').replaceAll('*', '.*')}$`, 's');
        expect(matches({ campaign }, { campaign: given })).toBe(reference.test(given));
      }),
      { numRuns: 1_000 },
    );
  });
});

it('gives one touch to every signal it feeds, in the order of the playbook', () => {
  const view = touch({ id: 't', occurredAt: at, ...page('https://s.example/pricing') });
  expect(matchedSignals(view, testPlaybook())).toEqual(['pricing', 'any-page']);
});
