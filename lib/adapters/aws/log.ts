// The Log port on Powertools: one JSON line each, which CloudWatch can search by field. None is sampled away: there is one a batch.
import { Logger } from '@aws-lambda-powertools/logger';
import type { Log } from '../../ports.ts';
import { currentTrace } from '../../trace.ts';

/** Lambda's own name of the invocation, another for each. */
const invocation = (): string | undefined => process.env._X_AMZN_TRACE_ID;

export function createLog(tenant: string): Log {
  const step = process.env.AWS_LAMBDA_FUNCTION_NAME;
  const logger = new Logger({ serviceName: 'muster', persistentKeys: { tenant, ...(step && { step }) } });
  let first: string | undefined;
  /** What every line has; `cold` in the lines of the invocation a function started for. */
  const about = (fields: Record<string, unknown>): Record<string, unknown> => {
    const now = invocation();
    first ??= now;
    const traceId = currentTrace();
    return { ...(traceId && { traceId }), ...(now !== undefined && now === first && { cold: true }), ...fields };
  };
  return {
    info: (message, fields = {}) => logger.info(message, about(fields)),
    warn: (message, fields = {}) => logger.warn(message, about(fields)),
    error: (message, fields = {}) => logger.error(message, about(fields)),
  };
}
