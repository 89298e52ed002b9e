// A notice as a message in a chat: for a channel in which several people read it, so without what only its reader may do.
//
// What strangers typed can be no link, no mention and no formatting there: Slack gets plain text alone, and Teams runs of text, which
// neither of them reads as markup.
import { type Notice, oneLine } from './notice.ts';

/** Slack's limits: 150 characters of a header, 3,000 of a text, 50 blocks (docs.slack.dev, "Block Kit"). */
const mostOfHeader = 150;
const mostOfText = 2_900;

interface Shown {
  header: string;
  paragraphs: string[];
  facts: { name: string; value: string }[];
}

const shown = ({ subject, matter: { said, facts = [], due } }: Notice): Shown => ({
  header: subject,
  paragraphs: said.map((text) => text.trim()).filter((text) => text !== ''),
  // Of one line each: who types a line break writes no fact of their own.
  facts: [...facts, ...(due === undefined ? [] : [{ name: 'Follow up by', value: due }])].map(({ name, value }) => ({
    name,
    value: oneLine(value, 2_000),
  })),
});

const plain = (text: string, most: number) => ({
  type: 'plain_text' as const,
  text: text.length > most ? `${text.slice(0, most - 1)}…` : text,
  emoji: false,
});

/** Of what is shown where blocks are not, in notifications, Slack reads these three as markup. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').slice(0, mostOfText);

/** The body of a Slack incoming webhook. */
export const slackMessage = (notice: Notice): string => {
  const { header, paragraphs, facts } = shown(notice);
  const lines = facts.map(({ name, value }) => `${name}: ${value}`).join('\n');
  const texts = [...paragraphs, ...(lines === '' ? [] : [lines])].slice(0, 40);
  return JSON.stringify({
    text: escaped(header),
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: 'header', text: plain(header, mostOfHeader) },
      ...texts.map((text) => ({ type: 'section', text: plain(text, mostOfText) })),
    ],
  });
};

const run = (text: string, style: object = {}) => ({ type: 'TextRun', text, ...style });
const richText = (...inlines: object[]) => ({ type: 'RichTextBlock', inlines });

/** The body of a Teams workflow ("When a Teams webhook request is received"): an adaptive card. */
export const teamsMessage = (notice: Notice): string => {
  const { header, paragraphs, facts } = shown(notice);
  const body = [
    richText(run(header, { size: 'Medium', weight: 'Bolder' })),
    ...paragraphs.map((text) => richText(run(text))),
    ...facts.map(({ name, value }) => richText(run(`${name}: `, { weight: 'Bolder' }), run(value))),
  ];
  const card = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body,
  };
  return JSON.stringify({
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: card }],
  });
};
