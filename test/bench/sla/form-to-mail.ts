// How soon a form becomes the rep's mail while nothing else goes on: fifty forms, one after the other.
import type { Edition } from '../../e2e/edition.ts';
import { mailAbout } from '../../e2e/edition.ts';
import { buyer, postForm } from '../../e2e/post.ts';

const forms = 50;

const at = (sorted: readonly number[], share: number): number =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]! * 10) / 10;

const timeOf = async (edition: Edition, number: number): Promise<number> => {
  const person = buyer(`bench-${number}`);
  const from = performance.now();
  const { status } = await postForm(edition, 'demo-request', person);
  if (status !== 202) throw new Error(`a form was answered ${status}`);
  await mailAbout(edition, person.email, 'New lead', 2);
  return performance.now() - from;
};

/** Milliseconds from the form being posted to its mail being handed over, as a client of the edition sees it. */
export const formToMail = async (open: () => Promise<Edition>) => {
  const edition = await open();
  try {
    // The first of all loads what the others find loaded.
    await timeOf(edition, -1);
    const times: number[] = [];
    for (let number = 0; number < forms; number += 1) times.push(await timeOf(edition, number));
    times.sort((a, b) => a - b);
    return { formToMailP50Ms: at(times, 0.5), formToMailP95Ms: at(times, 0.95) };
  } finally {
    await edition.stop();
  }
};
