// Change events as Event Relay puts them on a partner event bus, with whatever change a test wants.

export const eventSource = 'aws.partner/salesforce.com/00D000000000062EAA/0YLR00000000001OAA';

export interface Change {
  entityName: string;
  changeType?: string;
  recordIds?: string[];
  changedFields?: string[];
  nulledFields?: string[];
  diffFields?: string[];
}

export const committed = Date.parse('2026-11-22T09:00:00.000Z');

export const detailOf = (change: Change, fields: Record<string, unknown> = {}) => ({
  schema: 'mMj9pZNs-KOpuKP54R8PtQ',
  payload: {
    ChangeEventHeader: {
      changeType: 'CREATE',
      recordIds: ['00Q000000000001EAA'],
      changeOrigin: 'com/salesforce/api/soap/62.0;client=SfdcInternalAPI/',
      transactionKey: '00006948-0ac9-7da3-edb3-ea0e31b2334a',
      sequenceNumber: 1,
      commitTimestamp: committed,
      commitNumber: 1_100_638_524_517,
      commitUser: '0055f000005mc66AAA',
      ...change,
    },
    ...fields,
  },
  event: { replayId: 32_859 },
});

export const relayed = (detail: unknown, source = eventSource): string =>
  JSON.stringify({
    version: '0',
    id: '5c42b99e-e005-43b3-c744-07990c50d2cc',
    'detail-type': 'LeadChangeEvent',
    source,
    account: '000000000000',
    time: '2026-11-22T09:00:01Z',
    region: 'eu-central-1',
    resources: [],
    detail,
  });
