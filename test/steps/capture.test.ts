import { expect, test } from 'vitest';
import { type TouchCaptured, touchCapturedV1Sample } from '../../events/touch-captured.v1.ts';
import { capturedBatch, captureLines } from '../../lib/steps/capture.ts';

const lines = (count: number, url = ''): TouchCaptured[] =>
  Array.from({ length: count }, (_, n) => ({ ...touchCapturedV1Sample, id: `web:${n}`, page: { url } }));
const sentFor = async (captured: readonly TouchCaptured[]) => {
  const sends: (readonly string[])[] = [];
  await captureLines({ queue: { send: async (bodies) => void sends.push(bodies) } }, captured);
  return sends;
};

test('a beacon is one message', async () => {
  const sends = await sentFor(lines(5));

  expect(sends).toHaveLength(1);
  expect(sends[0]!.map((body) => capturedBatch.parse(JSON.parse(body)).length)).toEqual([5]);
});

test('a message holds a hundred lines at most', async () => {
  const [bodies] = await sentFor(lines(250));

  expect(bodies!.map((body) => capturedBatch.parse(JSON.parse(body)).length)).toEqual([100, 100, 50]);
});

test('a message stays under 200 KB, and no line is lost', async () => {
  const captured = lines(100, '€'.repeat(2_000));

  const [bodies] = await sentFor(captured);

  expect(bodies!.length).toBeGreaterThan(2);
  for (const body of bodies!) expect(Buffer.byteLength(body)).toBeLessThan(200_000);
  expect(bodies!.flatMap((body) => capturedBatch.parse(JSON.parse(body)))).toEqual(captured);
});

test('nothing to say is not sent', async () => {
  expect(await sentFor([])).toEqual([]);
});

test('what the queue throws is thrown on', async () => {
  const queue = { send: () => Promise.reject(new Error('unreachable')) };

  await expect(captureLines({ queue }, lines(1))).rejects.toThrow('unreachable');
});
