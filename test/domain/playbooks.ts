// Playbooks for tests: small, and every number in them is one a test counts on.
import { readFileSync } from 'node:fs';
import { type Playbook, type PlaybookInput, playbook } from '../../lib/domain/playbook/playbook.ts';

export const demoPlaybookFile = 'infra/tenants/demo.playbook.yaml';
export const demoPlaybookSource = (): string => readFileSync(demoPlaybookFile, 'utf8');

const officeHours = [{ from: '10:00', to: '18:00' }];

const base: PlaybookInput = {
  name: 'Test',
  forms: {
    'demo-request': {
      title: 'Ask for a demo',
      fields: {
        email: { required: true, is: 'email' },
        timeframe: { options: ['this-quarter', 'this-year'] },
      },
      autoResponse: {
        subject: 'We have your request',
        text: 'Thank you.\n\nWe will be in touch.',
        consent: 'not-needed',
      },
    },
    newsletter: { title: 'Newsletter', fields: { email: { required: true, is: 'email' } } },
  },
  signals: {
    'demo-request': {
      label: 'Asked for a demo',
      match: { form: 'demo-request' },
      points: 60,
      cap: 60,
      highValue: true,
    },
    newsletter: { label: 'Subscribed', match: { form: 'newsletter' }, points: 5, cap: 5 },
    pricing: {
      label: 'Read the pricing page',
      match: { url: '*/pricing*' },
      points: 10,
      capPerDay: 20,
      cap: 40,
      halfLifeDays: 14,
    },
    'any-page': {
      label: 'Visited the site',
      match: { kind: 'page' },
      points: 1,
      capPerDay: 5,
      cap: 20,
      halfLifeDays: 14,
    },
    webinar: { label: 'Attended a webinar', match: { kind: 'webinar' }, points: 25, cap: 50, halfLifeDays: 30 },
  },
  fit: {
    decider: {
      label: 'Decides',
      of: 'person',
      field: 'jobTitle',
      contains: ['head', 'vp', 'chief'],
      points: 30,
    },
    student: { label: 'Student', of: 'person', field: 'jobTitle', contains: ['student'], points: -50 },
    business: { label: 'Company address', of: 'person', field: 'emailKind', is: ['business'], points: 15 },
    large: { label: '500 people or more', of: 'company', field: 'employees', atLeast: 500, points: 20 },
  },
  networks: {
    acme: { domain: 'acme.example', ranges: ['203.0.113.0/24', '2001:db8:ac::/48'] },
    globex: { domain: 'www.globex.example', ranges: ['203.0.113.192/26'], owners: ['Globex'] },
  },
  grades: { fit: { A: 45, B: 30, C: 10 }, engagement: { 1: 60, 2: 30, 3: 10 } },
  qualification: { mql: { grades: ['A1', 'A2', 'B1'] }, highValueMinimumFit: 'C' },
  // Simulations have everything happen at one moment, which no status may be held for.
  flapping: { changes: 40, within: '1 second' },
  people: [
    { name: 'Ada Rep', email: 'ada@seller.example', manager: 'grace@seller.example' },
    { name: 'Ben Rep', email: 'ben@seller.example', manager: 'grace@seller.example' },
    { name: 'Zoe Owner', email: 'zoe@seller.example', manager: 'grace@seller.example' },
    { name: 'Grace Manager', email: 'grace@seller.example' },
  ],
  routing: {
    pools: { inbound: { members: [{ email: 'ada@seller.example' }, { email: 'ben@seller.example' }] } },
    defaultPool: 'inbound',
  },
  sla: {
    calendar: {
      timezone: 'Europe/Berlin',
      hours: {
        monday: officeHours,
        tuesday: officeHours,
        wednesday: officeHours,
        thursday: officeHours,
        friday: officeHours,
      },
    },
    targets: { A1: { within: '4 hours', conversation: 'Offer two times today.' } },
    otherwise: { within: '8 hours' },
    remindAt: 0.5,
  },
};

/** The test playbook, with parts of it replaced. */
export const testPlaybook = (changes: Partial<PlaybookInput> = {}): Playbook => playbook.parse({ ...base, ...changes });
