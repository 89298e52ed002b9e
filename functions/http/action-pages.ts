// The pages behind the link of a mail by which a seller says what they did. They load nothing and name nobody: whoever opens one has
// the mail, but so does every machine on the way that looks where links lead.
import type middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { LinkedAction } from '../../lib/domain/action-links.ts';
import type { Playbook } from '../../lib/domain/playbook/playbook.ts';
import { answer } from './answer.ts';
import { escaped, page } from './pages.ts';
import { Problem } from './problem.ts';

/** The address is as good as a key: no history of another site, no cache, no search engine and no frame gets to have it. */
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
  'x-frame-options': 'DENY',
};

const actionAnswer = (
  status: number,
  title: string,
  content: string,
  more: Record<string, string> = {},
): APIGatewayProxyStructuredResultV2 => answer(status, page(title, content), { ...headers, ...more });

const words = {
  'follow-up': {
    title: 'Did you follow up?',
    says: 'that you spoke or wrote to this lead. Its clock stops.',
    button: 'Record my follow-up',
  },
  good: { title: 'Is this a good lead?', says: 'that this was a good lead.', button: 'Record a good lead' },
  bad: {
    title: 'Is this a bad lead?',
    says: 'that this lead is none for sales now. It leaves your list, and its clock stops.',
    button: 'Record a bad lead',
  },
  'hand-over': {
    title: 'Hand this lead over?',
    says: 'that this lead goes to whoever has it next.',
    button: 'Hand the lead over',
  },
} as const satisfies Record<LinkedAction['does'], object>;

type Reasons = Playbook['notices']['badLead'];

const choiceOf = (reasons: Reasons): string => `<fieldset>
<legend>Why?</legend>
${reasons
  .map(
    ({ reason, label }, place) =>
      `<p><input type="radio" name="reason" id="reason-${place}" value="${escaped(reason)}" required> <label for="reason-${place}">${escaped(label)}</label></p>`,
  )
  .join('\n')}
</fieldset>`;

/** What there is to say of a bad lead: nothing where the link says it, and the playbook still has that reason. */
const reasonPart = ({ does, reason }: LinkedAction, reasons: Reasons): string => {
  if (does !== 'bad') return '';
  const named = reasons.find((one) => one.reason === reason);
  return named === undefined ? choiceOf(reasons) : `<p>Why: ${escaped(named.label)}</p>`;
};

/** `shownAt`: which showing of the page it was that the button was pressed on. */
export const confirmPage = (action: LinkedAction, reasons: Reasons, shownAt: string) => {
  const { title, says, button } = words[action.does];
  return actionAnswer(
    200,
    title,
    `<p>With the button you tell Muster ${says} Until then nothing is recorded.</p>
<form method="post">
<input type="hidden" name="shown" value="${escaped(shownAt)}">
${reasonPart(action, reasons)}
<p><label for="why">A note, if you like</label><br>
<textarea id="why" name="why" rows="3" cols="40" maxlength="1000"></textarea></p>
<p><button type="submit">${button}</button></p>
</form>`,
  );
};

export const recordedPage = () => actionAnswer(200, 'Thank you', '<p>It is recorded. You can close this page.</p>');

/** What went wrong, as a page; what failed on our side is never told. */
export const problemPages = (): middy.MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> => ({
  onError: (request) => {
    const { error } = request;
    const { status, message, errors, headers } =
      error instanceof Problem ? error : new Problem(500, 'Something failed here');
    const named = errors.map(({ field, label, detail }) => `<p>${escaped(label ?? field)} ${escaped(detail)}.</p>`);
    const content = [`<p>${escaped(message)}. Nothing was recorded.</p>`, ...named].join('\n');
    request.response = actionAnswer(status, 'This did not work', content, headers);
  },
});
