// Forms: one post, checked against the form's definition in the playbook, becomes one touch.
import { profileField, type TouchCaptured } from '../../events/touch-captured.v1.ts';
import { publicAddress } from '../domain/address.ts';
import type { Form } from '../domain/playbook/playbook.ts';
import { campaignIn, contractId, filled, line, pageAddress } from './contract-shapes.ts';
import { isEmailAddress } from './email-address.ts';
import { asksForPrivacy, isCrawler } from './machine-traffic.ts';
import { mailVerdict } from './mail-policy.ts';
import type { FieldProblem, Headers, Reading } from './source.ts';

export interface FormPost {
  formId: string;
  form: Form;
  /** As sent, in order; a name may come twice. */
  fields: readonly (readonly [name: string, value: unknown])[];
  headers: Headers;
  /** Whose connection it came over, as the gateway saw it. */
  address?: string;
  /** The gateway's id of the request, the same when it tries again. */
  requestId: string;
  receivedAt: string;
}

/** What a page may send besides the form's own fields. `_redirect` is let pass for the forms that have it and never
 * followed: an address from outside to go to afterwards would be an open redirect. */
const reserved = ['_visitor', '_url', '_title', '_referrer', '_campaign', '_submission', '_redirect'] as const;
type Reserved = (typeof reserved)[number];
const isReserved = (name: string): name is Reserved => (reserved as readonly string[]).includes(name);

const yes = ['on', 'true', 'yes', '1'];
const no = ['off', 'false', 'no', '0'];

export const readForm = ({
  formId,
  form,
  fields,
  headers,
  address,
  requestId,
  receivedAt,
}: FormPost): Reading<TouchCaptured> => {
  const { own, aside, trapped, problems } = sorted(form, fields);
  const answers = new Map<string, string>();
  for (const [name, definition] of Object.entries(form.fields)) {
    if (problems.some(({ field }) => field === name)) continue;
    const answer = own.get(name) ?? '';
    if (answer !== '') answers.set(name, answer);
    const problem = answer === '' ? definition.required && 'is required' : faultIn(answer, definition);
    if (problem) problems.push({ field: name, detail: problem });
  }
  const labelled = ({ field, detail }: FieldProblem): FieldProblem => ({
    ...{ field, detail },
    label: Object.hasOwn(form.fields, field) ? form.fields[field]!.label : undefined,
  });
  if (problems.length > 0) return { problems: problems.map(labelled) };

  const fieldFor = (is: FormField['is']): string | undefined =>
    Object.keys(form.fields).find((name) => form.fields[name]!.is === is && answers.has(name));
  const answerTo = (is: FormField['is']): string | undefined => answers.get(fieldFor(is) ?? '');
  const email = answerTo('email');
  const { refused, doubtfulMail } = mailVerdict(form, email);
  if (refused !== undefined) {
    const { please, detail, suggestion } = refused;
    return { refused: [labelled({ field: fieldFor('email')!, detail })], detail: please, suggestion };
  }
  const visitor = aside.get('_visitor');
  const submission = aside.get('_submission') ?? headers['idempotency-key']?.replace(/^"(.*)"$/, '$1');
  const url = aside.get('_url') ?? headers.referer;
  const answer = answerTo('marketing-consent')?.toLowerCase();
  // A box left empty says nothing, and takes nothing back.
  const { textVersion } = form.fields[fieldFor('marketing-consent') ?? ''] ?? {};
  const consent =
    answer === undefined ? undefined : { marketing: yes.includes(answer), ...(textVersion && { textVersion }) };
  const privately = asksForPrivacy(headers);
  const touch: TouchCaptured = {
    type: 'touch-captured.v1',
    // A double click and a retry are one submission; without its id, only the gateway's retries can be told.
    id: submission ? contractId(`form:${formId}:`, submission) : contractId('form:', requestId),
    source: 'form',
    kind: 'form',
    occurredAt: receivedAt,
    receivedAt,
    person: {
      email,
      visitor: visitor && !privately ? contractId('anon:', visitor) : undefined,
    },
    profile: filled(Object.fromEntries(profileField.options.map((field) => [field, line(answerTo(field), 500)]))),
    consent,
    optOut: privately ? 'gpc' : undefined,
    form: { id: formId, answers: Object.fromEntries(answers) },
    page: filled({
      url: pageAddress(url),
      title: line(aside.get('_title'), 500),
      referrer: pageAddress(aside.get('_referrer')),
    }),
    campaign: line(aside.get('_campaign'), 200) ?? campaignIn(url),
    ip: privately || consent?.marketing === false ? undefined : publicAddress(address),
    doubtfulMail,
    flag: trapped ? 'spam' : isCrawler(headers['user-agent']) ? 'bot' : undefined,
  };
  return { lines: [touch] };
};

type FormField = Form['fields'][string];

/** Splits what was sent into the form's own answers, what the page adds and the honeypot; names what is neither. */
const sorted = (form: Form, fields: FormPost['fields']) => {
  const own = new Map<string, string>();
  const aside = new Map<Reserved, string>();
  const problems: FieldProblem[] = [];
  const seen = new Set<string>();
  let trapped = false;
  for (const [name, value] of fields) {
    const text = textOf(value);
    if (name === form.honeypot) trapped ||= text !== '';
    else if (seen.has(name)) problems.push({ field: name, detail: 'is given more than once' });
    else if (isReserved(name)) {
      if (text) aside.set(name, text);
    } else if (!Object.hasOwn(form.fields, name)) problems.push({ field: name, detail: 'is not a field of this form' });
    else if (text === undefined) problems.push({ field: name, detail: 'must be text, a number or true or false' });
    else own.set(name, text);
    seen.add(name);
  }
  return { own, aside, trapped, problems };
};

/** Line ends as HTML counts them against `maxlength`; null is no answer; undefined for what is no scalar. */
const textOf = (value: unknown): string | undefined => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object') return undefined;
  return String(value).replace(/\r\n?/g, '\n').toWellFormed().trim();
};

const faultIn = (answer: string, { is, options, maxLength }: FormField): string | undefined => {
  const isProfile = is !== undefined && is !== 'email' && is !== 'marketing-consent';
  const longest = isProfile ? Math.min(maxLength, 500) : maxLength;
  if (answer.length > longest) return `must be at most ${longest} characters`;
  if (/[^\P{Cc}\n\t]/u.test(answer)) return 'must not contain control characters';
  if (options && !options.includes(answer)) return `must be one of ${options.join(', ')}`;
  if (is !== undefined && answer.includes('\n')) return 'must be a single line';
  if (is === 'email' && !isEmailAddress(answer)) return 'must be a valid e-mail address';
  if (is === 'marketing-consent' && !options && ![...yes, ...no].includes(answer.toLowerCase())) {
    return 'must be yes or no';
  }
  return undefined;
};
