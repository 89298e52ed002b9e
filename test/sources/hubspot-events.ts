// Events as HubSpot sends them, and what comes of them.
import { captured } from '../../events/catalogue.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import type { CrmMapping } from '../../lib/domain/playbook/crm.ts';
import { noMapping } from '../../lib/domain/playbook/crm-mapping.ts';
import { hubspot } from '../../lib/sources/hubspot.ts';

export const now = Date.parse('2026-11-22T09:30:00.000Z');
export const at = Date.parse('2026-11-22T09:00:00.000Z');

type WriteBack = Extract<Connection, { kind: 'hubspot' }>['writeBack'];
interface Options {
  mapping?: CrmMapping;
  portalId?: number;
  writeBack?: WriteBack;
}

export const read = (document: unknown, { portalId = 62515, mapping = noMapping, writeBack }: Options = {}) => {
  const connection = { kind: 'hubspot', portalId, ...(writeBack && { writeBack }) } as const;
  const delivery = { source: 'hubspot', connection, method: 'POST', url: '', headers: {}, body: Buffer.alloc(0), now };
  return hubspot.read(delivery, document, mapping);
};
export const event = (subscriptionType: string, more: object = {}) => ({
  ...{ eventId: 1, subscriptionId: 12345, portalId: 62515, appId: 54321, occurredAt: at, attemptNumber: 0 },
  ...{ subscriptionType, objectId: 123, changeSource: 'CRM' },
  ...more,
});
export const told = (document: unknown, options: Options = {}) => {
  const reading = read(document, options);
  if (!('lines' in reading)) throw new Error(JSON.stringify(reading));
  return {
    lines: reading.lines.map((line) => {
      captured.parse(line);
      if (line.type !== 'crm-change-captured.v1') throw new Error(line.type);
      return line;
    }),
    unread: (reading.unread ?? []).map(({ what, why }) => `${what}: ${why}`),
  };
};
/** What one event says, without the record it says it of. */
export const said = (subscriptionType: string, more: object = {}, mapping: CrmMapping = noMapping) => {
  const { lines, unread } = told([event(subscriptionType, more)], { mapping });
  return [...lines.map(({ change: { object, externalId, ...rest } }) => rest), ...unread];
};
export const property = (kind: string, propertyName: string, propertyValue: unknown, mapping?: CrmMapping) =>
  said(`${kind}.propertyChange`, { propertyName, propertyValue }, mapping);
