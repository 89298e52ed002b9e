// Lambda entry: tells those outside.
import { readEnvironment } from '../../lib/adapters/aws/environment.ts';
import { createSecrets } from '../../lib/adapters/aws/secrets.ts';
import { createPoster } from '../../lib/adapters/poster.ts';
import { destinations, mayPostTo } from '../../lib/domain/destinations.ts';
import { createDeliver } from '../../lib/steps/outbound/deliver.ts';
import { queueHandler } from '../queue-handler.ts';
import { slaPorts } from './sla-ports.ts';

const env = readEnvironment(['DESTINATIONS', 'DESTINATIONS_SECRET_ID']);

export const handler = queueHandler(
  createDeliver({
    ...slaPorts().ports,
    destinations: destinations.parse(env.DESTINATIONS),
    secrets: createSecrets({ destinations: env.DESTINATIONS_SECRET_ID }),
    poster: createPoster({ mayPostTo }),
  }),
);
