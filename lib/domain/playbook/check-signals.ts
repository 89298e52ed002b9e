// Signals that can never match, patterns that are meant otherwise than they are read, and caps that cap nothing.
import type { touchKind } from '../../../events/touch-captured.v1.ts';
import { suggestion } from '../nearest.ts';
import type { Problem } from '../schema-complaints.ts';
import type { Form, Playbook } from './playbook.ts';
import type { SignalMatch } from './signals.ts';

type Kind = (typeof touchKind.options)[number];
type Field = Exclude<keyof SignalMatch, 'kind'>;

/** What a touch of each kind can have. Our tracker tells the time on a page with an event, once the page is left. */
const carried = {
  form: ['form', 'answer', 'title', 'referrer', 'campaign', 'source'],
  page: ['url', 'title', 'referrer', 'topic', 'campaign', 'source', 'minimumDwellSeconds'],
  event: ['event', 'title', 'referrer', 'topic', 'campaign', 'source', 'minimumDwellSeconds'],
  identify: ['title', 'referrer', 'campaign', 'source'],
  group: ['title', 'referrer', 'campaign', 'source'],
  alias: ['title', 'referrer', 'campaign', 'source'],
  webinar: ['title', 'topic', 'campaign', 'source'],
  'trade-show': ['title', 'topic', 'campaign', 'source'],
  call: ['campaign', 'source'],
} as const satisfies Record<Kind, readonly Field[]>;

const kindsWith = (field: Field): Kind[] =>
  (Object.keys(carried) as Kind[]).filter((kind) => (carried[kind] as readonly Field[]).includes(field));

const checkKind = (match: SignalMatch, path: Problem['path']): Problem[] => {
  const { kind, ...rest } = match;
  const fields = Object.keys(rest) as Field[];
  for (const [index, field] of fields.entries()) {
    const kinds = kindsWith(field);
    if (kind !== undefined && !kinds.includes(kind)) {
      const message = `a touch of kind ${kind} has no ${field}: this never matches; take out one of the two`;
      return [{ path: [...path, 'kind'], message: `${message}, or say kind: ${kinds.join(' or ')}` }];
    }
    const other = fields.slice(0, index).find((one) => !kindsWith(one).some((two) => kinds.includes(two)));
    if (other !== undefined) {
      const message = `no touch has both ${other} and ${field}: this never matches; make it a list, \`match: [{ ${other}: … }, { ${field}: … }]\`, to count either`;
      return [{ path: [...path, field], message }];
    }
  }
  return [];
};

const texts = ['url', 'title', 'referrer', 'event', 'campaign', 'topic', 'source'] as const;

/** What only stands in regular expressions: `^` at the start, an escape, `.*` at the start or beside another sign of theirs.
 * Brackets, `$` and `.*` elsewhere may be meant as they stand: `[EMEA-2026]*`, `(Part 1|2)`, `datasheet.*`. */
const regularExpression =
  /^\^|\\[dDwWsSbB/.?]|^\.[*+]|[(|]\.[*+]|\.[*+][$|]|\.[*+]\([^()]*\|[^()]*\)|\([^()]*\|[^()]*\)\.[*+]/;

const checkPatterns = (match: SignalMatch, path: Problem['path']): Problem[] => {
  const patterns = texts.flatMap((field) => (match[field] === undefined ? [] : [[field, match[field]] as const]));
  const problems = [...patterns, ['contains', match.answer?.contains ?? ''] as const].flatMap(([field, text]) => {
    const found = regularExpression.exec(text)?.[0];
    if (found === undefined) return [];
    const message = `${found} looks like a regular expression, and only * is special: it stands for any text; write such as */pricing*`;
    return [{ path: [...path, ...(field === 'contains' ? ['answer', field] : [field])], message }];
  });
  if (problems.length > 0 || match.url === undefined || /^(\*|http)/i.test(match.url)) return problems;
  const whole = `*${match.url}`.replace(/\*?$/, '*');
  return [
    {
      path: [...path, 'url'],
      message: `a whole URL never starts with ${match.url}: this never matches; write ${whole}`,
    },
  ];
};

const holds = (answer: string, part: string): boolean =>
  part
    .toLowerCase()
    .split('*')
    .every((piece) => answer.toLowerCase().includes(piece));

const checkAnswer = (match: SignalMatch, path: Problem['path'], forms: Playbook['forms']): Problem[] => {
  const { answer, form: id } = match;
  if (answer === undefined) return [];
  if (id === undefined) {
    return [{ path: [...path, 'answer'], message: 'an answer is one of a form; say which, with form: its name' }];
  }
  const form: Form | undefined = forms[id];
  if (form === undefined) return [];
  const field = form.fields[answer.field];
  if (field === undefined) {
    const hint = suggestion(answer.field, Object.keys(form.fields), `add it under \`forms.${id}.fields\``);
    return [{ path: [...path, 'answer', 'field'], message: `form ${id} has no field ${answer.field}; ${hint}` }];
  }
  const { options } = field;
  const { is, contains } = answer;
  const problems = (options === undefined ? [] : (is ?? [])).flatMap((value, index): Problem[] => {
    if (options?.includes(value)) return [];
    const message = `${value} is no option of ${answer.field}; ${suggestion(value, options ?? [], '')}`;
    return [{ path: [...path, 'answer', 'is', index], message }];
  });
  const possible = is ?? options;
  if (contains !== undefined && possible && !possible.some((value) => holds(value, contains))) {
    const message = `none of ${possible.join(', ')} contains ${contains}: this never matches; say \`is\` with the options you mean`;
    problems.push({ path: [...path, 'answer', 'contains'], message });
  }
  return problems;
};

interface Worth {
  points: number;
  cap?: number | undefined;
  capPerDay?: number | undefined;
  halfLifeDays?: number | undefined;
}

/** Whether each cap leaves at least one touch's points and has an effect, of the numbers as the signal or a model has them. */
const checkCaps = ({ points, cap, capPerDay, halfLifeDays }: Worth, path: Problem['path']): Problem[] => {
  const one = Math.abs(points);
  const problems = Object.entries({ cap, capPerDay }).flatMap(([name, limit]): Problem[] => {
    if (limit === undefined || limit >= one) return [];
    return [{ path: [...path, name], message: `less than the ${one} points of one touch; take ${one} or more` }];
  });
  // With a half-life it does matter: what is left of two large days may come under the cap.
  if (cap !== undefined && capPerDay !== undefined && capPerDay > cap && halfLifeDays === undefined) {
    const message = `more a day than the ${cap} points in total: it never has an effect; take less than ${cap}, or leave it out`;
    problems.push({ path: [...path, 'capPerDay'], message });
  }
  return problems;
};

export const checkSignals = ({ signals, forms, models }: Playbook): Problem[] => [
  ...Object.entries(signals).flatMap(([id, { match, ...worth }]) => [
    ...match.flatMap((one, index) => {
      const path = ['signals', id, 'match', index];
      const problems = [...checkKind(one, path), ...checkPatterns(one, path)];
      return problems.length > 0 ? problems : checkAnswer(one, path, forms);
    }),
    ...checkCaps(worth, ['signals', id]),
  ]),
  ...Object.entries(models).flatMap(([model, changes]) =>
    Object.entries(changes.signals).flatMap(([id, own]) => {
      const signal = signals[id];
      if (signal === undefined || checkCaps(signal, []).length > 0) return [];
      return checkCaps({ ...signal, ...own }, ['models', model, 'signals', id]);
    }),
  ),
];
