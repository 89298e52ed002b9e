// The people whose forms the benches post: four of each company, as buying groups are.
export const domainOf = (number: number): string => `company${number >> 2}.example`;

export const emailOf = (number: number): string => `person${number}@${domainOf(number)}`;

/** The demo's form, filled in by the person of that number, as JSON. */
export const formOf = (number: number): string =>
  JSON.stringify({
    email: emailOf(number),
    'first-name': 'Pat',
    'last-name': `Buyer ${number}`,
    company: `Company ${number >> 2}`,
    'job-title': 'Head of Procurement',
    timeframe: 'this-quarter',
  });
