// The two pages a person can get to see after a form posted without JavaScript.
import type { FieldProblem } from '../../lib/sources/source.ts';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const page = (title: string, content: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<h1>${escaped(title)}</h1>
${content}
</html>
`;

export const thanksPage = (suggestion?: string): string => {
  const question = `<p>Did you mean ${escaped(suggestion ?? '')}? Then please go back and send it again.</p>`;
  return page('Thank you', `<p>We have what you sent.</p>${suggestion === undefined ? '' : `\n${question}`}`);
};

export const problemPage = (detail: string, errors: readonly FieldProblem[]): string =>
  page(
    'This could not be sent',
    `<p>${escaped(detail)}.</p>
<ul>${errors.map(({ field, detail }) => `<li><strong>${escaped(field)}</strong> ${escaped(detail)}</li>`).join('')}</ul>
<p>Please go back and try again.</p>`,
  );
