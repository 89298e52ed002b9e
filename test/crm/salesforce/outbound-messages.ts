// Outbound Messages as a flow of the organisation's sends them: the record as it is, to be acknowledged to the letter.
import { readXml, type XmlElement } from '../../../lib/sources/strict-xml.ts';
import { message } from '../../sources/salesforce-messages.ts';
import type { StubDelivery, StubRecord } from '../stub-crm.ts';
import type { SalesforceObject } from './objects.ts';

export const escaped = (value: unknown): string =>
  String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const element = (name: string, value: unknown): string => `<sf:${name}>${escaped(value)}</sf:${name}>`;

/** Empty fields are not in it. */
const notification = (number: number, object: SalesforceObject, { id, updatedAt, properties }: StubRecord): string => {
  const at = new Date(updatedAt).toISOString();
  const fields = Object.entries({ ...properties, IsDeleted: false, LastModifiedDate: at, SystemModstamp: at })
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => element(name, value));
  return `<Notification><Id>04l5e${String(number).padStart(10, '0')}AAA</Id>
    <sObject xsi:type="sf:${object}" xmlns:sf="urn:sobject.enterprise.soap.sforce.com">
     ${element('Id', id)}${fields.join('')}
    </sObject></Notification>`;
};

const text = (within: XmlElement | undefined, ...path: string[]): string | undefined => {
  let at = within;
  for (const name of path) at = at?.elements.find((one) => one.name === name);
  return at?.text.trim();
};

/** Salesforce sends again for 24 hours what is not answered so. */
const isAcknowledged = (status: number, body: string): boolean => {
  if (status !== 200 || !body.includes('http://soap.sforce.com/2005/09/outbound')) return false;
  const xml = readXml(body);
  return (
    'root' in xml && xml.root.name === 'Envelope' && text(xml.root, 'Body', 'notificationsResponse', 'Ack') === 'true'
  );
};

export function createMessages(organisationId: string) {
  const deliveries: StubDelivery[] = [];
  let numbers = 0;
  let to: string | undefined;
  let sending: Promise<void> = Promise.resolve();

  async function send(url: string, body: string): Promise<void> {
    const headers = { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' };
    const response = await fetch(url, { method: 'POST', headers, body });
    const answer = await response.text();
    deliveries.push({ url, headers, body, status: response.status });
    if (!isAcknowledged(response.status, answer)) throw new Error(`a message was not acknowledged: ${response.status}`);
  }

  return {
    deliveries: deliveries as readonly StubDelivery[],
    sendTo(url: string | undefined) {
      to = url;
    },
    /** One after the other, in the order of what happened. */
    saved(object: SalesforceObject, record: StubRecord): void {
      if (to === undefined) return;
      numbers += 1;
      const [url, body] = [to, message([notification(numbers, object, record)], organisationId)];
      sending = sending.then(() => send(url, body));
      // Whoever asks `settled` is told.
      sending.catch(() => undefined);
    },
    /** Throws if one was not acknowledged. */
    async settled(): Promise<void> {
      const before = sending;
      await before.finally(() => {
        if (sending === before) sending = Promise.resolve();
      });
    },
  };
}
