// X-Ray sees every function of a tenant, and little of it.
import { expect, test } from 'vitest';
import { resourcesOf, templateOf } from './tenant-template.ts';

test('Lambda traces every function, and X-Ray keeps one invocation in a hundred', { timeout: 60_000 }, () => {
  const functions = resourcesOf(templateOf(), 'AWS::Lambda::Function');
  expect(functions.length).toBeGreaterThan(10);
  for (const [, { Properties }] of functions) expect(Properties.TracingConfig).toEqual({ Mode: 'Active' });
  const [[, rule] = []] = resourcesOf(templateOf(), 'AWS::XRay::SamplingRule');
  expect(rule?.Properties.SamplingRule).toMatchObject({
    FixedRate: 0.01,
    ReservoirSize: 0,
    ServiceName: 'muster-demo-*',
  });
});
