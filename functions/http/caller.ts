// Who calls, and whether they may: a service by one of the tenant's tokens, or a person by what they got when they signed in.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import {
  type AccessPolicy,
  type Caller,
  defaultAccess,
  isGroup,
  type Permission,
  type Scope,
  scopeOf,
  type TokenKind,
  tokenName,
  tokensFor,
} from '../../lib/domain/access.ts';
import type { Secrets, SignIn } from '../../lib/ports.ts';
import { noteOlder } from './older-secret.ts';
import { orUnavailable, Problem } from './problem.ts';

export interface CallerPorts {
  secrets: Secrets;
  /** Without it nobody but services calls. */
  signIn?: SignIn | undefined;
  access?: AccessPolicy | undefined;
}

/** A caller who may, and whose things. */
export interface Allowed extends Caller {
  scope: Scope;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const tokensOf = {
  read: (secrets) => secrets.readTokens(),
  decision: (secrets) => secrets.decisionTokens(),
  operator: (secrets) => secrets.operatorTokens(),
} as const satisfies Record<TokenKind, (secrets: Secrets) => Promise<readonly string[]>>;

/** `older` where it is one that is being replaced. */
const kindOf = async (
  given: string,
  kinds: readonly TokenKind[],
  secrets: Secrets,
): Promise<{ kind: TokenKind; older: boolean } | undefined> => {
  for (const kind of kinds) {
    const tokens = await tokensOf[kind](secrets);
    const place = tokens.findIndex((token) => timingSafeEqual(digest(token), digest(given)));
    if (place >= 0) return { kind, older: place > 0 };
  }
  return undefined;
};

/** Each secret by the name that `muster secret list` has for it. */
const secretOf = { read: 'read', decision: 'decisions', operator: 'operators' } as const satisfies Record<
  TokenKind,
  string
>;

/** Undefined where the token is nobody's here. Looks only among the services' tokens that would be of use: no function is given others. */
const callerWith = async (
  event: APIGatewayProxyEventV2,
  permission: Permission,
  { secrets, signIn }: CallerPorts,
): Promise<Caller | undefined> => {
  const given = /^Bearer (\S+)$/i.exec(event.headers.authorization ?? '')?.[1] ?? '';
  const { kind, older } = (await kindOf(given, tokensFor(permission), secrets)) ?? {};
  if (kind !== undefined && older) noteOlder(event, secretOf[kind]);
  if (kind !== undefined) return { who: tokenName(kind), via: 'token', groups: [] };
  const user = given === '' ? undefined : await signIn?.userOf(given);
  return user && { who: user.email, via: 'user', email: user.email, groups: user.groups.filter(isGroup) };
};

/** Throws 401 where nobody calls whom we know, and 403 where they may not. */
export const requireCaller = async (
  event: APIGatewayProxyEventV2,
  ports: CallerPorts,
  permission: Permission,
): Promise<Allowed> => {
  const caller = await orUnavailable(callerWith(event, permission, ports));
  if (caller === undefined) {
    const kinds = tokensFor(permission).join(' or ');
    const headers = { 'www-authenticate': 'Bearer' };
    throw new Problem(401, `The ${kinds} token is missing or not known`, { headers });
  }
  return { ...caller, scope: requirePermission(caller, ports, permission) };
};

/** Throws 403 where they may not: for what is seen only once it is known what they ask. */
export const requirePermission = (
  caller: Caller,
  { access = defaultAccess }: Pick<CallerPorts, 'access'>,
  permission: Permission,
): Scope => {
  const scope = scopeOf(caller, permission, access);
  if (scope === undefined) throw new Problem(403, 'Your group may not do this');
  return scope;
};
