// Data quality over HTTP: the pages of a running system add up, and what somebody just sent is among it.
import { expect, it } from 'vitest';
import { addedUp, type FieldQuality } from '../../lib/domain/data-quality.ts';
import type { QualityPage } from '../../lib/steps/read-quality.ts';
import { type Edition, read } from './edition.ts';
import { eventually } from './eventually.ts';
import { buyer, postForm } from './post.ts';

/** What forms said of a country. */
const countries = async (edition: Edition): Promise<Pick<FieldQuality, 'people' | 'malformed'>> => {
  const pages: FieldQuality[][] = [];
  for (let query = ''; ; ) {
    const { counts, next } = await read<QualityPage>(edition, `/api/data-quality${query}`);
    pages.push(counts);
    if (next === null) break;
    query = `?cursor=${next}`;
  }
  const all = addedUp(pages).find(({ field, source }) => field === 'country' && source === 'form');
  return all ?? { people: 0, malformed: 0 };
};

export const dataQualityCounts = (current: () => Edition): void => {
  it('counts the data quality of what stands there, page by page', { timeout: 90_000 }, async () => {
    const edition = current();
    const before = await countries(edition);
    for (const [name, country] of Object.entries({ 'lost-works': 'Atlantis', 'found-works': 'Deutschland' })) {
      expect((await postForm(edition, 'demo-request', { ...buyer(name), country })).status).toBe(202);
    }
    const { patienceMs: withinMs, diagnosis } = edition;
    await eventually({ what: 'one more malformed country', withinMs, diagnosis }, async () => {
      const { people, malformed } = await countries(edition);
      return people === before.people + 2 && malformed === before.malformed + 1 ? true : undefined;
    });
    await expect(read(edition, '/api/data-quality?cursor=bad')).rejects.toThrow('was answered 400');
  });
};
