// Holds files to the table of rooms, and says in words what goes against it.
import { type Room, rooms } from './rooms.ts';
import { type Import, importsOf, impuritiesOf, type SourceFile } from './source-file.ts';

const roomOf = (path: string): Room | undefined =>
  [...rooms].sort((a, b) => b.path.length - a.path.length).find((room) => path.startsWith(room.path));

const isUsed = (uses: readonly string[], { target, names }: Import): boolean =>
  uses.some((use) => {
    const [specifier, name] = use.split('#');
    if (name === undefined) return use.endsWith('*') ? target.startsWith(use.slice(0, -1)) : target === use;
    return target === specifier && names.includes(name);
  });

/** Each name taken of a module is judged by itself, so that one that is allowed lets in no other. */
const perName = (one: Import): Import[] => one.names.map((name) => ({ ...one, names: [name] }));

const faultOf = (room: Room, one: Import): string | undefined => {
  if (!one.own)
    return isUsed(room.uses, one) ? undefined : `uses ${one.target}${one.names[0] === '*' ? '' : `#${one.names[0]}`}`;
  const seen = roomOf(one.target);
  if (seen === undefined) return `imports ${one.target}, which is in no room`;
  return seen.name === room.name || room.sees.includes(seen.name)
    ? undefined
    : `imports ${one.target}: ${room.name} does not see ${seen.name}`;
};

/** What goes against the table, one line each; empty when all is well. */
export const violations = (files: readonly SourceFile[]): string[] =>
  files.flatMap((file) => {
    const room = roomOf(file.path);
    if (room === undefined) return [`${file.path} is in no room of rooms.ts`];
    const faults = importsOf(file)
      .flatMap(perName)
      .map((one) => faultOf(room, one));
    if (room.pure) faults.push(...impuritiesOf(file).map((found) => `reaches for ${found}, and ${room.name} is pure`));
    return [...new Set(faults)].flatMap((fault) => (fault === undefined ? [] : [`${file.path} ${fault}`]));
  });

/** Files that import each other in a circle, as `a → b → a`; the first circle found from each file. */
export const circles = (files: readonly SourceFile[]): string[] => {
  const edges = new Map(
    files.map((file) => [
      file.path,
      importsOf(file)
        .filter(({ own }) => own)
        .map(({ target }) => target),
    ]),
  );
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) found.push([...trail.slice(at), path].join(' → '));
    if (at >= 0 || done.has(path)) return;
    for (const next of edges.get(path) ?? []) walk(next, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) walk(path, []);
  return found;
};
