// A table as CSV (RFC 4180) that is safe to open in a spreadsheet. Own code: the one rule that is not quoting, which cells a
// spreadsheet would run, is ours to decide, and streaming needs no more than a row as text.

export type Cell = string | number | undefined;

/** What makes a spreadsheet take a cell for a formula, the wide forms of East Asian keyboards included; some do so behind spaces and
 * characters that are not seen too. */
const startsFormula = /^(?:[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|[\t\r\n])/u;
/** A number stays one; `+49 30 1234` and `-1+1` are none. */
const plainNumber = /^-?\d+(\.\d+)?$/;
/** Semicolons too: where the decimal sign is a comma, spreadsheets part cells by them. */
const needsQuotes = /[",;]|^\s|\s$/;
/** A terminal does what these say, to whoever looks at a list there: strangers type what stands in it. */
const controls = /\p{Cc}/gu;
/** Marks that turn text round: what is seen would not be what is there. Others that are not seen are part of how languages are
 * written, and stay. */
const turns = /\p{Bidi_Control}/gu;

const cellText = (cell: Cell): string => {
  const text = String(cell ?? '').replace(turns, '');
  const safe = (startsFormula.test(text) && !plainNumber.test(text) ? `'${text}` : text).replace(controls, ' ');
  return needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** One record with its line break, the only one: each control character in a cell is a space. */
export const csvRow = (cells: readonly Cell[]): string => `${cells.map(cellText).join(',')}\r\n`;
