// Merges at Pipedrive, which only version 1 of its API does. A file of its own, to be read when it is first wanted: the old version of
// the client is as large as the new one.
import { Configuration, OrganizationsApi, PersonsApi } from 'pipedrive/v1';

export interface Merge {
  object: 'person' | 'account';
  /** The record that stays: its data come first. */
  into: number;
  from: number;
}

/** `baseOptions` as of the other version's configuration. Answers what the CRM does. */
export const merge = (
  { object, into, from }: Merge,
  settings: { apiKey: string; basePath: string },
  baseOptions: object,
): Promise<unknown> => {
  const configuration = Object.assign(new Configuration(settings), { baseOptions });
  const body = { merge_with_id: into };
  return object === 'person'
    ? new PersonsApi(configuration).mergePersons({ id: from, MergePersonsRequest: body })
    : new OrganizationsApi(configuration).mergeOrganizations({ id: from, MergeOrganizationsRequest: body });
};
