// Writes journal.ndjson: eleven weeks of a few companies, from September to November 2026, the same to the byte each time.
// `node test/golden/generate.ts` after a change here; then the expected scores are renewed as golden.test.ts says.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Captured } from '../../events/catalogue.ts';
import type { CrmChange } from '../../events/crm-change-captured.v1.ts';
import type { TouchCaptured } from '../../events/touch-captured.v1.ts';
import { type Person, people } from './people.ts';

const lines: Captured[] = [];
const at = (day: string, time = '10:00'): string => `2026-${day}T${time}:00.000Z`;
const later = (moment: string, milliseconds: number): string =>
  new Date(Date.parse(moment) + milliseconds).toISOString();

let seed = 20_261_122;
/** Numerical Recipes' linear congruential generator: no library's next version changes the journal. */
const below = (most: number): number => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((seed / 2 ** 32) * most);
};

const touch = (occurredAt: string, given: Omit<TouchCaptured, 'type' | 'id' | 'occurredAt' | 'receivedAt'>): void => {
  const id = `${given.source}:${String(lines.length).padStart(4, '0')}`;
  lines.push({ type: 'touch-captured.v1', id, ...given, occurredAt, receivedAt: later(occurredAt, 250) });
};

const crm = (occurredAt: string, change: CrmChange): void => {
  const id = `crm:${String(lines.length).padStart(4, '0')}`;
  const receivedAt = later(occurredAt, 1_500);
  lines.push({ type: 'crm-change-captured.v1', id, source: 'crm', occurredAt, receivedAt, change });
};

const site = 'https://www.seller.example';
type Page = { topic?: string; dwell?: number; flag?: 'bot'; ip?: string };
const page = (who: string, moment: string, path: string, { topic, dwell, flag, ip }: Page = {}): void =>
  touch(moment, {
    source: 'web',
    kind: 'page',
    person: { visitor: who },
    page: { url: `${site}${path}`, ...(topic && { topic }), ...(dwell && { dwellSeconds: dwell }) },
    ...(ip && { ip }),
    ...(flag && { flag }),
  });

const profileOf = ({ firstName, lastName, jobTitle, company }: Person): TouchCaptured['profile'] => ({
  firstName,
  lastName,
  ...(jobTitle && { jobTitle }),
  ...(company && { company }),
});

const form = (who: Person, moment: string, id: string, answers: Record<string, string> = {}): void =>
  touch(moment, {
    source: 'form',
    kind: 'form',
    person: { email: who.email, ...(who.visitor && { visitor: who.visitor }) },
    profile: { ...profileOf(who), ...(answers.employees && { employees: answers.employees }) },
    form: { id, answers: { email: who.email, ...answers } },
  });

const met = (who: Person, moment: string, kind: 'webinar' | 'trade-show' | 'call'): void =>
  touch(moment, { source: 'list', kind, person: { email: who.email }, profile: profileOf(who) });

const person = (who: Person, moment: string, externalId: string, given: object = {}): void =>
  crm(moment, { object: 'person', externalId, email: who.email, ...given });

/** Sessions of one to four pages on some days of September to November. */
const browse = (who: string, sessions: number, paths: readonly string[], ip?: string): void => {
  for (let session = 0; session < sessions; session += 1) {
    const begun = later(at('09-07', '07:00'), below(75) * 86_400_000 + below(600) * 60_000);
    for (let read = 1 + below(4); read > 0; read -= 1) {
      const dwell = below(3) === 0 ? 60 + below(240) : undefined;
      page(who, later(begun, read * 90_000), paths[below(paths.length)]!, {
        ...(dwell && { dwell }),
        ...(ip && { ip }),
      });
    }
  }
};

const { bea, carl, dana, pia, gil, greta, ian, uma, rita, stu, joe, pam, own, fred, tess, eve } = people;

// ── What the CRM says of companies.
crm(at('09-02'), {
  object: 'account',
  externalId: 'A-1',
  name: 'Acme Bank',
  domains: ['acme.example', 'www.acme-bank.example'],
  ownerEmail: 'ada@company.example',
  industry: 'Banking',
  employees: 1_200,
  technologies: ['Snowflake', 'Kafka'],
  country: 'DE',
});
crm(at('09-03'), { object: 'account', externalId: 'I-1', name: 'Initech', domains: ['initech.example'], employees: 8 });
crm(at('09-03'), {
  object: 'account',
  externalId: 'U-1',
  name: 'Umbrella',
  domains: ['umbrella.example'],
  employees: 640,
  country: 'GB',
});
crm(at('09-04'), {
  object: 'account',
  externalId: 'P-1',
  name: 'Partner GmbH',
  domains: ['partner.example'],
  standing: 'partner',
});
crm(at('09-05'), {
  object: 'contract',
  externalId: 'c-1',
  accountExternalId: 'U-1',
  startsAt: at('01-01'),
  endsAt: '2027-12-31T00:00:00.000Z',
});
crm(at('09-05'), {
  object: 'opportunity',
  externalId: 'o-1',
  accountExternalId: 'U-1',
  state: 'won',
  primaryContactEmail: uma.email,
});

// ── Bea: few touches, all of them written out, which golden.test.ts reckons with by hand.
page('anon:bea', at('11-02', '08:00'), '/pricing');
page('anon:bea', at('11-09', '08:00'), '/pricing');
page('anon:bea', at('11-09', '08:05'), '/pricing?plan=team');
form(bea, at('11-16', '09:00'), 'demo-request', {
  budget: 'approved',
  authority: 'i-decide',
  need: 'audit-finding',
  timeframe: 'this-quarter',
});
form(bea, at('11-16', '09:30'), 'trial', { 'buying-this-quarter': 'yes', employees: '1200' });
form(bea, at('11-16', '09:40'), 'contact', { message: 'When can we talk?' });
crm(at('11-16', '12:00'), { object: 'activity', externalId: 'v-1', personEmail: bea.email, kind: 'call' });

// ── Gil: likewise.
met(gil, at('10-23', '15:00'), 'webinar');
page('anon:gil', at('11-20', '16:00'), '/customers/umbrella');
page('anon:gil', at('11-20', '16:10'), '/customers/initech');
page('anon:gil', at('11-21', '23:50'), '/customers/umbrella');
form(gil, at('11-21', '23:55'), 'trial', { 'buying-this-quarter': 'no', employees: '700' });
person(gil, at('11-21', '12:00'), 'p-gil', { stage: 'open', ownerEmail: 'ben@company.example' });

// ── Rita, a competitor: likewise.
form(rita, at('11-12', '11:00'), 'demo-request', { timeframe: 'this-year' });
form(rita, at('11-12', '11:10'), 'contact');
page('anon:rita', at('11-12', '11:20'), '/pricing');

// ── The others at Acme.
browse('anon:carl', 12, ['/vault/audit', '/vault/keys', '/vault/sso', '/pricing', '/'], '203.0.113.20');
for (const day of ['11-03', '11-10', '11-17'])
  page('anon:carl', at(day, '14:00'), '/blog/zero-trust', { topic: 'Cloud security', dwell: 180 });
form(carl, at('11-10', '14:20'), 'white-paper');
met(carl, at('10-14', '15:00'), 'trade-show');
person(carl, at('10-15'), 'p-carl', { accountExternalId: 'A-1', stage: 'working', ownerEmail: 'ada@company.example' });
browse('anon:dana', 9, ['/lake/tables', '/lake/streaming', '/lake/cost', '/vault/keys', '/docs']);
form(dana, at('11-11', '10:00'), 'newsletter');
met(dana, at('11-18', '15:00'), 'webinar');
browse('anon:pia', 4, ['/pricing', '/terms']);
form(pia, at('11-19', '13:00'), 'demo-request', { budget: 'planned', authority: 'i-evaluate', timeframe: 'this-year' });
// Nobody knows who: two browsers on Acme's network.
for (const who of ['anon:x1', 'anon:x2'])
  browse(who, 5, ['/vault/audit', '/pricing', '/customers/umbrella'], '203.0.113.77');

// ── Globex, Initech, Umbrella.
browse('anon:greta', 10, ['/lake/tables', '/lake/cost', '/customers/umbrella', '/blog/parquet']);
form(greta, at('10-28', '09:00'), 'white-paper');
met(greta, at('11-18', '15:00'), 'webinar');
browse('anon:ian', 6, ['/', '/pricing', '/customers/acme']);
form(ian, at('11-05', '17:00'), 'trial', { 'buying-this-quarter': 'yes', employees: '8' });
met(ian, at('11-06', '09:00'), 'call');
crm(at('11-08'), {
  object: 'opportunity',
  externalId: 'o-2',
  accountExternalId: 'I-1',
  state: 'open',
  primaryContactEmail: ian.email,
});
browse('anon:uma', 7, ['/lake/streaming', '/docs', '/customers/globex']);
form(uma, at('10-20', '08:30'), 'newsletter');
form(uma, at('11-19', '08:30'), 'contact', { message: 'We want more of it.' });

// ── Not to be sold to.
browse('anon:stu', 6, ['/lake/tables', '/blog/parquet', '/vault/keys']);
form(stu, at('11-01', '20:00'), 'white-paper');
for (const day of ['11-14', '11-15', '11-16', '11-17']) page('anon:joe', at(day, '21:00'), '/careers/engineer');
page('anon:joe', at('11-17', '21:05'), '/pricing');
form(joe, at('11-17', '21:10'), 'newsletter');
form(pam, at('11-04', '09:00'), 'demo-request', { budget: 'approved' });
person(pam, at('11-04', '10:00'), 'p-pam', { accountExternalId: 'P-1', stage: 'partner' });
form(own, at('11-13', '09:00'), 'demo-request');
form(tess, at('11-13', '22:00'), 'trial', { 'buying-this-quarter': 'yes' });
for (const path of ['/', '/pricing', '/lake/tables']) page('anon:crawler', at('11-15', '03:00'), path, { flag: 'bot' });

// ── Without a company, and with a name that a spreadsheet would run.
browse('anon:fred', 6, ['/', '/pricing', '/lake/cost']);
form(fred, at('11-18', '12:00'), 'trial', { 'buying-this-quarter': 'no', employees: '3' });
touch(at('11-20', '08:00'), { source: 'web', kind: 'event', event: 'Unsubscribed', person: { visitor: 'anon:fred' } });
form(eve, at('11-18', '18:00'), 'contact', { message: '=1+1' });

// ── What goes wrong: no address, sent again after midnight, received late, still to come.
crm(at('11-18', '09:00'), { object: 'activity', externalId: 'v-2', personEmail: 'nobody', kind: 'email' });
const midnight = lines.find((line) => line.type === 'touch-captured.v1' && line.occurredAt === at('11-21', '23:55'))!;
lines.push({ ...midnight, occurredAt: at('11-22', '00:05'), receivedAt: at('11-22', '00:05') });
lines.push({ ...lines[20]!, receivedAt: later(lines[20]!.receivedAt, 60_000) });
page('anon:bea', at('11-22', '13:00'), '/pricing');

// In no order: what hears them must not mind.
for (let left = lines.length - 1; left > 0; left -= 1) {
  const other = below(left + 1);
  [lines[left], lines[other]] = [lines[other]!, lines[left]!];
}

const path = join(import.meta.dirname, 'journal.ndjson');
writeFileSync(path, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
console.log(`${path}: ${lines.length} lines`);
