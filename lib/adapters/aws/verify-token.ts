// Checks a token against the keys of the user pool: a part of its own, since most functions that run never see one.
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { FetchError, JwksValidationError, JwtBaseError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';

/** As the environment of a function has it. */
export interface UserPool {
  USER_POOL_ID: string;
  /** The app client of the panel: a token for another one is none for us. */
  USER_POOL_CLIENT_ID: string;
  /** Where the pool's public keys are, if not with AWS. */
  USER_POOL_KEYS_URL?: string | undefined;
}

/** What the token claims; undefined where it is forged, over or another's. Throws where the keys cannot be had. */
export const openVerifier = (pool: UserPool): ((token: string) => Promise<object | undefined>) => {
  const { USER_POOL_ID: userPoolId, USER_POOL_CLIENT_ID: clientId, USER_POOL_KEYS_URL: keysUrl } = pool;
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
  return (token) =>
    verifier.verify(token).catch((error: unknown) => {
      const isOurs = error instanceof FetchError || error instanceof JwksValidationError;
      if (isOurs || !(error instanceof JwtBaseError)) throw error;
      return undefined;
    });
};
