// Reads from MiniStack's log what went wrong in Lambdas, for a person or a test that waits for something in vain.
const began = /\[lambda\w*\].*(failed|partial failures|exited|error)/i;
const logLine = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d /;

/** Each failure as one text: the line that tells of it and what the function had printed, which follows it. */
export const lambdaFailures = (log: string): string[] => {
  const entries: string[][] = [];
  for (const line of log.split('\n')) {
    // MiniStack's lines begin with a time; what a function printed goes with the line before it.
    if (logLine.test(line) && !line.includes(' output:')) entries.push([line]);
    else entries.at(-1)?.push(line);
  }
  return entries.filter(([first]) => first !== undefined && began.test(first)).map((lines) => lines.join('\n').trim());
};
