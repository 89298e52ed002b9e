import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decodedBody, maximumBytes, parsedJson, rawBody } from '../../../functions/http/body.ts';
import { httpEvent } from '../capture-harness.ts';

const decoded = (body: string | Buffer | undefined, headers: Record<string, string> = {}) =>
  decodedBody(httpEvent({ body, headers }));
const status = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return (error as { status?: number }).status;
  }
  return 'accepted';
};

describe('decoding', () => {
  test('takes text and base64 alike', () => {
    expect(decoded('{"ü":"🎉"}').toString()).toBe('{"ü":"🎉"}');
    expect(decoded(Buffer.from('{"ü":"🎉"}')).toString()).toBe('{"ü":"🎉"}');
    expect(decoded(undefined)).toHaveLength(0);
  });

  test.each([
    ['application/json', 'gzip'],
    ['application/x-www-form-urlencoded', 'gzip'],
    ['text/plain', ''],
  ])('unpacks gzip that calls itself %s, encoding %j', (type, encoding) => {
    const headers = { 'content-type': type, ...(encoding && { 'content-encoding': encoding }) };

    expect(decoded(gzipSync('{"a":1}'), headers).toString()).toBe('{"a":1}');
  });

  test('believes the bytes when the label says gzip and they are not', () => {
    expect(decoded('{"a":1}', { 'content-encoding': 'gzip' }).toString()).toBe('{"a":1}');
  });

  test.each(['br', 'deflate', 'gzip, gzip'])('refuses the encoding %s', (encoding) => {
    expect(status(() => decoded('x', { 'content-encoding': encoding }))).toBe(415);
  });

  test('refuses broken gzip', () => {
    const packed = gzipSync('x'.repeat(1_000));

    expect(status(() => decoded(packed.subarray(0, packed.length - 9)))).toBe(400);
  });
});

describe('the limit', () => {
  const full = 'x'.repeat(maximumBytes);

  test.each([
    ['as text', (text: string) => text],
    ['in base64', (text: string) => Buffer.from(text)],
    ['packed', (text: string) => gzipSync(text)],
  ])('is 64 KB to the byte, %s', (_, wrapped) => {
    expect(decoded(wrapped(full))).toHaveLength(65_536);
    expect(status(() => decoded(wrapped(`${full}x`)))).toBe(413);
  });

  test('counts bytes, not characters', () => {
    expect(status(() => decoded('€'.repeat(21_845)))).toBe('accepted');
    expect(status(() => decoded('€'.repeat(21_846)))).toBe(413);
    expect(status(() => rawBody(httpEvent({ body: `${full}x` })))).toBe(413);
  });

  test('stops a gzip bomb before it has unfolded', () => {
    const bomb = gzipSync(Buffer.alloc(60 * 1_024 * 1_024));
    const before = process.memoryUsage().arrayBuffers;

    expect(bomb.length).toBeLessThan(maximumBytes);
    expect(status(() => decoded(bomb))).toBe(413);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * 1_024 * 1_024);
  });
});

describe('JSON', () => {
  test('has no half characters, which no table can keep', () => {
    const parsed = parsedJson(Buffer.from('{"why":"\\ud800 half","all":["\\uD83E\\uDD1D","\\udc00"]}'));
    expect(parsed).toEqual({ why: '\ufffd half', all: ['🤝', '\ufffd'] });
  });

  const detail = (body: string | Buffer): unknown => {
    try {
      parsedJson(Buffer.from(body));
    } catch (error) {
      return (error as { errors?: unknown[] }).errors?.[0];
    }
    return 'accepted';
  };

  test('may begin with a byte order mark', () => {
    expect(parsedJson(Buffer.from('\ufeff{"a":1}'))).toEqual({ a: 1 });
  });

  test.each([
    ['', 'is empty'],
    [' \n', 'is empty'],
    ['hello', 'is not JSON from position 0 on'],
    ['{"a":1,}', 'is not JSON from position 7 on'],
    ['{"a":', 'is not JSON from position 5 on'],
    ['email=bea@acme.example', 'is not JSON from position 0 on'],
    [Buffer.from([0x22, 0xff, 0x22]), 'is not UTF-8'],
  ])('%j %s', (body, expected) => {
    expect(detail(body)).toEqual({ field: 'body', detail: expected });
  });
});
