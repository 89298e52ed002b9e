// The stub's SOAP API: merge and convertLead, with elements in the order the WSDL has them.
import { readXml, type XmlElement } from '../../../lib/sources/strict-xml.ts';
import { byApi } from './change-events.ts';
import { objectOf } from './objects.ts';
import type { Organisation } from './organisation.ts';
import { escaped } from './outbound-messages.ts';
import type { Answer } from './rest.ts';

const envelope = (body: string): string =>
  '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
  'xmlns="urn:partner.soap.sforce.com" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
  `<soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;

const answer = (status: number, body: string): Answer => ({
  ...{ status, body: envelope(body) },
  headers: { 'content-type': 'text/xml;charset=UTF-8' },
});

const soapFault = (code: string, message: string): Answer =>
  answer(
    500,
    `<soapenv:Fault><faultcode>sf:${code}</faultcode><faultstring>${code}: ${escaped(message)}</faultstring></soapenv:Fault>`,
  );

const failure = (fields: string, statusCode: string): string =>
  `<errors><message>${statusCode.toLowerCase()}</message><statusCode>${statusCode}</statusCode></errors>${fields}<success>false</success>`;

const child = (of: XmlElement | undefined, name: string): XmlElement | undefined =>
  of?.elements.find((one) => one.name === name);
const said = (of: XmlElement | undefined, name: string): string => child(of, name)?.text.trim() ?? '';
const names = (of: XmlElement): string[] => of.elements.map(({ name }) => name);

const leadConvert = [
  'accountId',
  'contactId',
  'convertedStatus',
  'doNotCreateOpportunity',
  'leadId',
  'opportunityName',
].concat(['overwriteLeadSource', 'ownerId', 'sendNotificationEmail']);
const needed = ['convertedStatus', 'doNotCreateOpportunity', 'leadId', 'overwriteLeadSource', 'sendNotificationEmail'];

export interface SoapOptions {
  organisation: Organisation;
  convertedStatus: string;
  isSignedIn: (session: string) => boolean;
}

export function createSoap({ organisation, convertedStatus, isSignedIn }: SoapOptions) {
  const isThere = (id: string): boolean => {
    const record = organisation.find(id);
    return record !== undefined && record.archivedAt === undefined;
  };

  const merge = (request: XmlElement, client: string): Answer => {
    const master = child(request, 'masterRecord');
    const [into, from] = [said(master, 'Id'), said(request, 'recordToMergeIds')];
    if (objectOf(into) !== said(master, 'type') || objectOf(from) !== objectOf(into)) {
      return soapFault('INVALID_ID_FIELD', `cannot merge ${from}`);
    }
    const done = isThere(into) && isThere(from);
    if (done) organisation.begin(byApi('soap', '66.0', client)).merge(into, from);
    const result = done
      ? `<id>${into}</id><mergedRecordIds>${from}</mergedRecordIds><success>true</success>`
      : failure('<id xsi:nil="true"/>', 'ENTITY_IS_DELETED');
    return answer(200, `<mergeResponse><result>${result}</result></mergeResponse>`);
  };

  const convert = (request: XmlElement, client: string): Answer => {
    const given = names(request);
    const inOrder = leadConvert.filter((name) => given.includes(name));
    if (inOrder.join() !== given.join() || needed.some((name) => !given.includes(name))) {
      return soapFault('INVALID_TYPE', 'elements of LeadConvert are missing, unknown or out of order');
    }
    const [lead, account] = [said(request, 'leadId'), said(request, 'accountId')];
    const result = (inner: string) =>
      answer(200, `<convertLeadResponse><result>${inner}</result></convertLeadResponse>`);
    const nothing = '<accountId xsi:nil="true"/><contactId xsi:nil="true"/>';
    if (said(request, 'convertedStatus') !== convertedStatus) return result(failure(nothing, 'INVALID_STATUS'));
    if (!isThere(lead)) return result(failure(nothing, 'ENTITY_IS_DELETED'));
    if (organisation.find(lead)?.properties.IsConverted === true) {
      return result(failure(nothing, 'CANNOT_UPDATE_CONVERTED_LEAD'));
    }
    if (account !== '' && !isThere(account)) return result(failure(nothing, 'INVALID_CROSS_REFERENCE_KEY'));
    const made = organisation
      .begin(byApi('soap', '66.0', client))
      .convert(lead, account === '' ? undefined : account, convertedStatus);
    return result(
      `<accountId>${made.account}</accountId><contactId>${made.contact}</contactId><leadId>${lead}</leadId>` +
        '<opportunityId xsi:nil="true"/><success>true</success>',
    );
  };

  return (text: string): Answer => {
    const xml = readXml(text);
    if ('problem' in xml) return soapFault('UNKNOWN_EXCEPTION', xml.problem);
    const header = child(xml.root, 'Header');
    if (!isSignedIn(said(child(header, 'SessionHeader'), 'sessionId'))) {
      return soapFault('INVALID_SESSION_ID', 'Invalid Session ID found in SessionHeader');
    }
    const client = said(child(header, 'CallOptions'), 'client');
    const body = child(xml.root, 'Body');
    const mergeRequest = child(child(body, 'merge'), 'mergeRequests');
    if (mergeRequest !== undefined) return merge(mergeRequest, client);
    const convertRequest = child(child(body, 'convertLead'), 'leadConverts');
    if (convertRequest !== undefined) return convert(convertRequest, client);
    return soapFault('UNKNOWN_EXCEPTION', 'the stub has no such operation');
  };
}
