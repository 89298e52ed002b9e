// What CRM stages are mapped to has to be there, and to be possible.
import { describe, expect, it, test } from 'vitest';
import { complaints } from './complaints-of.ts';

const said = (section: string): string[] =>
  complaints('people:\n', `${section}people:\n`).map((complaint) => complaint.replace(/^\d+:\d+ /, ''));

const stages = `stages:
  evaluation: { label: In evaluation, is: Sales Working }
  negotiation: { label: In negotiation, is: Opportunity Open }
  strategic: { label: Strategic, is: Customer }
`;
const crm = (mapping: string): string => `crm:\n  hubspot: ${mapping}\n`;
const all = crm(
  '{ stages: { person: { Eval: evaluation }, opportunity: { Nego: negotiation }, account: { A: strategic } } }',
);

it('takes our words and stages of the tenant’s own', () => {
  expect(said(stages + all)).toEqual([]);
  expect(said(crm('{ stages: { person: { Lost: no-longer-with-company }, account: { Plain: none } } }'))).toEqual([]);
});

describe('refuses', () => {
  test('a meaning that is none', () => {
    expect(said(crm('{ stages: { person: { Calling: workin } } }'))).toEqual([
      'crm.hubspot.stages.person.Calling: no stage is called workin; did you mean working?',
    ]);
    expect(said(crm('{ stages: { opportunity: { Calling: working } } }'))).toEqual([
      'crm.hubspot.stages.opportunity.Calling: no stage is called working; there are: open, won, lost',
    ]);
  });

  test('a stage that the object cannot be in', () => {
    const [first, ...more] = said(stages + all.replace('Nego: negotiation', 'Nego: negotiation, Eval: evaluation'));
    expect(more).toEqual([]);
    expect(first).toBe(
      'crm.hubspot.stages.opportunity.Eval: evaluation is Sales Working, which no opportunity can be; it has to be one of Opportunity Open, Customer Opportunity',
    );
  });

  test('a stage written twice', () => {
    expect(said(crm('{ stages: { opportunity: { Closed Won: won, closed won: lost } } }'))).toEqual([
      'crm.hubspot.stages.opportunity.closed won: Closed Won is there already; keep the one as the CRM writes it',
    ]);
  });

  test('a stage of the tenant’s own that is never reached, or cannot be told apart', () => {
    expect(said(`${stages}  late: { label: in negotiation, is: Nurture }\n${all}`)).toEqual([
      'stages.late.label: stage negotiation is called so already; nobody could tell them apart',
    ]);
    expect(said(`${stages}  late: { label: nurture, is: Nurture }\n${all}`)).toEqual([
      'stages.late.label: the status Nurture is called so already; nobody could tell them apart',
    ]);
    expect(said(`${stages}  late: { label: Late, is: Nurture }\n${all}`)).toEqual([
      'stages.late: no CRM stage is mapped to it, so nothing is ever in it; map one under `crm.<connection>.stages`',
    ]);
    expect(said(`${stages}  working: { label: Late, is: Nurture }\n${all}`)).toEqual([
      'stages.working: working is a word of ours already; take another name',
    ]);
  });

  test('a connection called as a source of touches, and a kind of renewal named twice', () => {
    expect(said('crm:\n  web: { renewals: [R, S, R] }\n')).toEqual([
      'crm.web: web is where touches come from; call the connection as the tenant file has it',
      'crm.web.renewals.2: R is there already; keep one of them',
    ]);
  });

  test('a connection called as what people decide', () => {
    expect(said('crm:\n  decision: { renewals: [R] }\n')).toEqual([
      'crm.decision: decision is where what people decide comes from; call the connection as the tenant file has it',
    ]);
  });

  test('stages and kinds of renewals with a space before or after, which no CRM ever says', () => {
    expect(said(crm('{ stages: { person: { "Calling ": working } }, renewals: [" R", S T] }'))).toEqual([
      'crm.hubspot.stages.person.Calling : “Calling ” begins or ends with a space, and so is never what the CRM says; write Calling',
      'crm.hubspot.renewals.0: “ R” begins or ends with a space, and so is never what the CRM says; write R',
    ]);
  });

  test('so many changes that no history would have them', () => {
    expect(said('flapping: { changes: 41 }\n')[0]).toMatch(/^flapping\.changes: /);
  });
});
