// The calls of HubSpot's API that Muster makes, answered as api.hubapi.com does (developers.hubspot.com/docs/api-reference).
import * as z from 'zod';
import type { HubspotObject, HubspotOptions, StubRecord, StubRequest } from '../stub-crm.ts';
import type { StubRecords } from '../stub-records.ts';
import type { StubAnswer } from '../stub-server.ts';
import { found, listed, shown } from './found.ts';

const failed = (status: number, category: string, message: string, more: object = {}): StubAnswer => ({
  status,
  body: { status: 'error', message, correlationId: '4a1f6a2e-0d4b-4a56-9b2e-2f7f3a1c9e10', category, ...more },
});

const updates = z.object({
  inputs: z.array(z.object({ id: z.string(), properties: z.record(z.string(), z.string()) })),
});
const merging = z.object({ primaryObjectId: z.string(), objectIdToMerge: z.string() });
const reading = z.object({
  inputs: z.array(z.object({ id: z.string() })),
  properties: z.array(z.string()),
  propertiesWithHistory: z.array(z.string()),
});
const asking = z.object({ inputs: z.array(z.object({ id: z.string(), after: z.string().optional() })) });

/** One property that is not there, or one value that is no choice, and the whole batch is rejected. */
const invalid = (properties: Readonly<Record<string, string>>, allowed: HubspotOptions['properties']) =>
  Object.entries(properties).flatMap(([name, value]) => {
    if (allowed === undefined) return [];
    const choices = allowed[name];
    if (choices === undefined) {
      return [{ isValid: false, message: `Property "${name}" does not exist`, error: 'PROPERTY_DOESNT_EXIST', name }];
    }
    if (choices.length === 0 || choices.includes(value)) return [];
    const message = `${value} was not one of the allowed options: [${choices.join(', ')}]`;
    return [{ isValid: false, message, error: 'INVALID_OPTION', name }];
  });

const update = (object: HubspotObject, body: unknown, { records, properties }: HubspotApi): StubAnswer => {
  const { inputs } = updates.parse(body);
  if (inputs.length > 100) return failed(400, 'VALIDATION_ERROR', 'The maximum batch size is 100');
  if (new Set(inputs.map(({ id }) => id)).size < inputs.length) {
    return failed(400, 'VALIDATION_ERROR', 'Duplicate IDs found in batch input');
  }
  const faults = inputs.flatMap((input) => invalid(input.properties, properties));
  if (faults.length > 0) {
    return failed(400, 'VALIDATION_ERROR', `Property values were not valid: ${JSON.stringify(faults)}`);
  }
  const results: object[] = [];
  const missing: string[] = [];
  for (const input of inputs) {
    // A record that another took in is that other from then on.
    const id = records.of(object).get(input.id)?.mergedInto ?? input.id;
    if (records.living(object, id) === undefined) missing.push(input.id);
    else results.push(shown(object, records.change(object, id, input.properties), Object.keys(input.properties)));
  }
  const at = new Date(0).toISOString();
  const message = `Could not get some ${object.toUpperCase()} objects, they may be deleted or not exist. Check that ids are valid.`;
  const error = {
    status: 'error',
    category: 'OBJECT_NOT_FOUND',
    message,
    context: { ids: missing },
    links: {},
    errors: [],
  };
  return missing.length === 0
    ? { status: 200, body: { status: 'COMPLETE', results, startedAt: at, completedAt: at } }
    : {
        status: 207,
        body: { status: 'COMPLETE', results, numErrors: 1, errors: [error], startedAt: at, completedAt: at },
      };
};

/** The newest first. */
const historyOf = ({ history }: StubRecord, name: string) =>
  history
    .filter(({ properties }) => Object.hasOwn(properties, name))
    .map(({ at, properties }) => ({
      ...{ value: String(properties[name]), timestamp: new Date(at).toISOString() },
      ...{ sourceType: 'CRM_UI', sourceId: 'userId:1' },
    }))
    .reverse();

const read = (object: HubspotObject, body: unknown, { records }: HubspotApi): StubAnswer => {
  const { inputs, properties, propertiesWithHistory: names } = reading.parse(body);
  if (inputs.length > 50) return failed(400, 'VALIDATION_ERROR', 'The maximum batch size with history is 50');
  const results = inputs.flatMap(({ id }) => {
    const record = records.living(object, id);
    if (record === undefined) return [];
    const propertiesWithHistory = Object.fromEntries(names.map((name) => [name, historyOf(record, name)]));
    return [{ ...shown(object, record, properties), propertiesWithHistory }];
  });
  return { status: 200, body: { status: 'COMPLETE', results } };
};

const merge = (object: HubspotObject, body: unknown, { records }: HubspotApi): StubAnswer => {
  const { primaryObjectId: into, objectIdToMerge: from } = merging.parse(body);
  if (into === from) return failed(400, 'VALIDATION_ERROR', `Cannot merge object ${into} with itself`);
  const missing = [into, from].filter((id) => records.living(object, id) === undefined);
  if (missing.length > 0) return failed(404, 'OBJECT_NOT_FOUND', `Object not found. objectId are usually numeric.`);
  return { status: 200, body: shown(object, records.merge(object, into, from), []) };
};

const associationsAtOnce = 500;

const contactsOfDeals = (body: unknown, { records }: HubspotApi): StubAnswer => {
  const none: object[] = [];
  const results = asking.parse(body).inputs.flatMap(({ id, after = '0' }) => {
    const contacts = [...(records.of('deals').get(id)?.associations.contacts ?? [])];
    if (contacts.length === 0) {
      const message = `No contact is associated with deal ${id}.`;
      none.push({
        status: 'error',
        category: 'OBJECT_NOT_FOUND',
        subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
        message,
      });
      return [];
    }
    const to = contacts.slice(Number(after), Number(after) + associationsAtOnce).map((contact) => ({
      toObjectId: Number(contact),
      associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: 3, label: null }],
    }));
    const next = Number(after) + associationsAtOnce;
    return [{ from: { id }, to, ...(next < contacts.length && { paging: { next: { after: String(next) } } }) }];
  });
  const errors = none.length > 0 ? { numErrors: none.length, errors: none } : {};
  return { status: none.length > 0 ? 207 : 200, body: { status: 'COMPLETE', results, ...errors } };
};

export interface HubspotApi {
  records: StubRecords<HubspotObject>;
  accessToken: string;
  properties: HubspotOptions['properties'];
}

export const hubspotAnswer = ({ method, path, headers, body }: StubRequest, api: HubspotApi): StubAnswer => {
  if (headers.authorization !== `Bearer ${api.accessToken}`) {
    return failed(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found.');
  }
  const { pathname, searchParams } = new URL(path, 'http://stub');
  if (`${method} ${pathname}` === 'POST /crm/v4/associations/deals/contacts/batch/read')
    return contactsOfDeals(body, api);
  const [, object, call = ''] =
    /^\/crm\/v3\/objects\/(contacts|companies|deals)(?:\/(batch\/update|batch\/read|search|merge))?$/.exec(pathname) ??
    [];
  if (object !== 'contacts' && object !== 'companies' && object !== 'deals')
    return failed(404, 'NOT_FOUND', 'no such call');
  const own: StubRecord[] = [...api.records.of(object).values()];
  switch (`${method} ${call}`) {
    case 'POST batch/update':
      return update(object, body, api);
    case 'POST batch/read':
      return read(object, body, api);
    case 'POST search':
      return found(object, own, body);
    case 'POST merge':
      return merge(object, body, api);
    case 'GET ':
      return listed(object, own, searchParams);
    default:
      return failed(405, 'METHOD_NOT_ALLOWED', 'no such call');
  }
};
