// The pages a person can get to see, as plain as can be: first the two after a form posted without JavaScript.
import type { FieldProblem } from '../../lib/sources/source.ts';

/** They need nothing but themselves: whatever got into one could load and run nothing, beside a panel that is of the same origin. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'",
};

export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

export const page = (title: string, content: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<h1>${escaped(title)}</h1>
${content}
</html>
`;

const question = (suggestion: string | undefined): string =>
  suggestion === undefined
    ? ''
    : `\n<p>Did you mean ${escaped(suggestion)}? Then please go back and send it again.</p>`;

export const thanksPage = (suggestion?: string): string =>
  page('Thank you', `<p>We have what you sent.</p>${question(suggestion)}`);

export const problemPage = (detail: string, errors: readonly FieldProblem[], suggestion?: string): string =>
  page(
    'This could not be sent',
    `<p>${escaped(detail)}.</p>
<ul>${errors.map(({ field, label, detail }) => `<li><strong>${escaped(label ?? field)}</strong> ${escaped(detail)}</li>`).join('')}</ul>${question(suggestion) || '\n<p>Please go back and try again.</p>'}`,
  );
