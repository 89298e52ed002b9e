// What all users must be: added once into one group, known by what they sign in with, and nobody once they are removed.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignIn, Users } from '../../lib/ports.ts';

export interface OpenUsers {
  users: Users;
  signIn: SignIn;
  /** What they sign in with, after they were added; `given` is what adding answered. */
  tokenOf(email: string, given: string | undefined): Promise<string>;
  close(): Promise<void>;
}

export const usersContract = (name: string, open: () => Promise<OpenUsers>): void => {
  describe(`Users: ${name}`, () => {
    let opened: OpenUsers;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened?.close());

    it('knows somebody by what they sign in with, their address in small letters', async () => {
      const { token } = await opened.users.add('Ada@Seller.example', 'rep');
      const theirs = await opened.tokenOf('ada@seller.example', token);
      expect(await opened.signIn.userOf(theirs)).toEqual({ email: 'ada@seller.example', groups: ['rep'] });
      expect(await opened.signIn.userOf(`${theirs.slice(0, -9)}AAAAAAAAA`)).toBeUndefined();
    });

    it('has somebody added again in the new group alone', async () => {
      await opened.users.add('ada@seller.example', 'manager');
      expect(await opened.users.list()).toEqual([{ email: 'ada@seller.example', groups: ['manager'] }]);
    });

    it('has nobody who was removed', async () => {
      expect(await opened.users.remove('ada@seller.example')).toBe(true);
      expect(await opened.users.remove('ada@seller.example')).toBe(false);
      expect(await opened.users.list()).toEqual([]);
    });
  });
};
