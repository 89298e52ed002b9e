import { describe, expect, it } from 'vitest';
import { csvRow } from '../../lib/domain/csv.ts';

describe('a row of CSV', () => {
  it('ends with a line break and leaves empty what is not known', () => {
    expect(csvRow(['a', undefined, 3, ''])).toBe('a,,3,\r\n');
  });

  it.each([
    ['a comma, "quoted"', '"a comma, ""quoted"""'],
    ['a;=1+1', '"a;=1+1"'],
    [' padded ', '" padded "'],
    ['plain', 'plain'],
  ])('quotes what would break a record: %j', (text, cell) => {
    expect(csvRow([text])).toBe(`${cell}\r\n`);
  });

  it.each([
    ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
    ['+49 30 1234', "'+49 30 1234"],
    ['+4930', "'+4930"],
    ['-1+1', "'-1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "' =1"],
    ['\r=1', "' =1"],
    ['＝1', "'＝1"],
    ['\u200f=1', "'=1"],
    ['-', "'-"],
    ['\0=1+1', "' =1+1"],
    [' =1+1', "' =1+1"],
    ['\u00a0@SUM(A1)', "'\u00a0@SUM(A1)"],
    ['\ufeff=1', "'\ufeff=1"],
    ['\u200b+1+1', "'\u200b+1+1"],
  ])('lets no spreadsheet run %j', (text, cell) => {
    expect(csvRow([text])).toBe(`${cell}\r\n`);
  });

  it.each([
    ['two\nlines', 'two lines'],
    ['\u001b[2J\u0007gone', '" [2J gone"'],
    ['\u009b31mred\u007f', '" 31mred "'],
    ['tab\tbed', 'tab bed'],
    ['\u202egpj.exe\u2066', 'gpj.exe'],
  ])('drives no terminal by %j', (text, cell) => {
    expect(csvRow([text])).toBe(`${cell}\r\n`);
  });

  it.each([-5, 0, -1.5, '-12', '12', 'a=b', 'x-y'])('leaves %j as it is', (cell) => {
    expect(csvRow([cell])).toBe(`${cell}\r\n`);
  });
});
