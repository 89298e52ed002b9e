// The Log port as JSON lines on standard error, so that standard output stays a command's own.
import type { Clock, Log } from '../../ports.ts';
import { currentStep, currentTrace } from '../../trace.ts';

export function createLog(clock: Clock, write: (line: string) => void = (line) => process.stderr.write(line)): Log {
  const at =
    (level: string) =>
    (message: string, fields: Record<string, unknown> = {}) =>
      write(
        // Undefined ones are left out.
        `${JSON.stringify({
          ...{ traceId: currentTrace(), step: currentStep(), ...fields },
          ...{ level, at: new Date(clock.now()).toISOString(), message },
        })}\n`,
      );
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
