// Makes lib/domain/notices/mail-template.ts of mail.mjml: `node test/domain/notices/compile-mail.ts`. mjml brings 180 packages
// and takes its time, so it stays here; the template becomes a function of the project's own, checked by the compiler and escaping
// whatever it is given.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import mjml from 'mjml';

const folder = join(import.meta.dirname, '../../../lib/domain/notices');
export const templateFile = join(folder, 'mail-template.ts');

const heading = `// Made of mail.mjml by test/domain/notices/compile-mail.ts, never by hand: what a mail looks like, for clients from Outlook to phones.
import { html } from './html.ts';
import type { MailView } from './mail-view.ts';

// biome-ignore format: as long as a mail is
export const mailHtml = (mail: MailView): string =>
  `;

const opensList = /^each (\S+) (\w+)$/;

/** `{{each list one}}` → a template in a template; `{{value}}` → a value, which \`html\` escapes. */
const asCode = (page: string): string =>
  page.replace(/\{\{(.+?)\}\}/g, (_, inside: string) => {
    const [, list, one] = opensList.exec(inside) ?? [];
    if (list !== undefined) return `\${${list}.map((${one}) => html\``;
    return inside === 'end' ? '`)}' : `\${${inside}}`;
  });

export const compileMail = async (): Promise<string> => {
  const { html: page, errors } = await mjml(readFileSync(join(folder, 'mail.mjml'), 'utf8'), {
    validationLevel: 'strict',
    keepComments: false,
    // No mail asks a server of others for its letters.
    fonts: {},
  });
  if (errors.length > 0) throw new Error(`mail.mjml is wrong: ${JSON.stringify(errors)}`);
  if (/[`\\]|\$\{/.test(page)) throw new Error('mail.mjml has a character that ends a template of TypeScript');
  // Indentation is two thirds of what mjml puts out, and Gmail cuts mails off at 102 KB.
  const dense = page.replace(/\s*\n\s*/g, '\n').trim();
  return `${heading}html\`${asCode(dense)}\`.text;\n`;
};

if (process.argv[1] === import.meta.filename) writeFileSync(templateFile, await compileMail());
