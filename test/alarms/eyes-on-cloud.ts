// Which alarms of the stack on the local cloud tell, by all that was seen of it since something began.
import { eventually, type Waiting } from '../e2e/eventually.ts';
import type { WatchedCloud } from '../e2e/watched-cloud.ts';
import { runOnNothing } from './breaking.ts';
import type { AlarmDefinition } from './evaluate.ts';
import { ofFunctionNow, ofLogs, toldIfItGoesOn, watchQueues } from './local-cloud-eyes.ts';
import type { Sample } from './samples.ts';
import { nameOf } from './template-alarms.ts';

export interface Looking {
  /** Whose runs are counted, since ever. */
  functions?: readonly string[];
  /** Whether the sweep is looked at too, which runs once a minute. A look at the others is over in seconds. */
  sweep?: boolean;
}

const within = { withinMs: 40_000, lookEveryMs: 300 };
/** Looks after which the last lines of functions are asked for. */
const looksInVain = 8;

/** What stands in the template where AWS puts the API's id. */
const apiIdIn = (alarms: readonly AlarmDefinition[]): string =>
  alarms
    .flatMap(({ Metrics }) => Metrics ?? [])
    .flatMap((one) =>
      'MetricStat' in one && one.MetricStat.Metric.Namespace === 'AWS/ApiGateway'
        ? Object.values(one.MetricStat.Metric.Dimensions)
        : [],
    )[0] ?? '';

export const openEyes = (watched: WatchedCloud, alarms: readonly AlarmDefinition[]) => {
  const { endpoint } = watched.cloud;
  const queues = alarms.map(nameOf).flatMap((name) => (name.startsWith('waiting-') ? [name.slice(8)] : []));
  const lookAtQueues = watchQueues(watched, [...queues, ...queues.map((name) => `${name}-dlq`), 'publish-dlq']);
  const answered: Sample[] = [];
  const everTold = new Set<string>();
  let since = 0;
  const seen = async (functions: readonly string[]): Promise<Sample[]> => {
    const runs = functions.map((name) => ofFunctionNow(endpoint, `muster-demo-${name}`));
    const [now, logs, ...counted] = await Promise.all([lookAtQueues(), ofLogs(endpoint), ...runs]);
    return [...now, ...[...logs, ...answered].filter(({ at }) => at >= since), ...counted.flat()];
  };
  const told = async ({ functions = [], sweep = false }: Looking = {}): Promise<string[]> => {
    const all = toldIfItGoesOn(alarms, await seen(functions));
    const names = sweep ? all : all.filter((name) => name !== 'sweep-missing');
    for (const name of names) everTold.add(name);
    return names;
  };
  const sum = async (metric: string, from = since): Promise<number> =>
    (await ofLogs(endpoint))
      .filter(({ name, at }) => name === metric && at >= from)
      .reduce((all, { value }) => all + value, 0);
  const lookingOn = <Found>(about: Pick<Waiting, 'what' | 'diagnosis'>, look: () => Promise<Found | undefined>) => {
    let looks = 0;
    return eventually<Found>({ ...within, ...about }, async () => {
      looks += 1;
      if (looks % looksInVain === 0) await runOnNothing(endpoint, watched.cloud.apiUrl);
      return look();
    });
  };
  return {
    queues,
    everTold,
    told,
    sum,
    /** Of what was before nothing is seen any more. */
    begin: () => {
      since = Date.now();
    },
    /** What the API answered somebody. */
    answered: (status: number): number => {
      const about = { namespace: 'AWS/ApiGateway', dimensions: { ApiId: apiIdIn(alarms) }, at: Date.now() };
      answered.push({ ...about, name: 'Count', value: 1 }, { ...about, name: '5xx', value: status >= 500 ? 1 : 0 });
      return status;
    },
    /** Waits for these to tell; answers all that do then. */
    tells: (expected: readonly string[], looking?: Looking): Promise<string[]> => {
      let last: readonly string[] = [];
      const diagnosis = () => `told was of ${last.join(', ') || 'nothing'}`;
      return lookingOn({ what: `to be told of ${expected.join(', ')}`, diagnosis }, async () => {
        const names = await told(looking);
        last = names;
        return expected.every((name) => names.includes(name)) ? names : undefined;
      });
    },
    counted: (metric: string, times: number): Promise<true> =>
      lookingOn({ what: `${times} ${metric}` }, async () => ((await sum(metric)) >= times ? true : undefined)),
  };
};
export type Eyes = ReturnType<typeof openEyes>;
