// Asks once more for what a CRM is to be told of a record, in the very write that says why it was not told yet.
import type { Published } from '../../../events/catalogue.ts';
import { eventIdOf } from '../../domain/ids.ts';
import type { StoredItem } from '../../table/items.ts';

export const askingFor = (
  { recordId, accountId, leadId, version }: StoredItem<'sync'>,
  at: string,
): Published & { type: 'judgement-changed.v1' } => {
  const id = eventIdOf('held', recordId, String(version));
  return { type: 'judgement-changed.v1', id, at, accountId, ...(leadId && { leadId }) };
};
