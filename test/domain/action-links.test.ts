// Links that say what somebody did: only as they were made, only for their time, with either secret while one is being changed.
import { expect, it, test } from 'vitest';
import { actionLink, type LinkedAction, readActionToken } from '../../lib/domain/action-links.ts';

const action: LinkedAction = {
  leadId: 'lead_9b74c9897bac770f',
  assignmentId: 'evt_0c1d2e3f4a5b6c7d8e9f.1',
  does: 'bad',
  reason: 'no-budget',
  exp: 1_796_000_000,
};
const now = 1_795_000_000_000;
const tokenOf = (what: LinkedAction, secret = 'new'): string =>
  actionLink('https://api.example/', secret, what).slice('https://api.example/act/'.length);

it('comes back as it was made, by whichever secret is live', () => {
  expect(actionLink('https://api.example/', 'new', action)).toMatch(/^https:\/\/api\.example\/act\/[\w-]+\.[\w-]{43}$/);
  expect(readActionToken(tokenOf(action), ['new', 'old'], now)).toEqual({ action });
  expect(readActionToken(tokenOf(action, 'old'), ['new', 'old'], now)).toEqual({ action });
});

it('is worth nothing from its end on', () => {
  expect(readActionToken(tokenOf(action), ['new'], 1_795_999_999_999)).toEqual({ action });
  expect(readActionToken(tokenOf(action), ['new'], 1_796_000_000_000)).toEqual({ refused: 'expired' });
});

const [payload, signature] = tokenOf(action).split('.') as [string, string];
const otherPayload = tokenOf({ ...action, does: 'follow-up', reason: undefined }).split('.')[0];
test.each([
  ['nothing', ''],
  ['no signature', payload],
  ['an empty one', `${payload}.`],
  ['half of it', `${payload}.${signature.slice(0, 20)}`],
  ['another thing under it', `${otherPayload}.${signature}`],
  ['something behind it', `${payload}.${signature}.x`],
  ['a secret of somebody else', tokenOf(action, 'theirs')],
  ['something else that was signed', tokenOf({ ...action, does: 'erase' } as unknown as LinkedAction)],
])('refuses %s', (_, token) => {
  expect(readActionToken(token, ['new', 'old'], now)).toEqual({ refused: 'not-ours' });
});

it('signs nothing without a secret, and takes nothing where there is none', () => {
  expect(() => tokenOf(action, '')).toThrow('no secret');
  expect(readActionToken(tokenOf(action), [], now)).toEqual({ refused: 'not-ours' });
});
