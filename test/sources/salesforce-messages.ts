// Outbound Messages as Salesforce writes them, with whatever records a test wants.

export const organisationId = '00D000000000062EAA';

const prefixes = new Map([
  ['Lead', '00Q'],
  ['Contact', '003'],
  ['Account', '001'],
  ['Opportunity', '006'],
  ['OpportunityContactRole', '00K'],
  ['Contract', '800'],
  ['Task', '00T'],
  ['Event', '00U'],
]);

/** A field of `\0nil` is set to nil; every other stands as it is, so that references can be tried. */
export const sObject = (type: string, fields: Record<string, string>, number = 1): string => {
  const prefix = prefixes.get(type) ?? '500';
  const digits = String(number).padStart(12, '0');
  const inner = Object.entries(fields).map(([name, value]) =>
    value === '\0nil' ? `<sf:${name} xsi:nil="true"/>` : `<sf:${name}>${value}</sf:${name}>`,
  );
  return `<Notification>
    <Id>04l${digits}AAA</Id>
    <sObject xsi:type="sf:${type}" xmlns:sf="urn:sobject.enterprise.soap.sforce.com">
     <sf:Id>${prefix}${digits}${prefix.startsWith('00') && /[A-Z]$/.test(prefix) ? 'EAA' : 'AAA'}</sf:Id>
     ${inner.join('\n     ')}
    </sObject>
   </Notification>`;
};

export const message = (notifications: readonly string[], organisation = organisationId): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <soapenv:Body>
  <notifications xmlns="http://soap.sforce.com/2005/09/outbound">
   <OrganizationId>${organisation}</OrganizationId>
   <ActionId>04k000000000001AAA</ActionId>
   <SessionId>${organisation}!AQ4AQ.session</SessionId>
   <EnterpriseUrl>https://acme.my.salesforce.com/services/Soap/c/62.0/${organisation}</EnterpriseUrl>
   <PartnerUrl>https://acme.my.salesforce.com/services/Soap/u/62.0/${organisation}</PartnerUrl>
   ${notifications.join('\n   ')}
  </notifications>
 </soapenv:Body>
</soapenv:Envelope>`;
