// How fast the part sellers live with is: due times a second, and how soon a form becomes the rep's mail; with `--cloud` on the local
// cloud.
import { dueTimes } from './sla/due-times.ts';
import { formToMail } from './sla/form-to-mail.ts';

const openEdition = async (isCloud: boolean) =>
  isCloud
    ? (await import('../e2e/cloud-edition.ts')).openCloudEdition()
    : (await import('../e2e/embedded-edition.ts')).openEmbeddedEdition();

/** A number: so many due times a round, for a quick look. */
export const benchSla = async () => {
  const given = process.argv.slice(3);
  const asked = given.find((one) => /^\d+$/.test(one));
  const due = dueTimes(asked === undefined ? undefined : Number(asked));
  return { ...due, ...(await formToMail(() => openEdition(given.includes('--cloud')))) };
};
