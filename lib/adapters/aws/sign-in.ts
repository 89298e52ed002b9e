// The SignIn port on a Cognito user pool: the ID token of whoever signed in, which names their verified address.
import * as z from 'zod';
import type { SignIn } from '../../ports.ts';

/** As the environment of a function has it. */
export interface UserPool {
  USER_POOL_ID: string;
  /** The app client of the panel: a token for another one is none for us. */
  USER_POOL_CLIENT_ID: string;
  /** Where the pool's public keys are, if not with AWS. */
  USER_POOL_KEYS_URL?: string | undefined;
}

const claims = () =>
  z.object({
    email: z.email(),
    email_verified: z.literal(true),
    'cognito:groups': z.array(z.string()).default([]),
  });

/** Loaded with the first token that is no service's: most functions never see one. */
const openVerifier = async (pool: UserPool) => {
  const { USER_POOL_ID: userPoolId, USER_POOL_CLIENT_ID: clientId, USER_POOL_KEYS_URL: keysUrl } = pool;
  const [{ CognitoJwtVerifier }, { SimpleJwksCache }, errors] = await Promise.all([
    import('aws-jwt-verify'),
    import('aws-jwt-verify/jwk'),
    import('aws-jwt-verify/error'),
  ]);
  const { FetchError, JwksValidationError, JwtBaseError } = errors;
  const fetcher = {
    fetch: async (url: string): Promise<ArrayBuffer> => {
      const response = await fetch(keysUrl ?? url, { signal: AbortSignal.timeout(3_000) }).catch(() => undefined);
      if (!response?.ok) throw new FetchError(url, `answered ${response?.status ?? 'nothing'}`);
      return response.arrayBuffer();
    },
  };
  // Keys are fetched once and kept; one that nobody knows has them fetched again, at most every ten seconds.
  const jwksCache = new SimpleJwksCache({ fetcher });
  // Signature by RS256, issuer, expiry, audience and that it is an ID token are what it checks.
  const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: 'id' }, { jwksCache });
  return (token: string) =>
    verifier.verify(token).catch((error: unknown) => {
      const isOurs = error instanceof FetchError || error instanceof JwksValidationError;
      if (isOurs || !(error instanceof JwtBaseError)) throw error;
      return undefined;
    });
};

export const createSignIn = (pool: UserPool): SignIn => {
  let verifier: ReturnType<typeof openVerifier> | undefined;
  const shape = claims();
  return {
    async userOf(token) {
      // Anything else would have the check loaded for whoever knocks.
      if (token.split('.').length !== 3) return undefined;
      verifier ??= openVerifier(pool);
      const payload = await (await verifier)(token);
      // An address nobody has shown to be theirs would let them be anybody.
      const read = shape.safeParse(payload);
      return read.success ? { email: read.data.email.toLowerCase(), groups: read.data['cognito:groups'] } : undefined;
    },
  };
};
