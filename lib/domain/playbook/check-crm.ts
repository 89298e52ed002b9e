// What CRM stages are mapped to: one of our words, or a stage of the tenant's own that can be of that kind; and each of these
// is reached by some CRM's.
import { opportunityState, salesStage } from '../../../events/crm-change-captured.v1.ts';
import { suggestion } from '../nearest.ts';
import type { Problem } from '../schema-complaints.ts';
import { type StageObject, wordFor } from '../status/crm-stages.ts';
import { statuses } from '../status/statuses.ts';
import { accountWords } from './crm.ts';
import type { Playbook } from './playbook.ts';

const words: Readonly<Record<StageObject, readonly string[]>> = {
  person: salesStage.options,
  account: accountWords,
  opportunity: opportunityState.options,
};
const objects = Object.keys(words) as StageObject[];

/** Every stage that is mapped: by whom, of what, and to what. */
const mappedIn = ({ crm }: Playbook) =>
  Object.entries(crm).flatMap(([connection, { stages }]) =>
    objects.flatMap((object) =>
      Object.entries(stages[object]).map(([stage, meaning]) => {
        return { object, stage, meaning, path: ['crm', connection, 'stages', object, stage] };
      }),
    ),
  );

const kindsOf = (object: StageObject): string => Object.keys(wordFor[object]).join(', ');

const checkMeanings = (playbook: Playbook): Problem[] =>
  mappedIn(playbook).flatMap(({ object, meaning, path }): Problem[] => {
    if (words[object].includes(meaning)) return [];
    const stage = Object.hasOwn(playbook.stages, meaning) ? playbook.stages[meaning] : undefined;
    if (stage === undefined) {
      const among = [...words[object], ...Object.keys(playbook.stages)];
      return [{ path, message: `no stage is called ${meaning}; ${suggestion(meaning, among, '')}` }];
    }
    if (Object.hasOwn(wordFor[object], stage.is)) return [];
    const message = `${meaning} is ${stage.is}, which no ${object} can be; it has to be one of ${kindsOf(object)}`;
    return [{ path, message }];
  });

/** Nobody writes `Closed won` and `closed won` for different things: one of them is a slip, and only one is ever heard. */
const checkSpelling = (playbook: Playbook): Problem[] => {
  const seen = new Map<string, string>();
  return mappedIn(playbook).flatMap(({ stage, path }): Problem[] => {
    const key = JSON.stringify([...path.slice(0, -1), stage.trim().toLowerCase()]);
    const first = seen.get(key);
    seen.set(key, first ?? stage);
    if (first === undefined) return checkSpaces(stage, path, true);
    return [{ path, isKey: true, message: `${first} is there already; keep the one as the CRM writes it` }];
  });
};

const checkOwn = (playbook: Playbook): Problem[] => {
  const reached = new Set(mappedIn(playbook).map(({ meaning }) => meaning));
  const labels = new Map<string, string>(statuses.map((status) => [status.toLowerCase(), `the status ${status}`]));
  return Object.entries(playbook.stages).flatMap(([name, { label }]): Problem[] => {
    const path = ['stages', name];
    const taken = labels.get(label.toLowerCase());
    labels.set(label.toLowerCase(), taken ?? `stage ${name}`);
    if (objects.some((object) => words[object].includes(name))) {
      return [{ path, isKey: true, message: `${name} is a word of ours already; take another name` }];
    }
    if (taken !== undefined) {
      return [{ path: [...path, 'label'], message: `${taken} is called so already; nobody could tell them apart` }];
    }
    if (reached.has(name)) return [];
    const message = 'no CRM stage is mapped to it, so nothing is ever in it; map one under `crm.<connection>.stages`';
    return [{ path, isKey: true, message }];
  });
};

/** Sources of these names are there already, and what comes from them: what a CRM says could not be told from it. */
const taken = new Map([
  ['decision', 'what people decide comes'],
  ['form', 'touches come'],
  ['web', 'touches come'],
]);

/** What a CRM says is compared to the letter, and comes without. */
const checkSpaces = (words: string, path: (string | number)[], isKey: boolean): Problem[] => {
  if (words === words.trim()) return [];
  const message = `“${words}” begins or ends with a space, and so is never what the CRM says; write ${words.trim() || 'a word'}`;
  return [{ path, ...(isKey && { isKey }), message }];
};

const checkConnections = ({ crm }: Playbook): Problem[] =>
  Object.entries(crm).flatMap(([connection, { renewals }]): Problem[] => {
    const path = ['crm', connection];
    const coming = taken.get(connection);
    const name = `${connection} is where ${coming} from; call the connection as the tenant file has it`;
    return [
      ...(coming ? [{ path, isKey: true, message: name }] : []),
      ...renewals.flatMap((type, index): Problem[] => {
        const at = [...path, 'renewals', index];
        if (renewals.indexOf(type) === index) return checkSpaces(type, at, false);
        return [{ path: at, message: `${type} is there already; keep one of them` }];
      }),
    ];
  });

export const checkCrm = (playbook: Playbook): Problem[] => [
  ...checkMeanings(playbook),
  ...checkSpelling(playbook),
  ...checkOwn(playbook),
  ...checkConnections(playbook),
];
