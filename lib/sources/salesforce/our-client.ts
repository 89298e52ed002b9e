// What Muster calls itself towards Salesforce: change events then tell what was written by it from what others did.

export const ourClient = 'Muster';

/** `com/salesforce/api/rest/66.0;client=Muster` (developer.salesforce.com, "ChangeEventHeader Fields"); of Salesforce's own clients
 * a stroke follows. */
export const isOurs = (changeOrigin: string | undefined): boolean =>
  changeOrigin?.split(';').some((part) => part.replace(/\/$/, '') === `client=${ourClient}`) ?? false;
