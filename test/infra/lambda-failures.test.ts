// A person or a test that waits in vain is shown what failed, with what the function printed.
import { expect, test } from 'vitest';
import { lambdaFailures } from '../../cli/local-cloud/lambda-failures.ts';

// Copied from a run of MiniStack 1.5.33.
const log = `2026-11-22 04:58:16 WARNING [kms] cryptography package not installed; KMS Sign/Verify will return errors. Install with: pip install cryptography
2026-11-22 04:58:40 INFO [lambda] ESM: Lambda muster-demo-fold processed 1 SQS messages from muster-demo-prompt
2026-11-22 04:58:45 INFO [lambda] ESM: Lambda muster-demo-fold processed 0 SQS messages from muster-demo-hits (1 partial failures)
2026-11-22 04:58:45 INFO [lambda] ESM: Lambda muster-demo-fold output:
try 1
fold Error: poison
2026-11-22 04:58:46 INFO [events] EventBridge → SQS muster-demo-timers
2026-11-22 04:58:47 WARNING [lambda] ESM: Lambda muster-demo-assess failed processing SQS batch from muster-demo-assess (errorType=Error errorMessage=no)
  at handler (index.mjs:1:1)
`;

test('each failure comes with its output, and nothing else is taken for one', () => {
  const failures = lambdaFailures(log);
  expect(failures).toHaveLength(2);
  expect(failures[0]).toContain('1 partial failures');
  expect(failures[0]).toContain('fold Error: poison');
  expect(failures[1]).toContain('at handler (index.mjs:1:1)');
});
