// The Log port on Powertools: one JSON line each, which CloudWatch can search by field.
import { Logger } from '@aws-lambda-powertools/logger';
import type { Log } from '../../ports.ts';

export function createLog(tenant: string): Log {
  const logger = new Logger({ serviceName: 'muster', persistentKeys: { tenant } });
  return {
    info: (message, fields = {}) => logger.info(message, fields),
    warn: (message, fields = {}) => logger.warn(message, fields),
    error: (message, fields = {}) => logger.error(message, fields),
  };
}
