// X-Ray sees every function of a tenant, and little of it.
import { expect, test } from 'vitest';
import { loadTenant } from '../../infra/tenant.ts';
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

test('tenants with the longest names there can be have stacks, and share no rule of X-Ray where they begin alike', {
  timeout: 60_000,
}, () => {
  const [one, other] = ['acme-manufacturing-europe1', 'acme-manufacturing-europe2'].map((name) => {
    expect(() => loadTenant(`${name}0`)).toThrow('must be 2 to 26');
    expect(() => loadTenant(name)).toThrow('There is no tenant');
    const [[, rule] = []] = resourcesOf(templateOf({ name }), 'AWS::XRay::SamplingRule');
    return rule!.Properties.SamplingRule.RuleName as string;
  });
  expect(one).not.toBe(other);
  for (const name of [one!, other!]) expect(name.length).toBeLessThanOrEqual(32);
});
