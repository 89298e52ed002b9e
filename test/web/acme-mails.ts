// The mails about Acme as the read API shows them, with a body that tries what mails may not do.
import type { AccountView } from '../../lib/steps/read-accounts.ts';

export type Mail = AccountView['notices'][number];

export const mail = (kind: Mail['kind'], to: string, about: string, at: string): Mail => ({
  noticeId: `notice-${kind}`,
  kind,
  to,
  subject: kind === 'auto-response' ? about : `${about}: Bea Buyer at Acme Ltd (A1)`,
  text: `${about}.\n\nWho: Bea Buyer, Head of Procurement, Acme Ltd\nGrade: A1, 104 points`,
  html: `<body style="margin:0;padding:24px;background:#f4f5f7"><p id="mail" style="color:rgb(28, 35, 48)">${about}.</p><img src="x" onerror="top.hacked = 1"><script>top.hacked = 1</script></body>`,
  state: 'sent' as const,
  ...{ at, until: null, why: null },
});
