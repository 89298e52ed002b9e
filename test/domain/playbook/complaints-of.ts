// A small playbook in order, and what is complained about when one thing in it is changed.
import { expect } from 'vitest';
import { readPlaybook } from '../../../lib/domain/playbook/read-playbook.ts';

export const source = `name: Test
forms:
  demo:
    title: Demo
    fields:
      email: { required: true, is: email }
      timeframe: { options: [soon, later] }
    honeypot: website
signals:
  asked: { label: Asked, match: { form: demo }, points: 40, cap: 40 }
  soon: { label: Soon, match: { form: demo, answer: { field: timeframe, is: soon } }, points: 20, cap: 20, dimension: need }
  pricing: { label: Pricing, match: { url: "*/pricing*" }, points: 10, capPerDay: 20, cap: 40 }
fit:
  leads: { label: Leads, of: person, field: seniority, is: [vp, director], points: 30 }
  title: { label: Buys, of: person, field: jobTitle, contains: [purchasing], points: 10 }
  large: { label: Large, of: company, field: employees, atLeast: 500, points: 20 }
personas:
  buyer: { label: Buyer, function: procurement }
productLines:
  vault: { label: Vault, signals: [pricing] }
grades:
  fit: { A: 45, B: 30, C: 10 }
  engagement: { 1: 60, 2: 30, 3: 10 }
qualification:
  mql: { grades: [A1, B1] }
  sql: { grades: [A1] }
  highValueMinimumFit: C
strong: { need: 20 }
models:
  buyers: { label: Buyers, personas: [buyer], productLines: [vault], signals: { pricing: { points: 15 } } }
  anybody: { label: Anybody }
suppression:
  rivals: { label: Rivals, domains: [rival.example], share: { signal: pricing, atLeast: 0.5 } }
account:
  thresholds:
    pricing: { label: Three on pricing, signals: [pricing], people: 3, within: 5 }
  surge: { weeks: 8, minimumWeeks: 4 }
  buyingGroup: [buyer]
networks:
  acme: { domain: acme.example, ranges: [203.0.113.0/24] }
  globex: { domain: globex.example, owners: [Globex] }
people:
  - { name: Ada, email: ada@seller.example, manager: grace@seller.example }
  - { name: Grace, email: grace@seller.example }
routing:
  pools:
    inbound: { members: [{ email: ada@seller.example }] }
  defaultPool: inbound
sla:
  calendar:
    timezone: Europe/Berlin
    hours:
      monday: [{ from: "09:00", to: "12:00" }, { from: "13:00", to: "17:00" }]
  otherwise: { within: 4 hours }
`;

/** Complaints as `line:column place: what`, the source having one thing changed; what is changed must stand there once. */
export const complaints = (from: string, to: string): string[] => {
  expect(source.split(from), `${from} stands once`).toHaveLength(2);
  const reading = readPlaybook(source.replace(from, () => to));
  if (!('complaints' in reading)) return [];
  return reading.complaints.map(({ line, column, at, message }) => `${line}:${column} ${at}: ${message}`);
};
