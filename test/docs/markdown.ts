// What the documentation says that can be held to: its commands, and the files it names.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { root } from '../architecture/house.ts';

export interface Page {
  path: string;
  text: string;
}

export const pages: readonly Page[] = ['README.md', 'CHANGELOG.md', ...globSync('docs/**/*.md', { cwd: root })].map(
  (path) => ({
    path,
    text: readFileSync(join(root, path), 'utf8'),
  }),
);

/** The commands of the blocks a shell would run, one by one: `a && b` is two. */
export const commandsIn = ({ text }: Page): string[] =>
  [...text.matchAll(/^```(?:sh|bash|console)\b.*\n([\s\S]*?)^```/gm)]
    .flatMap(([, block = '']) => block.replaceAll('\\\n', ' ').split('\n'))
    .flatMap((line) => line.split(' && '))
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

const folders = 'events|lib|functions|infra|web|cli|test|docs|\\.ci';

/** Files and folders of ours named in backquotes or linked. */
export const filesIn = ({ path: page, text }: Page): string[] => [
  ...[...text.matchAll(new RegExp(`\`((?:${folders})/[\\w./-]*)\``, 'g'))].map(([, path = '']) => path),
  ...[...text.matchAll(/\]\((?!https?:|#)([^)\s#]+)[^)\s]*\)/g)].map(([, path = '']) =>
    posix.join(dirname(page), path),
  ),
];

/** As they are linked to: `## Who is told?` is `#who-is-told`. */
const headingsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** Links to sections that are not there, of this page or another of ours. */
export const deadSectionsIn = ({ path: page, text }: Page, all: readonly Page[]): string[] =>
  [...text.matchAll(/\]\((?!https?:)([^)\s#]*)#([^)\s]+)\)/g)].flatMap(([, path = '', section = '']) => {
    const to = path === '' ? page : posix.join(dirname(page), path);
    const target = all.find((one) => one.path === to);
    return target !== undefined && headingsOf(target.text).includes(section) ? [] : [`${to}#${section}`];
  });
