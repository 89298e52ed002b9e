// Notices in a chat: what is said, and that nothing a stranger typed is anything but text there.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { slackMessage, teamsMessage } from '../../../lib/domain/notices/chat.ts';
import type { Notice } from '../../../lib/domain/notices/notice.ts';

const notice = (typed: string): Notice => ({
  kind: 'lead-routed',
  to: 'ada@seller.example',
  subject: `New lead: ${typed} (A1)`,
  matter: {
    said: ['Ada, this lead is yours.'],
    facts: [{ name: 'Why now', value: `${typed} asked for a demo.` }],
    due: 'Fri, 20 Nov 2026, 13:00 CET',
    actions: [
      { label: 'I am following up', does: 'follow-up', leadId: 'lead_9b74c9897bac770f', assignmentId: 'evt_1.1' },
    ],
  },
});

const slack = z.strictObject({
  text: z.string().max(3_000),
  unfurl_links: z.literal(false),
  unfurl_media: z.literal(false),
  blocks: z
    .array(
      z.strictObject({
        type: z.enum(['header', 'section']),
        text: z.strictObject({
          type: z.literal('plain_text'),
          text: z.string().min(1).max(3_000),
          emoji: z.literal(false),
        }),
      }),
    )
    .min(2)
    .max(50),
});
const run = z.strictObject({
  type: z.literal('TextRun'),
  text: z.string(),
  size: z.string().optional(),
  weight: z.string().optional(),
});
const teams = z.object({
  attachments: z.tuple([
    z.object({
      content: z.object({
        type: z.literal('AdaptiveCard'),
        body: z.array(z.strictObject({ type: z.literal('RichTextBlock'), inlines: z.array(run) })),
      }),
    }),
  ]),
});

describe('a message', () => {
  it('says in Slack who, why and until when, and offers nothing only the rep may do', () => {
    const { text, blocks } = slack.parse(JSON.parse(slackMessage(notice('Bea at Acme'))));

    expect(text).toBe('New lead: Bea at Acme (A1)');
    expect(blocks.map((block) => block.text.text)).toEqual([
      'New lead: Bea at Acme (A1)',
      'Ada, this lead is yours.',
      'Why now: Bea at Acme asked for a demo.\nFollow up by: Fri, 20 Nov 2026, 13:00 CET',
    ]);
  });

  it('says the same in Teams', () => {
    const [{ content }] = teams.parse(JSON.parse(teamsMessage(notice('Bea at Acme')))).attachments;

    expect(content.body.map(({ inlines }) => inlines.map(({ text }) => text).join(''))).toEqual([
      'New lead: Bea at Acme (A1)',
      'Ada, this lead is yours.',
      'Why now: Bea at Acme asked for a demo.',
      'Follow up by: Fri, 20 Nov 2026, 13:00 CET',
    ]);
  });

  it.each([
    '<!channel>',
    '<https://evil.example|Acme>',
    '[Acme](https://evil.example)',
    'A\nFollow up by: never',
    '&lt;',
  ])('takes %j for text alone', (typed) => {
    const { text, blocks } = slack.parse(JSON.parse(slackMessage(notice(typed))));
    const [{ content }] = teams.parse(JSON.parse(teamsMessage(notice(typed)))).attachments;

    expect(text).not.toMatch(/[<>]/);
    expect(blocks.at(-1)!.text.text.split('\n')).toHaveLength(2);
    expect(content.body).toHaveLength(4);
  });

  it('is as short as Slack takes it, whatever somebody typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 5_000, unit: 'binary' }), (typed) => {
        const { blocks } = slack.parse(JSON.parse(slackMessage(notice(typed))));
        expect(blocks[0]!.text.text.length).toBeLessThanOrEqual(150);
        teams.parse(JSON.parse(teamsMessage(notice(typed))));
      }),
      { seed: 20_261_122, numRuns: 300 },
    );
  });
});
