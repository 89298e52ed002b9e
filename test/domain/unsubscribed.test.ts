// Who is unsubscribed at the CRM has withdrawn, since when, and what takes that back.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import { emptyState, hearLine, unionOfStates } from '../../lib/domain/lead.ts';
import { crm, demoRequest } from '../simulation/lines.ts';

const seed = Number(process.env.MUSTER_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`unsubscribed: MUSTER_SEED=${seed}`);

const email = 'bea@acme.example';
const at = (hour: number): string => `2026-11-20T${String(hour).padStart(2, '0')}:00:00.000Z`;
/** What the CRM says, with the whole record, as of whatever was changed in it. */
const says = (hour: number, unsubscribed: boolean): Captured =>
  crm(`c${hour}${unsubscribed}`, at(hour), { object: 'person', externalId: '1', unsubscribed }, 'hubspot');
const agrees = (hour: number, marketing = true): Captured =>
  demoRequest(`f${hour}`, at(hour), email, { consent: { marketing } });

const heard = (lines: readonly Captured[]) => lines.reduce(hearLine, emptyState);
/** Of the person whose record it is, and who sent the forms. */
const consentAfter = (...lines: Captured[]) => {
  const [record, own] = [lines.filter(({ type }) => type === 'crm-change-captured.v1'), lines].map(heard);
  const person = heard(lines.filter(({ type }) => type === 'touch-captured.v1'));
  expect(unionOfStates([own!]).consent).toEqual(unionOfStates([person, record!]).consent);
  return unionOfStates([person, record!]).consent;
};
const withdrawn = (hour: number) => ({ value: false, at: at(hour), source: 'hubspot' });

describe('who is unsubscribed at the CRM', () => {
  it('has withdrawn what they agreed to in a form before', () => {
    expect(consentAfter(agrees(8), says(9, true))).toEqual(withdrawn(9));
  });

  it('has agreed again by a form since, however often the record is said again, whatever is changed in it', () => {
    expect(consentAfter(says(9, true), agrees(10), says(11, true), says(12, true))).toMatchObject({
      ...{ value: true, at: at(10), source: 'form' },
    });
  });

  it('stays withdrawn when only the CRM takes it back, which is nobody’s word', () => {
    expect(consentAfter(agrees(8), says(9, true), says(10, false))).toEqual(withdrawn(9));
    expect(consentAfter(says(9, true), says(10, false), agrees(11))?.value).toBe(true);
  });

  it('who is so a second time has withdrawn a second time', () => {
    expect(consentAfter(says(9, true), agrees(10), says(11, false), says(12, true))).toEqual(withdrawn(12));
  });

  it('has withdrawn earlier, once it is heard that it was said before', () => {
    expect(consentAfter(says(11, true), agrees(10), says(9, true))).toMatchObject({ value: true });
  });

  it('says nothing by not being so', () => {
    expect(consentAfter(says(9, false))).toBeUndefined();
    expect(consentAfter(agrees(8), says(9, false))).toMatchObject({ value: true, at: at(8) });
  });

  it('may withdraw by what a form says too', () => {
    expect(consentAfter(says(9, true), agrees(10, false))).toMatchObject({ value: false, at: at(10), source: 'form' });
  });
});

it('is the same in any order, and said any number of times', () => {
  // Ten moments of a record are kept, whichever they are.
  const crmSays = fc.uniqueArray(fc.tuple(fc.nat(23), fc.boolean()), {
    ...{ maxLength: 10, selector: ([hour, is]) => `${hour}${is}` },
  });
  const forms = fc.uniqueArray(fc.tuple(fc.nat(23), fc.boolean()), { maxLength: 4, selector: ([hour]) => hour });
  const lines = fc
    .tuple(crmSays, forms)
    .map(([records, sent]) => [
      ...records.map(([hour, is]) => says(hour, is)),
      ...sent.map(([hour, is]) => agrees(hour, is)),
    ]);
  fc.assert(
    fc.property(
      lines.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
      ),
      ([all, shuffled]) => {
        expect(heard(shuffled)).toEqual(heard(all));
        expect(consentAfter(...shuffled)).toEqual(consentAfter(...all));
      },
    ),
    { seed },
  );
});

it('is kept of few moments, the first of them included, through hundreds of edits of something else', () => {
  const edits = Array.from({ length: 300 }, (_, n) =>
    crm(`e${n}`, new Date(Date.UTC(2027, 0, 1) + n * 3_600_000).toISOString(), {
      ...{ object: 'person', externalId: '1', unsubscribed: true },
    }),
  );
  const state = heard([says(8, false), says(9, true), ...edits.map((line) => ({ ...line, source: 'hubspot' }))]);

  expect(state.unsubscribed?.said).toHaveLength(10);
  expect(unionOfStates([state]).consent).toEqual(withdrawn(9));
});
