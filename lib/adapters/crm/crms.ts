// The CRM of a connection, by its kind: its client is loaded only where a tenant has one of that kind, and made anew when the
// credentials or the playbook's mapping change.
import * as z from 'zod';
import type { Crm } from '../../crm.ts';
import type { Connection } from '../../domain/connection.ts';
import type { CrmMapping } from '../../domain/playbook/crm.ts';
import type { Secrets } from '../../ports.ts';

interface Made {
  mapping: CrmMapping;
  credentials: string;
  crm: Promise<Crm>;
}
type Given = Readonly<Record<string, string>>;

const text = z.string().min(1);
const hubspot = z.object({ accessToken: text });
const pipedrive = z.object({ apiToken: text });
const salesforce = z.object({ clientId: text, clientSecret: text });

/** Says which names are missing, and repeats no value. */
const parsed = <Credentials>(schema: z.ZodType<Credentials>, given: Given, source: string): Credentials => {
  const { success, data, error } = schema.safeParse(given);
  if (success) return data;
  const names = error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new Error(`the credentials of ${source} lack ${names}`);
};

const make = async (source: string, connection: Connection, given: Given, mapping: CrmMapping): Promise<Crm> => {
  switch (connection.kind) {
    case 'hubspot': {
      const { createHubspot } = await import('./hubspot.ts');
      return createHubspot({ connection, credentials: parsed(hubspot, given, source), mapping });
    }
    case 'pipedrive': {
      const { createPipedrive } = await import('./pipedrive.ts');
      return createPipedrive({ connection, credentials: parsed(pipedrive, given, source) });
    }
    case 'salesforce': {
      const { createSalesforce } = await import('./salesforce.ts');
      return createSalesforce({ connection, credentials: parsed(salesforce, given, source), mapping });
    }
    case 'signed':
      throw new Error(`${source} is no connection with an API`);
  }
};

/** Answers undefined where nobody has given the connection's credentials. */
export const createCrms = ({
  connections,
  secrets,
}: {
  connections: Readonly<Record<string, Connection>>;
  secrets: Pick<Secrets, 'crmCredentials'>;
}): ((source: string, mapping: CrmMapping) => Promise<Crm | undefined>) => {
  const made = new Map<string, Made>();
  return async (source, mapping) => {
    const connection = Object.hasOwn(connections, source) ? connections[source] : undefined;
    const given = connection && (await secrets.crmCredentials(source));
    if (connection === undefined || given === undefined) return undefined;
    const credentials = JSON.stringify(given);
    const known = made.get(source);
    if (known?.mapping === mapping && known.credentials === credentials) return known.crm;
    const crm = make(source, connection, given, mapping);
    made.set(source, { mapping, credentials, crm });
    crm.catch(() => made.delete(source));
    return crm;
  };
};
