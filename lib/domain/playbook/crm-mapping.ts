// What a connection's words mean. Apart from their schema, so that whoever asks what they mean need not make that.
import type { CrmMapping } from './crm.ts';
import type { Playbook } from './playbook.ts';

/** Nothing said: only what is usual for the CRM's kind. */
export const noMapping: CrmMapping = {
  fields: { person: {}, account: {}, opportunity: {} },
  stages: { person: {}, account: {}, opportunity: {} },
  renewals: [],
};

/** What a connection's words mean; without anything said of it, only what is usual for its kind. */
export const crmMappingOf = ({ crm }: Pick<Playbook, 'crm'>, connection: string): CrmMapping =>
  (Object.hasOwn(crm, connection) ? crm[connection] : undefined) ?? noMapping;
