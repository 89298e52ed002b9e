// Who stands in the golden journal, and what each of them is there for.

export interface Person {
  email: string;
  firstName: string;
  lastName: string;
  jobTitle?: string;
  company?: string;
  visitor?: string;
}

const person = (email: string, name: string, given: Partial<Person> = {}): Person => {
  const [firstName = '', ...rest] = name.split(' ');
  return { email, firstName, lastName: rest.join(' '), visitor: `anon:${firstName.toLowerCase()}`, ...given };
};

export const people = {
  // Acme, a bank the CRM knows: a whole buying group.
  bea: person('bea.buyer@acme.example', 'Bea Buyer', { jobTitle: 'Chief Financial Officer' }),
  carl: person('carl.ciso@acme.example', 'Carl Ciso', { jobTitle: 'Head of Information Security' }),
  dana: person('dana@sales.acme.example', 'Dana Dietrich', { jobTitle: 'Senior Data Engineer' }),
  pia: person('pia@acme.example', 'Pia Procura', { jobTitle: 'Procurement Manager' }),
  // Globex, known by its domain alone; its people browse from a network of its name.
  gil: person('gil@globex.example', 'Gil Garcia', { jobTitle: 'VP Operations', company: 'Globex' }),
  greta: person('greta@globex.example', 'Greta Gross', { jobTitle: 'Data Analyst', company: 'Globex' }),
  // Initech, small.
  ian: person('ian@initech.example', 'Ian Iversen', { jobTitle: 'Owner', company: 'Initech' }),
  // Umbrella, a customer whose contract runs.
  uma: person('uma@umbrella.example', 'Uma Underwood', { jobTitle: 'Director of Data', company: 'Umbrella' }),
  // Not to be sold to.
  rita: person('rita@rival.example', 'Rita Rival', { jobTitle: 'Product Manager', company: 'Rival Systems' }),
  stu: person('stu@uni.example', 'Stu Dent', { jobTitle: 'Student', company: 'University' }),
  joe: person('joe@hopeful.example', 'Joe Seeker', { jobTitle: 'Engineer' }),
  pam: person('pam@partner.example', 'Pam Partner', { jobTitle: 'Head of Alliances', company: 'Partner GmbH' }),
  own: person('own@company.example', 'Ole Own', { jobTitle: 'Marketing Manager' }),
  // Without a company: private and throw-away addresses.
  fred: person('fred.freemail@gmail.com', 'Fred Free', { jobTitle: 'Founder' }),
  tess: person('tess@mailinator.com', 'Tess Temp'),
  // Names that a spreadsheet must not run, and that need their quotes.
  eve: person('eve@formula.example', '=cmd|calc! Evil', { jobTitle: '@SUM(1+1)', company: 'Smith, "Sons" & Co' }),
} as const satisfies Record<string, Person>;
