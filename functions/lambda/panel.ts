// Lambda entry: the panel's files, which the bundle has in a folder beside this module.
import { createEdge } from '../../lib/adapters/aws/edge.ts';
import { readEnvironment } from '../../lib/adapters/aws/environment.ts';
import { createLog } from '../../lib/adapters/aws/log.ts';
import { readTexts } from '../../lib/adapters/aws/texts.ts';
import { systemClock as clock } from '../../lib/adapters/system-clock.ts';
import { panelPolicy } from '../../web/content-security-policy.ts';
import { createHandler } from '../serve-panel.ts';

const env = readEnvironment(['TENANT', 'EDGE_SECRET_ID', 'USER_POOL_CLIENT_ID', 'SIGN_IN_URL']);
const { origin } = new URL(env.SIGN_IN_URL);

export const handler = createHandler({
  edge: createEdge(env.EDGE_SECRET_ID),
  files: readTexts(new URL('./panel/', import.meta.url)),
  signIn: { url: env.SIGN_IN_URL, clientId: env.USER_POOL_CLIENT_ID },
  policy: panelPolicy(origin),
  clock,
  log: createLog(env.TENANT),
});
