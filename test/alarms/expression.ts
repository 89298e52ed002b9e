// As much of CloudWatch's metric math as the alarms use: numbers, ids, + - * /, comparisons, IF and FILL, on one datapoint each.
// What it does not know is an error: an alarm whose expression it cannot read has not been tested.

type Value = number | undefined;
type Of = (id: string) => Value;

const tokens = (text: string): string[] => {
  const found = text.match(/\d+(?:\.\d+)?|[A-Za-z_]\w*|>=|<=|==|!=|[-+*/(),<>]/g) ?? [];
  if (found.join('') !== text.replaceAll(/\s+/g, '')) throw new Error(`unreadable expression: ${text}`);
  return found;
};

const compare: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};
const multiply: Readonly<Record<string, (a: number, b: number) => Value>> = {
  '*': (a, b) => a * b,
  // CloudWatch has no datapoint where it would have to divide by zero.
  '/': (a, b) => (b === 0 ? undefined : a / b),
};
const add: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
};

/** The functions, on arguments of which any may be missing. */
const functions: Readonly<Record<string, (of: readonly Value[]) => Value>> = {
  FILL: ([series, instead]) => series ?? instead,
  // Without a condition there is no datapoint; of the two only what is chosen has to be there.
  IF: ([condition, yes, no]) => (condition === undefined ? undefined : condition !== 0 ? yes : no),
};

type Table = Readonly<Record<string, (a: number, b: number) => Value | boolean>>;

/** The expression's datapoint. Whatever is computed with a missing one is missing. */
export const evaluateExpression = (text: string, of: Of): Value => {
  const rest = tokens(text);
  const take = (wanted: string): void => {
    const got = rest.shift();
    if (got !== wanted) throw new Error(`expected "${wanted}" instead of "${got}" in: ${text}`);
  };
  const leftToRight = (table: Table, next: () => Value) => (): Value => {
    let value = next();
    for (let operator = table[rest[0]!]; operator !== undefined; operator = table[rest[0]!]) {
      rest.shift();
      const other = next();
      const result = value === undefined || other === undefined ? undefined : operator(value, other);
      value = typeof result === 'boolean' ? Number(result) : result;
    }
    return value;
  };
  const single = (): Value => {
    const token = rest.shift();
    if (token === undefined) throw new Error(`too short: ${text}`);
    if (/^\d/.test(token)) return Number(token);
    if (token === '-') return -(single() ?? Number.NaN);
    if (token === '(') {
      const value = whole();
      take(')');
      return value;
    }
    return rest[0] === '(' ? call(token) : of(token);
  };
  const call = (name: string): Value => {
    const work = functions[name];
    if (work === undefined) throw new Error(`no such function: ${name}`);
    take('(');
    const given = [whole()];
    while (rest[0] === ',') {
      rest.shift();
      given.push(whole());
    }
    take(')');
    return work(given);
  };
  const whole: () => Value = leftToRight(compare, leftToRight(add, leftToRight(multiply, single)));
  const value = whole();
  if (rest.length > 0) throw new Error(`too long: ${text}`);
  return value;
};
