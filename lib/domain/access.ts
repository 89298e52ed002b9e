// Who may do what: the one table of it, by the group of whoever signs in and by the kind of a service's token. What is not said here is
// refused.
import * as z from 'zod';

export const groups = ['rep', 'manager', 'ops', 'admin'] as const;
export type Group = (typeof groups)[number];
export const isGroup = (text: string): text is Group => groups.some((group) => group === text);

/** `all`; or only what is the caller's `own`. */
export type Reach = 'own' | 'all';

/** `read`: accounts and leads. `oversee`: what is only of use over all of them. `act`: say what was done about a lead. `decide`: whose
 * a lead is, who is one person, what a CRM is to do. `operate`: repair. `audit`: who changed what. */
export const may = {
  read: { rep: 'own', manager: 'all', ops: 'all', admin: 'all' },
  oversee: { manager: 'all', ops: 'all', admin: 'all' },
  act: { rep: 'own', manager: 'all', ops: 'all', admin: 'all' },
  decide: { manager: 'all', ops: 'all', admin: 'all' },
  import: { ops: 'all', admin: 'all' },
  operate: { ops: 'all', admin: 'all' },
  erase: { admin: 'all' },
  export: { admin: 'all' },
  audit: { ops: 'all', admin: 'all' },
} as const satisfies Record<string, Partial<Record<Group, Reach>>>;
export type Permission = keyof typeof may;
export const permissions = Object.keys(may) as Permission[];

/** To look is not to move, and neither mends or erases: a service has a token for each it does. */
export const tokenMay = {
  read: ['read', 'oversee'],
  decision: ['act', 'decide', 'import'],
  operator: ['operate', 'erase', 'export', 'audit'],
} as const satisfies Record<string, readonly Permission[]>;
export type TokenKind = keyof typeof tokenMay;
export const tokenKinds = Object.keys(tokenMay) as TokenKind[];

export const tokensFor = (permission: Permission): TokenKind[] =>
  tokenKinds.filter((kind) => (tokenMay[kind] as readonly Permission[]).includes(permission));

/** What one of several groups allows; undefined where none does. */
const widest = (among: readonly Group[], permission: Permission): Reach | undefined => {
  const reaches = among.map((group) => (may[permission] as Partial<Record<Group, Reach>>)[group]);
  return reaches.includes('all') ? 'all' : reaches.find((reach) => reach !== undefined);
};

export const accessPolicy = z.strictObject({
  reps: z
    .enum(['own', 'team', 'all'])
    .default('own')
    .describe(
      'What a rep sees: the accounts that are theirs or in which a lead is (own), also those of the people of their teams in the playbook (team), or all. They act on their own leads only, whatever this says.',
    ),
  auditDays: z.int().min(30).max(3_650).default(400).describe('How many days it is kept who changed what.'),
});
export type AccessPolicy = z.infer<typeof accessPolicy>;
export const defaultAccess: AccessPolicy = accessPolicy.parse({});

/** Somebody who asks for something, as far as it was proven who they are. */
export interface Caller {
  /** The kind of a service's token, or the verified address of whoever signed in. */
  who: string;
  via: 'token' | 'user';
  /** Of whoever signed in. */
  email?: string;
  groups: readonly Group[];
}

/** Whose things a caller may reach: everybody's, or those of these people. */
export type Scope = 'all' | { own: string; team: boolean };

/** Undefined where they may not at all. */
export const scopeOf = (
  { via, email, groups: theirs, who }: Caller,
  permission: Permission,
  { reps }: AccessPolicy,
): Scope | undefined => {
  if (via === 'token') return tokensFor(permission).some((kind) => who === tokenName(kind)) ? 'all' : undefined;
  const reach = widest(theirs, permission);
  const seesAll = reps === 'all' && theirs.includes('rep');
  if (permission === 'oversee' && seesAll) return 'all';
  if (reach !== 'own') return reach;
  if (permission === 'read' && seesAll) return 'all';
  return email === undefined ? undefined : { own: email, team: permission === 'read' && reps === 'team' };
};

export const tokenName = (kind: TokenKind): string => `${kind} token`;

/** What a caller may do at all, for a page to offer no more. */
export const permissionsOf = (caller: Caller, policy: AccessPolicy): Permission[] =>
  permissions.filter((permission) => scopeOf(caller, permission, policy) !== undefined);
