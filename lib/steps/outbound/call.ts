// An event as what is posted to a destination of it: a signed webhook, or a message in a chat.
import { type Destination, isSafeUrl } from '../../domain/destinations.ts';
import { slackMessage, teamsMessage } from '../../domain/notices/chat.ts';
import type { Notice } from '../../domain/notices/notice.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import type { Post, Table } from '../../ports.ts';
import { accountNotice } from '../notices/account-notice.ts';
import { leadNotice } from '../notices/lead-notice.ts';
import { type OutsideEvent, payloadOf } from './payload.ts';

type Credentials = Readonly<Record<string, string>>;

/** What stands in the way of posting: nobody has given what opens the destination, there is nothing to tell any more, or whom it is
 * about wants nothing shared. */
export type NoPost = 'no credentials' | 'outdated' | 'withheld';

/** Anybody could sign with an empty key, or guess a short one: the specification asks for 24 bytes. */
const isKey = (secret: string): boolean => /^(whsec_)?[A-Za-z0-9+/]{32,}={0,2}$/.test(secret);

/** Newest first. While a secret is changed for another both sign: receivers take whichever they know. */
const secretsIn = ({ secret = '', previousSecret = '' }: Credentials): string[] =>
  [secret, previousSecret].filter((one) => one !== '');

const noticeOf = (table: Table, playbook: Playbook, event: OutsideEvent): Promise<Notice | undefined> => {
  switch (event.type) {
    case 'lead-routed.v1':
    case 'sla-breached.v1':
      return leadNotice(table, playbook, event);
    case 'account-surged.v1':
    case 'account-threshold-reached.v1':
      return accountNotice(table, playbook, event);
    default:
      throw new Error(`nobody is told of ${event.type} in a chat`);
  }
};

export const postOf = async (
  table: Table,
  playbook: Playbook,
  destination: Destination,
  credentials: Credentials,
  event: OutsideEvent,
): Promise<Post | NoPost> => {
  if (destination.kind === 'webhook') {
    const secrets = secretsIn(credentials);
    if (secrets.length === 0 || !secrets.every(isKey)) return 'no credentials';
    // The id is the event's, so that a receiver knows a repeat.
    const signed = { id: event.id, secrets };
    const body = await payloadOf(table, playbook, event, destination);
    return body === undefined ? 'withheld' : { url: destination.url, body, signed };
  }
  const { url } = credentials;
  if (url === undefined || !isSafeUrl(url)) return 'no credentials';
  const notice = await noticeOf(table, playbook, event);
  if (notice === undefined) return 'outdated';
  return { url, body: destination.kind === 'slack' ? slackMessage(notice) : teamsMessage(notice) };
};
