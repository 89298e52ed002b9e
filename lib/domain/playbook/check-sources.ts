// The order in which sources are believed: each has one place.
import type { Problem } from '../schema-complaints.ts';
import type { Playbook } from './playbook.ts';

export const checkSources = ({ sources }: Playbook): Problem[] =>
  sources.flatMap((source, index): Problem[] => {
    const first = sources.indexOf(source);
    if (first === index) return [];
    return [
      { path: ['sources', index], message: `${source} is there already, in place ${first + 1}; keep one of them` },
    ];
  });
