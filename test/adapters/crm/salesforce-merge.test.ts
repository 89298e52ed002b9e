// Merges and conversions in Salesforce, by its SOAP API: what comes of them, also of those done already and of those whose answer got lost.
import { describe, expect, it } from 'vitest';
import { CrmUnavailable } from '../../../lib/crm.ts';
import { isOurs } from '../../../lib/sources/salesforce/our-client.ts';
import { changeOriginOf } from '../../../lib/sources/salesforce-cdc.ts';
import { type Opened, openSalesforce } from './salesforce-harness.ts';

let opened: Opened;
const open = async (...given: Parameters<typeof openSalesforce>): Promise<Opened> => {
  opened = await openSalesforce(...given);
  return opened;
};

const soapCalls = ({ salesforce }: Opened) => salesforce.requests.filter(({ path }) => path.includes('/Soap/'));
const fault = (code: string) => ({
  status: 500,
  headers: { 'content-type': 'text/xml;charset=UTF-8' },
  body:
    '<?xml version="1.0"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>' +
    `<soapenv:Fault><faultcode>sf:${code}</faultcode><faultstring>${code}: secret words</faultstring></soapenv:Fault>` +
    '</soapenv:Body></soapenv:Envelope>',
});
const two = async (object: 'Lead' | 'Contact' | 'Account') => {
  const of = { LastName: 'Buyer', Company: 'Acme', Name: 'Acme' };
  return [await opened.salesforce.create(object, of), await opened.salesforce.create(object, of)] as const;
};

describe('merge', () => {
  it.each([
    ['Lead', 'person'],
    ['Contact', 'person'],
    ['Account', 'account'],
  ] as const)('of two of %s leaves one, by Muster’s own word', async (sObject, object) => {
    const { salesforce, crm } = await open();
    const [into, from] = await two(sObject);
    expect(await crm.merge(object, into, from.slice(0, 15))).toEqual({ outcome: 'written' });
    expect(salesforce.record(sObject, from)).toMatchObject({ mergedInto: into, archivedAt: expect.any(Number) });
    expect(isOurs(changeOriginOf(salesforce.changeEvents.at(-1))?.changeOrigin)).toBe(true);
  });

  it('done before is done', async () => {
    const { salesforce, crm } = await open();
    const [into, from] = await two('Account');
    await salesforce.merge('Account', into, from);
    expect(await crm.merge('account', into, from)).toEqual({ outcome: 'written' });
  });

  it('with a record that is not there any more is not', async () => {
    const { salesforce, crm } = await open();
    const [into, from] = await two('Account');
    await salesforce.remove('Account', from);
    expect(await crm.merge('account', into, from)).toEqual({ outcome: 'gone' });
    expect(await crm.merge('account', '0015e0000099999AAA', into)).toEqual({ outcome: 'gone' });
  });

  it('of different things, or of what has no such id, is not asked for', async () => {
    const { crm } = await open();
    const [lead, contact] = ['00Q5e0000000001EAA', '0035e0000000001AAA'];
    expect(await crm.merge('person', lead, contact)).toMatchObject({ outcome: 'refused' });
    expect(await crm.merge('account', lead, lead)).toEqual({ outcome: 'refused', why: 'no id of an account' });
    expect(await crm.merge('person', lead, '<x/>')).toEqual({ outcome: 'refused', why: 'no id of a lead or contact' });
    expect(soapCalls(opened)).toEqual([]);
  });

  it('that Salesforce refuses says by what code, in no words of its', async () => {
    const { salesforce, crm } = await open();
    const [into, from] = await two('Account');
    salesforce.failNext(fault('INSUFFICIENT_ACCESS'), { where: 'Soap' });
    expect(await crm.merge('account', into, from)).toEqual({ outcome: 'refused', why: 'INSUFFICIENT_ACCESS' });
  });

  it('signs in anew, tries again what was locked, and gives up', async () => {
    const { salesforce, crm } = await open();
    const [into, from] = await two('Account');
    await crm.changedSince('account', '2026-01-01T00:00:00Z');
    salesforce.endSessions();
    salesforce.failNext(fault('UNABLE_TO_LOCK_ROW'), { where: 'Soap' });
    expect(await crm.merge('account', into, from)).toEqual({ outcome: 'written' });
    salesforce.failNext(fault('SERVER_UNAVAILABLE'), { times: 3, where: 'Soap' });
    await expect(crm.merge('account', into, from)).rejects.toThrow(CrmUnavailable);
  });

  it.each(['<broken', '', '<a/>'])('takes %j for no answer', async (body) => {
    const { salesforce, crm } = await open();
    const [into, from] = await two('Account');
    salesforce.failNext({ status: 200, headers: { 'content-type': 'text/xml' }, body }, { times: 3, where: 'Soap' });
    await expect(crm.merge('account', into, from)).rejects.toThrow(CrmUnavailable);
  });
});

describe('convert', () => {
  const lead = () => opened.salesforce.create('Lead', { LastName: 'Buyer', Company: 'Acme' });

  it('makes a lead a contact of the account, and no opportunity', async () => {
    const { salesforce, crm } = await open();
    const [account, id] = [await salesforce.create('Account', { Name: 'Acme' }), await lead()];
    const converted = await crm.convert(id, account);
    expect(converted).toEqual({ outcome: 'written', account, contact: expect.stringMatching(/^003/) });
    expect(salesforce.record('Contact', converted.contact!)?.properties.AccountId).toBe(account);
    expect(salesforce.record('Lead', id)?.properties).toMatchObject({
      IsConverted: true,
      Status: 'Closed - Converted',
    });
    expect(soapCalls(opened)[0]?.body).toContain('<doNotCreateOpportunity>true</doNotCreateOpportunity>');
  });

  it('of no account makes one', async () => {
    const { salesforce, crm } = await open();
    const { account } = await crm.convert(await lead(), undefined);
    expect(salesforce.record('Account', account!)?.properties.Name).toBe('Acme');
  });

  it('done before, or done although no answer came, answers what came of it', async () => {
    const { salesforce, crm } = await open();
    const id = await lead();
    const made = await salesforce.convert(id);
    expect(await crm.convert(id, undefined)).toEqual({ outcome: 'written', ...made });
    expect(salesforce.record('Contact', made.contact)).toBeDefined();
  });

  it('of a lead that is not there any more is not', async () => {
    const { salesforce, crm } = await open();
    const id = await lead();
    await salesforce.remove('Lead', id);
    expect(await crm.convert(id, undefined)).toEqual({ outcome: 'gone' });
  });

  it('of what is no lead, or into what is no account, is not asked for', async () => {
    const { crm } = await open();
    expect(await crm.convert('0035e0000000001AAA', undefined)).toEqual({ outcome: 'refused', why: 'no id of a lead' });
    expect(await crm.convert(await lead(), "x' OR '1'='1")).toEqual({ outcome: 'refused', why: 'no id of an account' });
    expect(opened.salesforce.requests).toEqual([]);
  });

  it('into an account that is not there is refused, and nothing is converted', async () => {
    const { salesforce, crm } = await open();
    const id = await lead();
    expect(await crm.convert(id, '0015e0000099999AAA')).toEqual({
      ...{ outcome: 'refused', why: 'the account is not there' },
    });
    expect(salesforce.record('Lead', id)?.properties.IsConverted).toBe(false);
  });
});
