// What a valid document is spoiled by, one thing at a time.
import fc from 'fast-check';

type Path = readonly (string | number)[];

const isBag = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === 'object' && value !== null;

const placesIn = (value: unknown, path: Path = []): Path[] =>
  isBag(value) && path.length < 4
    ? [
        path,
        ...Object.keys(value).flatMap((key) =>
          placesIn(value[key], [...path, Array.isArray(value) ? Number(key) : key]),
        ),
      ]
    : [path];

const replacedAt = (value: unknown, path: Path, by: (old: unknown) => unknown): unknown => {
  const [first, ...rest] = path;
  if (first === undefined) return by(value);
  if (!isBag(value)) return value;
  if (Array.isArray(value)) return value.map((one, index) => (index === first ? replacedAt(one, rest, by) : one));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, key === first ? replacedAt(one, rest, by) : one]),
  );
};

const deep = (levels: number): unknown => (levels === 0 ? {} : { a: deep(levels - 1) });
const withKey = (key: string, value: unknown) => (old: unknown) =>
  Array.isArray(old)
    ? [...old, value]
    : isBag(old)
      ? Object.fromEntries([...Object.entries(old), [key, value]])
      : value;
const withoutOne = (old: unknown): unknown =>
  Array.isArray(old) ? [] : isBag(old) ? Object.fromEntries(Object.entries(old).slice(1)) : undefined;

/** A word no line of the log may ever hold. */
export const canary = 'Kanarienvogel4711';

const spoilers: readonly ((old: unknown) => unknown)[] = [
  () => null,
  () => 0,
  () => -1.5e308,
  () => true,
  () => '',
  () => [],
  () => ({}),
  () => canary,
  () => `${canary}@acme.example`,
  () => canary.repeat(500),
  () => `nul\u0000${canary}`,
  () => '\ud800 half a pair',
  () => '𝕏‮ﷺ🧑‍🚀',
  () => '2026-13-45T99:99:99Z',
  () => deep(300),
  (old) => [old],
  (old) => Array.from({ length: 101 }, () => old),
  withoutOne,
  withKey('extra', canary),
  withKey('__proto__', { isAdmin: true }),
  withKey('constructor', { prototype: { isAdmin: true } }),
  withKey('toString', canary),
];

export const spoiled = (document: unknown): fc.Arbitrary<unknown> =>
  fc
    .tuple(fc.constantFrom(...placesIn(document)), fc.constantFrom(...spoilers))
    .map(([path, spoil]) => replacedAt(document, path, spoil));

/** Bytes that are no JSON, or no text. */
export const spoiledBytes = (bytes: Buffer): fc.Arbitrary<Buffer> =>
  fc.oneof(
    fc.constant(Buffer.alloc(0)),
    fc.nat(Math.max(0, bytes.length - 1)).map((length) => bytes.subarray(0, length)),
    fc.constant(Buffer.concat([bytes, Buffer.from([0xff, 0xfe, 0x00])])),
    fc.constant(Buffer.concat([Buffer.from([0x1f, 0x8b]), bytes])),
    fc.constant(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes])),
    fc.constant(Buffer.alloc(70_000, 0x20)),
    fc.constant(Buffer.from(`${'['.repeat(30_000)}`)),
    fc.uint8Array({ maxLength: 200 }).map((some) => Buffer.from(some)),
  );
