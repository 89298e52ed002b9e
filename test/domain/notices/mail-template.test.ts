// The template in the bundles is the one that mail.mjml describes.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compileMail, templateFile } from './compile-mail.ts';

it('is what mail.mjml compiles to; else run `node test/domain/notices/compile-mail.ts`', async () => {
  expect(readFileSync(templateFile, 'utf8')).toBe(await compileMail());
});
