// The SignIn port on a Cognito user pool: the ID token of whoever signed in, which names their verified address.
import * as z from 'zod';
import type { SignIn } from '../../ports.ts';
import type { UserPool } from './verify-token.ts';

const claims = () =>
  z.object({
    email: z.email(),
    email_verified: z.literal(true),
    'cognito:groups': z.array(z.string()).default([]),
  });

export const createSignIn = (pool: UserPool): SignIn => {
  let verifier: Promise<(token: string) => Promise<object | undefined>> | undefined;
  const shape = claims();
  return {
    async userOf(token) {
      // Anything else would have the check loaded for whoever knocks.
      if (token.split('.').length !== 3) return undefined;
      verifier ??= import('./verify-token.ts').then(({ openVerifier }) => openVerifier(pool));
      const payload = await (await verifier)(token);
      // An address nobody has shown to be theirs would let them be anybody.
      const read = shape.safeParse(payload);
      return read.success ? { email: read.data.email.toLowerCase(), groups: read.data['cognito:groups'] } : undefined;
    },
  };
};
