// What is told to the bus when the table changes: what follows from the change, once, under ids that a repeat would have too.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Published } from '../../events/catalogue.ts';
import { crm, demoRequest, pageView } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';

const at = (time: string): string => `2026-11-20T${time}.000Z`;
let world: World;
let told: Published[];
/** How often the bus takes nothing, or only the first event. */
let refuses: number;
beforeEach(async () => {
  told = [];
  refuses = 0;
  world = await openWorld(at('12:00:00'), {
    wrapPorts: (ports) => ({
      ...ports,
      bus: {
        publish: async (events) => {
          told.push(...events);
          if (refuses > 0) {
            refuses -= 1;
            await ports.bus.publish(events.slice(0, 1));
            throw new Error('some events were not accepted');
          }
          await ports.bus.publish(events);
        },
      },
    }),
  });
});
afterEach(() => world.close());

const types = (): string[] => told.map(({ type }) => type);
const of = <Type extends Published['type']>(type: Type) =>
  told.filter((event): event is Extract<Published, { type: Type }> => event.type === type);

it('tells of a form once, however often the line comes and whatever else the day brings', async () => {
  const form = demoRequest('f', at('09:00:00'), 'bea@acme.example');
  await world.deliver([form, form]);
  await world.deliver([form, demoRequest('g', at('10:00:00'), 'bea@acme.example')]);

  expect(of('form-submitted.v1').map(({ touchId, formId }) => [touchId, formId])).toEqual([
    ['f', 'demo-request'],
    ['g', 'demo-request'],
  ]);
});

it('tells of no form that is flagged', async () => {
  await world.deliver([demoRequest('f', at('09:00:00'), 'bea@acme.example', { flag: 'spam' })]);

  expect(told).toEqual([]);
});

it('tells nothing of an anonymous visit', async () => {
  await world.deliver([pageView('v', at('09:00:00'), 'anon:1')]);

  expect(told).toEqual([]);
});

it('tells what became of a form, from cause to effect', async () => {
  await world.deliver([demoRequest('f', at('09:00:00'), 'bea@acme.example')]);

  const order = [
    'form-submitted.v1',
    'lead-changed.v1',
    'lead-status-changed.v1',
    'lead-qualified.v1',
    'lead-routed.v1',
  ];
  for (const type of order)
    expect(
      types().filter((one) => one === type),
      type,
    ).toHaveLength(1);
  expect(types().indexOf('lead-changed.v1')).toBeLessThan(types().indexOf('lead-qualified.v1'));
  expect(types().indexOf('lead-qualified.v1')).toBeLessThan(types().indexOf('lead-routed.v1'));
  expect(JSON.stringify(told)).not.toContain('bea@');
});

it('tells of what the CRM says of an account', async () => {
  await world.deliver([
    crm('a', at('09:00:00'), { object: 'account', externalId: 'A', name: 'Acme' }),
    crm('o', at('09:00:00'), { object: 'opportunity', externalId: 'o', accountExternalId: 'A', state: 'open' }),
  ]);

  expect(of('account-changed.v1').length).toBeGreaterThan(0);
  expect(of('account-status-changed.v1').map(({ to }) => to)).toContain('Opportunity Open');
});

it('tells again what the bus did not take, under the same ids', async () => {
  refuses = 2;
  await world.deliver([demoRequest('f', at('09:00:00'), 'bea@acme.example')]);
  await world.advanceTo(at('12:05:00'));

  const forms = of('form-submitted.v1');
  expect(forms.length).toBeGreaterThan(1);
  expect(new Set(forms.map(({ id }) => id)).size).toBe(1);
  expect(new Set(of('lead-routed.v1').map(({ id }) => id)).size).toBe(1);
  expect(
    world.embedded.mailer
      .outbox()
      .map(({ to }) => to)
      .sort(),
  ).toEqual(['ada@seller.example', 'bea@acme.example']);
});
