// Lines about accounts, and about leads who say where they are from, all of one day.
import type { Captured } from '../../events/catalogue.ts';
import type { CrmChange } from '../../events/crm-change-captured.v1.ts';
import { crm, demoRequest } from '../simulation/lines.ts';

export const at = (time: string): string => `2026-11-20T${time}:00.000Z`;

type AccountChange = Partial<Extract<CrmChange, { object: 'account' }>>;
export const account = (id: string, time: string, externalId: string, given: AccountChange): Captured =>
  crm(id, at(time), { object: 'account', externalId, ...given });

export const asks = (id: string, time: string, email: string, company?: string, country?: string): Captured =>
  demoRequest(id, at(time), email, {
    profile: { ...(company !== undefined && { company }), ...(country !== undefined && { country }) },
  });
