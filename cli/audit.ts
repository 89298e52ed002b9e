// `muster audit`: who changed what in a running Muster, a line a deed.
import { Command, Option } from 'commander';
import * as z from 'zod';
import { asked, reached, type Where } from './ask-api.ts';
import { shownJson } from './foreign-text.ts';

const page = z.looseObject({ deeds: z.array(z.looseObject({ id: z.string() })), next: z.string().nullable() });

export const auditCommand = (): Command =>
  reached(new Command('audit'), 'an operator token, or that of somebody in ops or admin')
    .description('print who changed what, oldest first, as a line of JSON each')
    .addOption(new Option('--from <day>', 'the first day, such as 2026-11-22 (default: today)'))
    .addOption(new Option('--to <day>', 'the last day, at most 31 in all (default: today)'))
    .action(async ({ from, to, ...where }: Where & { from?: string; to?: string }) => {
      let cursor: string | null = null;
      do {
        const query = new URLSearchParams({ ...(from && { from }), ...(to && { to }), ...(cursor && { cursor }) });
        const { deeds, next }: z.infer<typeof page> = page.parse(await asked(where, `/operations/audit?${query}`));
        for (const deed of deeds) console.log(JSON.stringify(JSON.parse(shownJson(deed))));
        cursor = next;
      } while (cursor !== null);
    });
