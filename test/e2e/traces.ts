// One id from a form to the mail it brought about, by way of every step's log.
import { expect, it } from 'vitest';
import { type Edition, mailAbout } from './edition.ts';
import { eventually } from './eventually.ts';
import { buyer, postForm } from './post.ts';

const steps = ['door', 'prompt', 'assess', 'route', 'notify'];

export const oneTrace = (current: () => Edition): void => {
  it('says of a form by one id what each step did about it, up to the mail', { timeout: 120_000 }, async () => {
    const edition = current();
    const { patienceMs: withinMs, diagnosis } = edition;
    const people = [buyer('trace-a'), buyer('trace-b')];
    const answers = await Promise.all(people.map((person) => postForm(edition, 'demo-request', person)));
    const traceIds = answers.map(({ headers }) => headers.get('x-trace-id') ?? 'none');
    expect(new Set(traceIds).size).toBe(2);
    for (const [place, { email }] of people.entries()) {
      const traceId = traceIds[place]!;
      expect(traceId).toMatch(/^1-[0-9a-f]{8}-[0-9a-f]{24}$/);
      const mail = await mailAbout(edition, email, 'New lead');
      if (mail.traceIds !== undefined) expect(mail.traceIds).toEqual([traceId]);
      const said = await eventually({ what: `lines of ${traceId}`, withinMs, diagnosis }, async () => {
        const said = await edition.stepsThatSay(traceId);
        return steps.every((step) => said.includes(step)) ? said : undefined;
      });
      expect(said).toEqual(expect.arrayContaining(steps));
    }
  });
};
