// Running another program to its end, so that its failure is one error that says what it said.
import { spawn } from 'node:child_process';

/** A program ended badly; `output` is all it printed, `message` its last lines. */
export class ProgramError extends Error {
  readonly code = 'program';
  readonly retryable = false;
  readonly output: string;

  constructor(what: string, output: string) {
    const tail = output.trim().split('\n').slice(-12).join('\n');
    super(tail ? `${what}:\n${tail}` : what);
    this.output = output;
  }
}

export interface Run {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Ends the program when aborted. */
  signal?: AbortSignal | undefined;
}

/** Resolves to everything printed, or throws ProgramError when the program cannot start or does not exit with 0. */
export const run = (program: string, args: readonly string[], { env, cwd, signal }: Run = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, cwd, signal, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => reject(new ProgramError(`${program} did not run (${error.message})`, output)));
    child.on('close', (code, endedBy) => {
      if (code === 0) resolve(output);
      else reject(new ProgramError(`${program} ended with ${endedBy ?? `exit code ${code}`}`, output));
    });
  });
