// People who sign in: a rep finds what is theirs and nothing else, acts as themselves, and it stands in the audit log.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Edition, leadThat } from './edition.ts';
import { eventually } from './eventually.ts';
import { buyer, postForm } from './post.ts';

const asked = async ({ apiUrl }: Edition, token: string, path: string, body?: object) => {
  const response = await fetch(`${apiUrl}${path}`, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
};

export const signingIn = (current: () => Edition): void => {
  describe('people who sign in', () => {
    it('see and do what their group may, a rep with what is theirs alone', async () => {
      const edition = current();
      const company = `signs-${randomUUID().slice(0, 8)}`;
      const { email } = buyer(company);
      expect((await postForm(edition, 'demo-request', buyer(company))).status).toBe(202);
      const { account, lead } = await leadThat(
        edition,
        email,
        'has an owner',
        (found) => found.lead.assignment !== null,
      );
      const { accountId } = account.account;
      const owner = lead.assignment!.email;
      const [theirs, strangers, admins] = await Promise.all([
        edition.signIn(owner, 'rep'),
        edition.signIn('stranger@seller.example', 'rep'),
        edition.signIn('admin@seller.example', 'admin'),
      ]);
      const good = { lead: lead.leadId, action: { does: 'good' }, by: 'somebody.else@seller.example' };

      await eventually({ what: 'their account in their list', withinMs: edition.patienceMs }, async () =>
        (await asked(edition, theirs, '/api/accounts')).text.includes(accountId) ? true : undefined,
      );
      expect((await asked(edition, theirs, `/api/accounts/${accountId}`)).status).toBe(200);
      expect((await asked(edition, admins, `/api/accounts/${accountId}`)).status).toBe(200);
      expect(JSON.parse((await asked(edition, strangers, '/api/accounts')).text)).toMatchObject({ accounts: [] });
      expect((await asked(edition, strangers, `/api/accounts/${accountId}`)).status).toBe(404);
      expect((await asked(edition, strangers, '/leads/actions', good)).status).toBe(404);
      expect((await asked(edition, theirs, '/operations/audit')).status).toBe(403);
      // The last letter of a signature may stand for no more than padding.
      expect((await asked(edition, `${theirs.slice(0, -9)}AAAAAAAAA`, '/api/accounts')).status).toBe(401);

      expect((await asked(edition, theirs, '/leads/actions', good)).status).toBe(202);
      const deeds = await eventually({ what: 'the deed in the log', withinMs: edition.patienceMs }, async () => {
        const { text } = await asked(edition, admins, '/operations/audit');
        return text.includes(lead.leadId) ? text : undefined;
      });
      expect(JSON.parse(deeds).deeds).toContainEqual(
        expect.objectContaining({ who: owner, via: 'user', what: 'lead.good', about: [lead.leadId] }),
      );
      expect(deeds).not.toContain('somebody.else');
      expect(deeds).not.toContain(email);
    });
  });
};
