// Salesforce's Outbound Messages: SOAP with 1 to 100 records, signed by nobody. Who knows the secret address and names the
// tenant's own organisation is believed (help.salesforce.com, "Outbound Messaging"; the WSDL it shows is the shape read here).
import { timingSafeEqual } from 'node:crypto';
import type { CrmMapping } from '../domain/playbook/crm.ts';
import { sha256 } from './contract-shapes.ts';
import { fieldsOf, flagIn, momentIn } from './salesforce/fields.ts';
import { lineOf } from './salesforce/line.ts';
import { recordId, sameId } from './salesforce/record-id.ts';
import { type FieldProblem, maximumItems, type Reading, type WebhookDelivery, type WebhookSource } from './source.ts';
import { readXml, type XmlElement } from './strict-xml.ts';

/** Digests are equally long whatever was sent, and every secret is looked at: how long it takes tells nothing. */
const verify = ({ pathSecret }: WebhookDelivery, secrets: readonly string[]): boolean => {
  if (!pathSecret) return false;
  const given = Buffer.from(sha256(pathSecret));
  return secrets.filter((secret) => secret !== '' && timingSafeEqual(Buffer.from(sha256(secret)), given)).length > 0;
};

const within = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.elements.find((one) => one.name === name);

const recordIn = (element: XmlElement): Record<string, unknown> =>
  Object.fromEntries(
    element.elements.map((field) => {
      if (field.attributes.get('nil') === 'true') return [field.name, null];
      return [field.name, field.elements.length > 0 ? recordIn(field) : field.text];
    }),
  );

/** `sf:Account` → `Account` */
const typeOf = (sObject: XmlElement): string => (sObject.attributes.get('type') ?? '').replace(/^.*:/, '');

const readNotification = (
  notification: XmlElement,
  { source, now }: WebhookDelivery,
  mapping: CrmMapping,
): ReturnType<typeof lineOf> | undefined => {
  const notificationId = recordId(within(notification, 'Id')?.text);
  const sObject = within(notification, 'sObject');
  const id = sObject && recordId(within(sObject, 'Id')?.text);
  if (notificationId === undefined || sObject === undefined || id === undefined) return undefined;
  const fields = fieldsOf(recordIn(sObject));
  const record = { sObject: typeOf(sObject), id, fields, deleted: flagIn(fields, 'IsDeleted') };
  const at = momentIn(fields, 'SystemModstamp') ?? momentIn(fields, 'LastModifiedDate') ?? now;
  // Salesforce sends a message again with the record as it is by then: the same notification, another content.
  const content = sha256(JSON.stringify([...fields])).slice(0, 16);
  return lineOf(record, { source, id: `${notificationId}.${id}.${content}`, at, now, mapping });
};

const problem = (field: string, detail: string): { problems: readonly FieldProblem[] } => ({
  problems: [{ field, detail }],
});

/** The session id a message can carry is looked at by nobody. */
const read: WebhookSource['read'] = (delivery, document, mapping): Reading => {
  const { connection } = delivery;
  if (connection.kind !== 'salesforce') throw new Error('the connection is not to Salesforce');
  const xml = readXml(String(document));
  if ('problem' in xml) return problem('body', xml.problem);
  const envelope = xml.root.name === 'Envelope' ? xml.root : undefined;
  const message = within(within(envelope, 'Body'), 'notifications');
  if (message === undefined) return problem('Envelope.Body.notifications', 'is required');
  const organisation = recordId(within(message, 'OrganizationId')?.text);
  if (organisation === undefined || !sameId(organisation, connection.organisationId)) {
    return {
      refused: [{ field: 'OrganizationId', detail: 'is not the organisation of this connection' }],
      detail: 'The message is from another organisation',
    };
  }
  const notifications = message.elements.filter(({ name }) => name === 'Notification');
  if (notifications.length > maximumItems) return { tooMany: notifications.length };
  if (notifications.length === 0) return problem('Notification', 'is required');
  const readings = notifications.map((notification) => readNotification(notification, delivery, mapping));
  const malformed = readings.flatMap((reading, index) =>
    reading === undefined ? [{ field: `Notification[${index}]`, detail: 'has no Id, or no sObject with one' }] : [],
  );
  if (malformed.length > 0) return { problems: malformed };
  return {
    lines: readings.flatMap((reading) => reading?.lines ?? []),
    unread: readings.flatMap((reading) => reading?.unread ?? []),
  };
};

const acknowledgement = {
  statusCode: 200,
  headers: { 'content-type': 'text/xml; charset=utf-8' },
  body:
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>' +
    '<notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse>' +
    '</soapenv:Body></soapenv:Envelope>',
} as const;

export const salesforceOutbound: WebhookSource = {
  body: 'xml',
  verify,
  read,
  acknowledgement,
  // A hundred records of some dozens of fields each are 200 KB.
  maximumBytes: 512 * 1_024,
};
