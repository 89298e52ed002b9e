// What each kind of CRM change carries, and how a field of it is heard: the last writer by the time at the source wins.
import type { CrmChangeCaptured } from '../../events/crm-change-captured.v1.ts';
import { latest, type Register } from './register.ts';

export type ChangeOf<Kind extends CrmChangeCaptured['change']['object']> = Extract<
  CrmChangeCaptured['change'],
  { object: Kind }
>;

export const hearer =
  ({ occurredAt: at, source }: CrmChangeCaptured) =>
  <Value>(known: Register<Value> | undefined, value: Value | undefined): Register<Value> | undefined =>
    value === undefined ? known : latest(known, { value, at, source });
