// The mail that docs/mail.png shows: `node test/domain/notices/example-mail.ts` takes the picture anew.
import { join } from 'node:path';
import { htmlOf, mailingOf, type NoticeAction } from '../../../lib/domain/notices/notice.ts';
import { noticeOfLead } from '../../../lib/domain/notices/of-lead.ts';
import { launchBrowser } from '../../browser.ts';
import { testPlaybook } from '../playbooks.ts';

const about = { leadId: 'lead_9b74c9897bac770f', assignmentId: 'evt_0c1d2e3f4a5b6c7d8e9f.1' };
const actions: NoticeAction[] = [
  { ...about, does: 'follow-up', label: 'I am following up' },
  { ...about, does: 'hand-over', label: 'Hand over' },
  ...testPlaybook().notices.badLead.map(
    ({ reason, label }): NoticeAction => ({ ...about, does: 'bad', reason, label }),
  ),
];

const notice = noticeOfLead('lead-routed', 'ada@demo.example', {
  ...{ person: 'Bea Buyer', email: 'bea@acme.example', jobTitle: 'Head of IT', company: 'Acme Ltd' },
  ...{ grade: 'A1', level: 'SQL', score: 104, leadReason: 'Asked for a demo on 2026-11-20; fit A.' },
  ...{ accountStatus: 'Qualified', accountReason: 'Bea Buyer: asked for a demo; four people engaged in a week.' },
  others: ['Ben Builder', 'Cyd Chief'],
  buyingGroup: [
    { label: 'Economic buyer', people: ['Cyd Chief'] },
    { label: 'Technical evaluator', people: ['Bea Buyer', 'Ben Builder'] },
    { label: 'Champion', people: [] },
  ],
  going: ['Far more activity than usual: 9 person-days in a week against 1.2 in a usual one.'],
  touches: [
    { label: 'Asked for a demo', at: '2026-11-20T09:02:11.000Z' },
    { label: 'Read the pricing page', at: '2026-11-20T08:58:40.000Z' },
    { label: 'Attended a webinar', at: '2026-11-18T14:00:00.000Z' },
  ],
  conversation: 'Offer two times today, and ask who else has to agree.',
  ...{ owner: 'Ada Rep', ownerEmail: 'ada@demo.example', ownerReason: 'Next in turn of the pool inbound.' },
  ...{ dueAt: '2026-11-20T10:02:12.000Z', timezone: 'Europe/Berlin', actions },
});

export const exampleMail = htmlOf(
  mailingOf(notice),
  ({ does, reason = '' }) => `https://api.example/act/${does}${reason}`,
);

if (process.argv[1] === import.meta.filename) {
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 660, height: 600 }, deviceScaleFactor: 1.25 });
  await page.setContent(exampleMail);
  await page.screenshot({ path: join(import.meta.dirname, '../../../docs/mail.png'), fullPage: true });
  await browser.close();
}
