// How fast the part sellers live with is: due times a second.
import { dueTimes } from './sla/due-times.ts';

export const benchSla = async () => {
  const asked = process.argv[3];
  return { ...dueTimes(asked === undefined ? undefined : Number(asked)) };
};
