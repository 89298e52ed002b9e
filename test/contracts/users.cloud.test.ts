// The users of a pool: the same words, at MiniStack's Cognito and its sign-in page.
import {
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { inject } from 'vitest';
import { createSignIn } from '../../lib/adapters/aws/sign-in.ts';
import { createUsers } from '../../lib/adapters/aws/users.ts';
import { groups } from '../../lib/domain/access.ts';
import { signInAs } from '../e2e/sign-in-page.ts';
import { clientFor } from './aws-clients.ts';
import { usersContract } from './users-contract.ts';

usersContract('MiniStack', async () => {
  const url = inject('miniStack');
  const client = new CognitoIdentityProviderClient(clientFor(url));
  const panel = 'http://localhost:1/panel/index.html';
  const pool = { PoolName: 'users', UsernameAttributes: ['email' as const] };
  const { UserPool } = await client.send(new CreateUserPoolCommand(pool));
  const UserPoolId = UserPool!.Id!;
  for (const GroupName of groups) await client.send(new CreateGroupCommand({ UserPoolId, GroupName }));
  const { UserPoolClient } = await client.send(
    new CreateUserPoolClientCommand({
      ...{ UserPoolId, ClientName: 'panel', CallbackURLs: [panel], SupportedIdentityProviders: ['COGNITO'] },
      ...{
        AllowedOAuthFlows: ['code'],
        AllowedOAuthScopes: ['openid', 'email'],
        AllowedOAuthFlowsUserPoolClient: true,
      },
    }),
  );
  const clientId = UserPoolClient!.ClientId!;
  return {
    users: createUsers(UserPoolId, client),
    signIn: createSignIn({
      ...{ USER_POOL_ID: UserPoolId, USER_POOL_CLIENT_ID: clientId },
      USER_POOL_KEYS_URL: `${url}/${UserPoolId}/.well-known/jwks.json`,
    }),
    tokenOf: async (Username) => {
      const Password = 'Sesame-open-12';
      await client.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: true }));
      return signInAs({ url, clientId, panel }, Username, Password);
    },
    close: async () => client.destroy(),
  };
});
