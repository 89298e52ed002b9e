// Somebody who leaves something in every place that takes anything: each value is one of a kind, so that it is found wherever it is.
import type { Captured } from '../../events/catalogue.ts';
import { profileField } from '../../events/touch-captured.v1.ts';
import { inflated } from '../../lib/table/packing.ts';
import { act, crm, decide, demoRequest, touch } from '../simulation/lines.ts';
import type { World } from '../simulation/world.ts';

const marked = (who: string, what: string): string => `${who}zz${what}`;
const at = (time: string): string => `2026-11-20T${time}.000Z`;

export const emailOf = (who: string): string => `${marked(who, 'mail')}@acme.example`;

const profileOf = (who: string, prefix: string) =>
  Object.fromEntries(profileField.options.map((field) => [field, marked(who, prefix + field)]));

/** Forms, hits, an import, CRM records with a deal and a call, a decision, an action: with a value of theirs in every field that takes
 * any. `company` is the account's, not theirs. */
export const linesOf = (who: string): Captured[] => {
  const email = emailOf(who);
  const visitor = `anon:${marked(who, 'browser')}`;
  const signedIn = `user:${marked(who, 'login')}`;
  const id = (name: string) => `${who}-${name}`;
  return [
    crm(id('account'), at('08:00:00'), { object: 'account', externalId: 'A', name: 'Acme', domains: ['acme.example'] }),
    touch({
      ...{ id: id('view'), occurredAt: at('08:30:00'), person: { visitor }, ip: '203.0.113.7' },
      page: {
        ...{ url: `https://seller.example/${marked(who, 'path')}`, title: marked(who, 'title') },
        ...{ referrer: `https://${marked(who, 'from')}.example/`, topic: marked(who, 'topic') },
      },
      event: marked(who, 'event'),
      campaign: marked(who, 'campaign'),
    }),
    touch({
      ...{ id: id('login'), occurredAt: at('08:40:00'), kind: 'identify' },
      person: { visitor: signedIn, alsoVisitor: visitor },
    }),
    demoRequest(id('form'), at('09:00:00'), email, {
      person: { email, visitor },
      profile: { ...profileOf(who, 'form'), jobTitle: 'Head of IT' },
      form: { id: 'demo-request', answers: { email, message: marked(who, 'message') } },
      consent: { marketing: true, textVersion: marked(who, 'consent') },
      page: { url: `https://seller.example/${marked(who, 'formpath')}` },
    }),
    touch({
      ...{ id: id('webinar'), occurredAt: at('09:05:00'), kind: 'webinar', source: 'import', person: { email } },
      ...{ profile: profileOf(who, 'list'), campaign: marked(who, 'webinar') },
    }),
    crm(id('person'), at('09:10:00'), {
      ...{ object: 'person', externalId: marked(who, 'record'), email, accountExternalId: 'A' },
      ...{ profile: profileOf(who, 'crm'), crmStage: marked(who, 'stage') },
    }),
    crm(id('deal'), at('09:20:00'), {
      ...{ object: 'opportunity', externalId: 'O', accountExternalId: 'A', primaryContactEmail: email, state: 'open' },
      contacts: [{ externalId: marked(who, 'record'), is: 'primary' }],
    }),
    crm(id('call'), at('09:30:00'), {
      object: 'activity',
      externalId: marked(who, 'call'),
      personEmail: email,
      kind: 'call',
    }),
    decide(id('decision'), at('09:40:00'), {
      a: email,
      b: visitor.replace(/.*/, emailOf(`${who}other`)),
      why: marked(who, 'why'),
    }),
    act(id('action'), at('09:45:00'), { lead: email, action: { does: 'follow-up', how: 'call' } }),
    // Neither a valid address nor a visitor: quarantined.
    touch({
      id: id('broken'),
      occurredAt: at('09:50:00'),
      kind: 'webinar',
      source: 'import',
      person: {},
      campaign: email,
    }),
  ];
};

/** One line after the other, so that each has its consequences: who asked for a demo is routed before anybody calls. */
export const live = async (world: World, lines: readonly Captured[]): Promise<void> => {
  for (const line of lines) await world.deliver([line]);
};

interface Row {
  [column: string]: unknown;
}

const unpackedRow = (row: Row): Row => {
  if (typeof row.data !== 'string') return row;
  const item = JSON.parse(row.data) as { packed?: string };
  return item.packed === undefined ? row : { ...row, data: `${row.data} ${inflated(item.packed)}` };
};

/** Every row of every table of the database, as text. */
export const everyRow = ({ embedded: { database } }: Pick<World, 'embedded'>): string[] => {
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[];
  return tables.flatMap(({ name }) =>
    (database.prepare(`SELECT * FROM ${name}`).all() as Row[]).map(
      (row) => `${name}: ${JSON.stringify(unpackedRow(row))}`,
    ),
  );
};

/** The rows in which anything of theirs stands. */
export const rowsWith = (world: Pick<World, 'embedded'>, who: string): string[] =>
  everyRow(world).filter((row) => row.toLowerCase().includes(`${who}zz`));
