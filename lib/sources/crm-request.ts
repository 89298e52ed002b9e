// What somebody asks a CRM to do, as the API takes it: in that CRM's own ids, each in one form, so that the same is asked once.
import * as z from 'zod';
import { type Connection, withApi } from '../domain/connection.ts';
import { type CrmRequest, crmConversion, crmMerge, crmRequest } from '../domain/crm-request.ts';
import { crmRequestIdOf } from '../domain/ids.ts';
import { momentOf } from './contract-shapes.ts';
import { fieldProblems } from './field-problems.ts';
import { recordId } from './salesforce/record-id.ts';
import type { FieldProblem } from './source.ts';

/** Made with the first: the function that takes it takes five other things. */
export const crmRequestSent = z.lazy(() => {
  const { by, why, source: connection } = crmRequest.shape;
  return z.discriminatedUnion('call', [
    crmMerge.extend({ connection, by, why }),
    crmConversion.extend({ connection, by, why }),
  ]);
});

export interface CrmRequestDelivery {
  /** The body as parsed JSON. */
  document: unknown;
  /** All the tenant's. */
  connections: Readonly<Record<string, Connection>>;
  /** Milliseconds since 1970. */
  now: number;
}

type Kind = Exclude<Connection['kind'], 'signed'>;
type Named = 'person' | 'account' | 'lead';

/** "Standard Field Key Prefixes" of Salesforce. */
const prefixes: Readonly<Record<Named, readonly string[]>> = {
  person: ['003', '00Q'],
  account: ['001'],
  lead: ['00Q'],
};
const objects: Readonly<Record<Named, string>> = { person: 'a person', account: 'an account', lead: 'a lead' };
const number = (given: string): string | undefined => (/^[1-9]\d{0,19}$/.test(given) ? given : undefined);

/** The id in the form that is kept; undefined where the CRM has no such ids. */
const idsOf: Readonly<Record<Kind, (given: string, of: Named) => string | undefined>> = {
  hubspot: number,
  pipedrive: number,
  salesforce: (given, of) => {
    const id = recordId(given);
    return id !== undefined && prefixes[of].includes(id.slice(0, 3)) ? id : undefined;
  },
};

type Asked = CrmRequest['wants'];

/** With its ids in the form that is kept, or which of them are none. */
const kept = (kind: Kind, asked: Asked): { wants: Asked } | { problems: FieldProblem[] } => {
  const problems: FieldProblem[] = [];
  const keep = (field: string, given: string, of: Named): string => {
    const id = idsOf[kind](given, of);
    if (id === undefined) problems.push({ field, detail: `is no id that ${kind} gives ${objects[of]}` });
    return id ?? given;
  };
  const wants: Asked =
    asked.call === 'merge'
      ? { ...asked, into: keep('into', asked.into, asked.object), from: keep('from', asked.from, asked.object) }
      : {
          ...asked,
          lead: keep('lead', asked.lead, 'lead'),
          ...(asked.account !== undefined && { account: keep('account', asked.account, 'account') }),
        };
  return problems.length > 0 ? { problems } : { wants };
};

const problem = (field: string, detail: string): { problems: FieldProblem[] } => ({ problems: [{ field, detail }] });

export const readCrmRequest = ({
  document,
  connections,
  now,
}: CrmRequestDelivery): { request: CrmRequest } | { problems: readonly FieldProblem[] } => {
  const parsed = crmRequestSent.safeParse(document);
  if (!parsed.success) return { problems: fieldProblems(parsed.error) };
  const { connection: source, by, why, ...asked } = parsed.data;
  const names = withApi(connections);
  if (!names.includes(source)) {
    return problem('connection', `has no API here; those that have: ${names.join(', ') || 'none'}`);
  }
  const kind = connections[source]!.kind as Kind;
  if (asked.call === 'convert' && kind !== 'salesforce') {
    return problem('connection', 'has no leads to convert: only Salesforce has');
  }
  const known = kept(kind, asked);
  if ('problems' in known) return known;
  const { wants } = known;
  if (wants.call === 'merge' && wants.into === wants.from) return problem('from', 'is the same record');
  const requestId = crmRequestIdOf(source, ...Object.entries(wants).sort().flat());
  return { request: { type: 'crm-requested.v1', requestId, at: momentOf(now), source, wants, by, why } };
};
