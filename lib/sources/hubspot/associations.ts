// Who belongs to whom: contacts and deals to a company, contacts to a deal, companies to a parent.
import * as z from 'zod';
import type { CrmChange } from '../../../events/crm-change-captured.v1.ts';
import { type HubspotKind, kindNamed, kindOfTypeId, recordId, type Told, told, unreadBecause } from './told.ts';

const typeId = z.union([z.int(), z.string().regex(/^\d{1,10}$/)]).transform(Number);

/** Made with the first that comes, as all that CRMs send is: mostly a tenant has one of three. */
export const associationChange = z.lazy(() =>
  z.looseObject({
    fromObjectId: recordId,
    toObjectId: recordId,
    associationRemoved: z.boolean().nullish(),
    isPrimaryAssociation: z.boolean().nullish(),
    /** `CONTACT_TO_COMPANY`; the newer subscriptions tell the kinds at both ends and the association's type by their ids. */
    associationType: z.string().max(100).nullish(),
    fromObjectTypeId: z.string().max(30).nullish(),
    toObjectTypeId: z.string().max(30).nullish(),
    associationTypeId: typeId.nullish().catch(undefined),
    associationCategory: z.string().max(100).nullish(),
  }),
);
export type AssociationChange = z.infer<typeof associationChange>;

/** HubSpot's ids of what it calls primary: contact to company, deal to company, and both the other way. */
const primaryTypes = new Set([1, 2, 5, 6]);
/** A parent to its child, and a child to its parent. */
const parentTypes: Readonly<Record<number, 'from' | 'to'>> = { 13: 'from', 14: 'to' };

const endsOf = ({ associationType, fromObjectTypeId, toObjectTypeId }: AssociationChange) => {
  const named = /^(.+)_TO_(.+)$/.exec(associationType ?? '')?.slice(1) ?? [];
  const [from, to] = named.map((name) =>
    kindNamed(name.toLowerCase().replace(/^(?:parent|child)(?:_company)?$/, 'company')),
  );
  return {
    from: fromObjectTypeId ? kindOfTypeId(fromObjectTypeId) : from,
    to: toObjectTypeId ? kindOfTypeId(toObjectTypeId) : to,
  };
};

const parentEnd = ({ associationType, associationTypeId }: AssociationChange): 'from' | 'to' | undefined => {
  if (associationTypeId != null) return parentTypes[associationTypeId];
  if (associationType?.startsWith('PARENT_')) return 'from';
  return /^CHILD_|_TO_PARENT/.test(associationType ?? '') ? 'to' : undefined;
};

/** Where it says neither, it is an older subscription, or there is but one. */
const isPrimary = ({ isPrimaryAssociation, associationTypeId }: AssociationChange): boolean =>
  isPrimaryAssociation ?? (associationTypeId == null || primaryTypes.has(associationTypeId));

/** A deal names contacts without saying who comes first: HubSpot has primary companies only. */
const contactOfDeal = (deal: string, contact: string, removed: boolean, primary: boolean): CrmChange => ({
  object: 'opportunity',
  externalId: deal,
  contacts: [{ externalId: contact, is: removed ? 'none' : primary ? 'primary' : 'other' }],
});

const companyOf = (kind: 'contact' | 'deal', id: string, company: string | null): CrmChange =>
  kind === 'contact'
    ? { object: 'person', externalId: id, accountExternalId: company }
    : { object: 'opportunity', externalId: id, accountExternalId: company };

/** The ids at both ends, whichever way the event tells it. */
const idsBy = (from: HubspotKind, event: AssociationChange, kind: HubspotKind): [string, string] =>
  from === kind ? [event.fromObjectId, event.toObjectId] : [event.toObjectId, event.fromObjectId];

const changeIn = (event: AssociationChange): CrmChange | string => {
  const { from, to } = endsOf(event);
  const removed = event.associationRemoved ?? false;
  if (from === undefined || to === undefined) return 'is between others than contacts, companies and deals';
  if (event.associationCategory != null && event.associationCategory !== 'HUBSPOT_DEFINED') {
    return 'is a label of the account’s own: who belongs to whom does not change with it';
  }
  if (from === 'company' && to === 'company') {
    const end = parentEnd(event);
    if (end === undefined) return 'does not say which is the parent; hs_parent_company_id does';
    const [parent, child] =
      end === 'from' ? [event.fromObjectId, event.toObjectId] : [event.toObjectId, event.fromObjectId];
    return { object: 'account', externalId: child, parentExternalId: removed ? null : parent };
  }
  if (from === to) return 'is between two records of a kind, which means nothing here';
  if (from !== 'company' && to !== 'company') {
    const [deal, contact] = idsBy(from, event, 'deal');
    return contactOfDeal(deal, contact, removed, event.isPrimaryAssociation ?? false);
  }
  if (!isPrimary(event)) return 'is with another company than the primary one';
  const kind = from === 'contact' || to === 'contact' ? 'contact' : 'deal';
  const [id, company] = idsBy(from, event, kind);
  return companyOf(kind, id, removed ? null : company);
};

/** What was taken away counts a millisecond earlier: of a company changed for another, HubSpot tells both as of the same moment,
 * in any order, and what came in its place is what holds. */
export const readAssociation = (event: AssociationChange, what: string, at: number, id: string): Told => {
  const change = changeIn(event);
  if (typeof change === 'string')
    return unreadBecause(event.associationType ? `${what} ${event.associationType}` : what, change);
  const { fromObjectId, toObjectId, associationType, associationTypeId } = event;
  const between = [fromObjectId, toObjectId, associationTypeId ?? associationType ?? ''].join('-');
  return told({ id: `${id}.${between}`, at: event.associationRemoved ? at - 1 : at, change });
};
