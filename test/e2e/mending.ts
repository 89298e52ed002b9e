// What somebody woken at night does, by the commands they type: looks at what died and what was refused, sets it going again, makes
// anew what was spoilt, forgets a person, takes a backup and sees that it can be read.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { leadIdOfEmail } from '../../lib/domain/ids.ts';
import { as } from '../../lib/table/items.ts';
import { leadKey, quarantineKey } from '../../lib/table/keys.ts';
import { muster } from '../cli/run.ts';
import { decide, demoRequest } from '../simulation/lines.ts';
import { type Edition, findLead, leadThat } from './edition.ts';
import { eventually } from './eventually.ts';
import { buyer } from './post.ts';

const asker = ['--by', 'ops@seller.example', '--why', 'Mended.'];

interface Report {
  operationId: string;
  counts: Record<string, number>;
  notes?: string[];
}

/** Answers a second story, for later: what is poison has come back by then. */
export const mending = (current: () => Edition): { poisonIsBack: () => void } => {
  const mark = randomUUID().slice(0, 8);
  const poison = `poison ${mark}`;
  const someone = (name: string): string => buyer(`${name}-${mark}`).email;
  const idOf = (email: string): string => `line-${email.split(/[@.]/)[1]}`;
  const run = (...words: string[]) => {
    const { apiUrl, operatorToken } = current();
    return muster(...words, '--url', apiUrl, '--token', operatorToken);
  };
  /** What it printed; throws where it failed. */
  const done = async (...words: string[]): Promise<Report> => {
    const { code, stdout, stderr } = await run(...words);
    if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${stderr}\n${current().diagnosis()}`);
    return JSON.parse(stdout) as Report;
  };
  const waiting = () => ({ withinMs: current().patienceMs, diagnosis: current().diagnosis });
  const lineOf = (email: string, occurredAt = new Date().toISOString()) => demoRequest(idOf(email), occurredAt, email);
  const isThere = async (email: string) => (await findLead(current(), email)) !== undefined;

  describe('mending', () => {
    it('names what died, and sends it again: what is good is applied', async () => {
      const edition = current();
      await edition.bury('prompt', [JSON.stringify([lineOf(someone('died'))]), poison]);
      const status = await run('status');
      expect([status.code, status.stderr]).toEqual([1, expect.stringMatching(/2 dead letters in prompt/)]);
      const { stdout: shown } = await run('dead-letters', '--queue', 'prompt');
      expect(shown).toContain('"touch-captured.v1"');
      expect(shown).not.toContain(mark);

      expect((await done('redrive', '--queue', 'prompt', ...asker)).counts).toEqual({ redriven: 2 });
      await leadThat(edition, someone('died'), 'is applied', () => true);
      expect(await edition.deadLetters('prompt')).toEqual([]);
    });

    it('releases a refused line that can be read by now, and drops one that nobody wants', async () => {
      const { table, send } = current();
      const [id, wrong] = [idOf(someone('refused')), `wrong-${mark}`];
      const [line, at] = [lineOf(someone('refused')), new Date().toISOString()];
      const put = { ...quarantineKey(id), type: 'quarantine', version: 1, line, reason: 'of an older release', at };
      await table.write({ put, condition: { if: 'always' } });
      await send('prompt', JSON.stringify([decide(wrong, at, { a: 'nobody', b: someone('refused') })]));
      await eventually({ what: 'a refused line', ...waiting() }, async () =>
        (await run('quarantine', 'list')).stdout.includes(wrong) ? true : undefined,
      );

      const report = await done('quarantine', 'release', '--id', id, '--id', wrong, ...asker);
      expect(report.counts).toEqual({ released: 1, refusedAgain: 1, applied: 1 });
      expect(await isThere(someone('refused'))).toBe(true);
      expect((await done('quarantine', 'drop', '--id', wrong, ...asker)).counts).toMatchObject({ dropped: 1 });
      const { stdout } = await run('quarantine', 'list');
      expect([stdout.includes(id), stdout.includes(wrong)]).toEqual([false, false]);
    });

    it('makes a lead anew that was spoilt by hand', async () => {
      const { table } = current();
      const email = someone('died');
      const stored = as('lead', await table.get(leadKey(leadIdOfEmail(email))))!;
      const spoilt = { ...stored, email: `not.${email}`, version: stored.version + 1 };
      await table.write({ put: spoilt, condition: { if: 'version', is: stored.version } });

      const { counts } = await done('rebuild', '--lead', email, ...asker);
      expect(counts).toMatchObject({ mended: 1, couldNot: 0 });
      expect(as('lead', await table.get(leadKey(leadIdOfEmail(email))))).toMatchObject({ email });
    });

    it('tells what is held of a person, forgets them, keeps a replay out; a backup of before has them still', async () => {
      const edition = current();
      const [email, stays] = [someone('forgotten'), someone('stays')];
      const line = lineOf(email, new Date(Date.now() - 1_000).toISOString());
      await edition.send('prompt', JSON.stringify([line, lineOf(stays)]));
      await leadThat(edition, email, 'is there', () => true);
      await leadThat(edition, stays, 'is there', () => true);
      const held = JSON.stringify(await done('export-person', '--email', email, ...asker));
      expect([held.includes(email), held.includes(stays)]).toEqual([true, false]);
      const { counts, notes } = await done('backup', 'create', ...asker);
      expect(counts).toEqual({ backups: 1 });

      const { operationId } = await done('erase-person', '--email', email, '--no-wait', ...asker);
      await eventually({ what: `${email} to be gone`, ...waiting() }, async () =>
        (await isThere(email)) ? undefined : true,
      );
      await edition.send('prompt', JSON.stringify([line, lineOf(someone('after'))]));
      await leadThat(edition, someone('after'), 'is there', () => true);
      expect(await isThere(email)).toBe(false);
      expect((await run('operation', 'show', operationId)).stdout).not.toContain(mark);

      const restored = await edition.restore(notes![0]!);
      try {
        for (const one of [email, stays]) expect(await findLead({ ...edition, ...restored }, one)).toBeDefined();
        expect(await findLead({ ...edition, ...restored }, someone('after'))).toBeUndefined();
      } finally {
        await restored.stop();
      }
      expect([await isThere(email), await isThere(stays)]).toEqual([false, true]);
    });
  });

  return {
    poisonIsBack: () => {
      it('what is poison has come back to the dead letters, once', { timeout: 90_000 }, async () => {
        const edition = current();
        const found = await eventually({ what: poison, withinMs: 60_000, lookEveryMs: 1_000 }, async () => {
          const own = (await edition.deadLetters('prompt')).filter((body) => body === poison);
          return own.length > 0 ? own : undefined;
        });
        expect(found).toEqual([poison]);
      });
    },
  };
};
