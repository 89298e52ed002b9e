// Properties of a CRM that a connection both writes to and reads: what Muster wrote would come back as what the CRM says. Which ones
// a source reads, the source itself is asked, with records that differ in that property alone: no list here could be out of date.
import type { Connection } from '../domain/connection.ts';
import { crmMappingOf } from '../domain/playbook/crm-mapping.ts';
import type { Playbook } from '../domain/playbook/playbook.ts';
import { readListed } from './pulled-records.ts';

export interface WriteBackLoop {
  connection: string;
  object: 'person' | 'account';
  /** What is written: `status`, `grade`, … */
  what: string;
  property: string;
}

const at = '2026-01-01T00:00:00.000Z';
/** Of every kind that is written, and some that would be read otherwise. */
const values = ['Qualified', 'lead@acme.example', 'acme.example', 7, '7', '00Q000000000001AAA', true] as const;
type Record_ = Readonly<Record<string, unknown>>;

/** Records of the connection's kind that say this and no more. */
const recordsWith = (kind: Connection['kind'], object: WriteBackLoop['object'], said: Record_): Record_[] => {
  switch (kind) {
    case 'hubspot': {
      const properties = Object.fromEntries(Object.entries(said).map(([name, value]) => [name, String(value)]));
      return [{ id: '1', updatedAt: at, properties }];
    }
    case 'pipedrive':
      return [{ id: 1, update_time: at, ...said }];
    case 'salesforce':
      return (object === 'person' ? ['Lead', 'Contact'] : ['Account']).map((type) => {
        return { attributes: { type }, Id: '00Q000000000001AAA', SystemModstamp: at, IsDeleted: false, ...said };
      });
    case 'signed':
      return [];
  }
};

const isRead = (source: string, connection: Connection, { object, property }: WriteBackLoop, playbook: Playbook) => {
  const listing = { source, connection, object, now: Date.parse(at), mapping: crmMappingOf(playbook, source) };
  const heard = (said: Record_): string => {
    const { lines, unread } = readListed(recordsWith(connection.kind, object, said), listing);
    return JSON.stringify([lines.map(({ change }) => change), unread]);
  };
  const usual = heard({});
  return values.some((value) => heard({ [property]: value }) !== usual);
};

export const writeBackLoops = (
  connections: Readonly<Record<string, Connection>>,
  playbook: Playbook,
): WriteBackLoop[] =>
  Object.entries(connections).flatMap(([name, connection]) => {
    const writeBack = 'writeBack' in connection ? connection.writeBack : undefined;
    return (['person', 'account'] as const)
      .flatMap((object) =>
        Object.entries(writeBack?.[object] ?? {}).map(([what, property]) => ({
          connection: name,
          object,
          what,
          property,
        })),
      )
      .filter((loop) => isRead(name, connection, loop, playbook));
  });
