// Those outside who are told what happens: a program that verifies what it is sent, and the channels of two chats.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Destinations } from '../../lib/domain/destinations.ts';

export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}
export const receiverNames = ['warehouse', 'slack', 'teams'] as const;
export type ReceiverName = (typeof receiverNames)[number];

export interface Receivers {
  destinations: Destinations;
  /** What opens each. */
  credentials: Record<ReceiverName, Record<string, string>>;
  received(name: ReceiverName): readonly Received[];
  /** The next calls of this one are answered so, and count as not received. */
  refuse(name: ReceiverName, calls: number, status: number): void;
  close(): void;
}

const secret = `whsec_${Buffer.from('the warehouse’s signing secret').toString('base64')}`;

export const openReceivers = async (): Promise<Receivers> => {
  const received: Record<ReceiverName, Received[]> = { warehouse: [], slack: [], teams: [] };
  const refusing = new Map<ReceiverName, { calls: number; status: number }>();
  const server = createServer(async (request, response) => {
    const name = receiverNames.find((one) => request.url === `/${one}`);
    const body = await text(request);
    const refusal = name && refusing.get(name);
    if (name === undefined || (refusal !== undefined && refusal.calls > 0)) {
      if (refusal !== undefined) refusal.calls -= 1;
      response.writeHead(refusal?.status ?? 404).end();
      return;
    }
    received[name].push({ headers: request.headers, body });
    response.writeHead(200).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = (name: ReceiverName): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`;
  const inChat = ['lead-routed.v1', 'sla-breached.v1'] as const;
  return {
    destinations: {
      warehouse: { kind: 'webhook', url: url('warehouse'), events: ['lead-qualified.v1', 'lead-status-changed.v1'] },
      slack: { kind: 'slack', events: [...inChat] },
      teams: { kind: 'teams', events: [...inChat] },
    },
    credentials: { warehouse: { secret }, slack: { url: url('slack') }, teams: { url: url('teams') } },
    received: (name) => received[name],
    refuse: (name, calls, status) => refusing.set(name, { calls, status }),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
