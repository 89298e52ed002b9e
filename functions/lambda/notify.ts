// Lambda entry: tells people, and hears what became of mails.
import { readEnvironment } from '../../lib/adapters/aws/environment.ts';
import { createMailer } from '../../lib/adapters/aws/mailer.ts';
import { createSecrets } from '../../lib/adapters/aws/secrets.ts';
import { createNotify } from '../../lib/steps/notify.ts';
import { queueHandler } from '../queue-handler.ts';
import { slaPorts } from './sla-ports.ts';

const env = readEnvironment(['MAIL_FROM', 'MAIL_CONFIGURATION_SET', 'API_URL', 'LINKS_SECRET_ID', 'RETENTION']);
const secrets = createSecrets({ links: env.LINKS_SECRET_ID });
const mailer = createMailer({ from: env.MAIL_FROM, configurationSet: env.MAIL_CONFIGURATION_SET });
const links = { base: () => env.API_URL, secrets: () => secrets.linkSecrets() };

export const handler = queueHandler(createNotify({ ...slaPorts().ports, mailer, links, retention: env.RETENTION }));
