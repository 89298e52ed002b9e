// Fit rules that can never hold are refused, at their place.
import { describe, expect, test } from 'vitest';
import { complaints } from './complaints-of.ts';

describe('fit rules', () => {
  test.each([
    [
      'a field of the person, of the company',
      'of: person, field: seniority',
      'of: company, field: seniority',
      ['14:30 fit.leads.of: a company has no seniority; write of: person'],
    ],
    [
      'a field of the company, of the person',
      'of: company, field: employees',
      'of: person, field: employees',
      ['16:30 fit.large.of: a person has no employees; write of: company'],
    ],
    [
      'words of a number',
      'atLeast: 500',
      'contains: [many]',
      ['16:57 fit.large.contains: employees is a number; use atLeast and below, each alone or together'],
    ],
    [
      'a word for a number',
      'atLeast: 500',
      'is: ["500"]',
      ['16:57 fit.large.is: employees is a number; use atLeast and below, each alone or together'],
    ],
    [
      'a number of words',
      'contains: [purchasing]',
      'atLeast: 5',
      ['15:63 fit.title.atLeast: jobTitle is text: this never holds; use is or contains'],
    ],
    [
      'at least what it is below',
      'atLeast: 500',
      'atLeast: 500, below: 500',
      ['16:78 fit.large.below: nothing is at least 500 and below 500; take more than 500'],
    ],
    [
      'a seniority there is none of',
      '[vp, director]',
      '[vp, direktor]',
      ['14:65 fit.leads.is.1: direktor is no seniority; did you mean director?'],
    ],
    [
      'a function there is none of',
      'seniority, is: [vp, director]',
      'function, is: [purchasing]',
      [
        '14:60 fit.leads.is.0: purchasing is no function; there are: executive, sales, marketing, product, design, engineering, it, security, data, research, operations, procurement and 8 more',
      ],
    ],
    [
      'an e-mail kind there is none of',
      'seniority, is: [vp, director]',
      'emailKind, is: [busines]',
      ['14:61 fit.leads.is.0: busines is no emailKind; did you mean business?'],
    ],
    [
      'a persona there is none of',
      'seniority, is: [vp, director]',
      'persona, is: [byuer]',
      ['14:59 fit.leads.is.0: no persona is called byuer; did you mean buyer?'],
    ],
    [
      'words that no value has',
      'is: [vp, director]',
      'contains: [vice president]',
      [
        '14:56 fit.leads.contains: none of owner, c-level, vp, director, head, manager, senior, staff, entry, student contains it: this never holds; use is with the values you mean',
      ],
    ],
  ])('%s', (_, from, to, expected) => expect(complaints(from, to)).toEqual(expected));
});
