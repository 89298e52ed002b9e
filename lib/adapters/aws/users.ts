// The Users port on a Cognito user pool, which mails them how to sign in.
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  CognitoIdentityProviderClient,
  paginateListUsers,
  UserNotFoundException,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import type { User, Users } from '../../ports.ts';

export const createUsers = (UserPoolId: string, client = new CognitoIdentityProviderClient()): Users => {
  const groupsOf = async (Username: string): Promise<string[]> => {
    const { Groups = [] } = await client.send(new AdminListGroupsForUserCommand({ UserPoolId, Username }));
    return Groups.flatMap(({ GroupName }) => GroupName ?? []);
  };

  return {
    async list() {
      const users: User[] = [];
      for await (const { Users: page = [] } of paginateListUsers({ client }, { UserPoolId })) {
        for (const { Username = '', Attributes = [] } of page) {
          const email = Attributes.find(({ Name }) => Name === 'email')?.Value ?? Username;
          users.push({ email, groups: await groupsOf(Username) });
        }
      }
      return users;
    },
    async add(address, group) {
      const Username = address.toLowerCase();
      const UserAttributes = [
        { Name: 'email', Value: Username },
        // Whoever adds them says whose it is; they sign in with what is mailed there.
        { Name: 'email_verified', Value: 'true' },
      ];
      await client
        .send(new AdminCreateUserCommand({ UserPoolId, Username, UserAttributes, DesiredDeliveryMediums: ['EMAIL'] }))
        .catch((error: unknown) => {
          if (!(error instanceof UsernameExistsException)) throw error;
        });
      for (const GroupName of await groupsOf(Username)) {
        if (GroupName === group) continue;
        await client.send(new AdminRemoveUserFromGroupCommand({ UserPoolId, Username, GroupName }));
      }
      await client.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName: group }));
      return {};
    },
    async remove(address) {
      try {
        await client.send(new AdminDeleteUserCommand({ UserPoolId, Username: address.toLowerCase() }));
        return true;
      } catch (error) {
        if (error instanceof UserNotFoundException) return false;
        throw error;
      }
    },
  };
};
