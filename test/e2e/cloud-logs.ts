// The logs of a stack on the local cloud, whole.
import * as z from 'zod';
import { callCloud } from './call-cloud.ts';

export interface LogLine {
  group: string;
  /** Milliseconds since 1970. */
  at: number;
  line: string;
}

const groups = z.object({
  logGroups: z.array(z.object({ logGroupName: z.string() })),
  nextToken: z.string().nullish(),
});
const page = z.object({ events: z.array(z.object({ message: z.string(), timestamp: z.number() })) });
const perPage = 10_000;

/** Every log group there is, whoever writes to it. */
const logGroupsOf = async (endpoint: string): Promise<string[]> => {
  const names: string[] = [];
  for (let nextToken: string | null | undefined; ; ) {
    const answer = groups.parse(await callCloud(endpoint, 'Logs_20140328.DescribeLogGroups', { nextToken }));
    names.push(...answer.logGroups.map(({ logGroupName }) => logGroupName));
    nextToken = answer.nextToken;
    if (!nextToken) return names;
  }
};

/** By time. MiniStack answers so many lines and no token for the next: what is asked next begins where that page ended. */
export const linesOf = async (endpoint: string, group: string): Promise<LogLine[]> => {
  const lines: LogLine[] = [];
  for (let startTime = 0; ; ) {
    const asked = { logGroupName: group, limit: perPage, startTime };
    const { events } = page.parse(await callCloud(endpoint, 'Logs_20140328.FilterLogEvents', asked));
    const last = events.at(-1)?.timestamp ?? 0;
    const isLast = events.length < perPage;
    const read = isLast ? events : events.filter(({ timestamp }) => timestamp < last);
    if (!isLast && read.length === 0) throw new Error(`${group} has more lines of one moment than a page`);
    lines.push(...read.map(({ message, timestamp }) => ({ group, at: timestamp, line: message })));
    if (isLast) return lines;
    startTime = last;
  }
};

export const everyLine = async (endpoint: string): Promise<LogLine[]> => {
  const all = await Promise.all((await logGroupsOf(endpoint)).map((group) => linesOf(endpoint, group)));
  return all.flat();
};
