// What docs/how-to/edge.md says of CloudFront and its firewall is so, and what it has somebody type works on a stack that is so.
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { edgeSettings } from '../../infra/edge-settings.ts';
import { FirewallStack } from '../../infra/firewall.ts';
import { usdPerEdgeRequest } from '../../infra/prices.ts';
import { resourcesOf } from '../infra/tenant-template.ts';
import { awsWithSecrets } from './aws-with-secrets.ts';
import { commandsIn, pages } from './markdown.ts';
import type { Documented } from './run-by.ts';
import { type } from './typed-secrets.ts';

const page = pages.find(({ path }) => path === 'docs/how-to/edge.md')!;
const rotate = 'npm run -s muster -- secret rotate edge --tenant demo' as const satisfies Documented;
const finish = 'npm run -s muster -- secret rotate edge --tenant demo --finish' as const satisfies Documented;
/** Only AWS can run these: what they name is held to the stacks. */
const ofAws = [
  `aws cloudfront list-distributions --query "DistributionList.Items[?starts_with(Comment, 'muster-demo,')].[DomainName,Status]" --output text`,
  'aws cloudwatch get-metric-statistics --region us-east-1 --namespace AWS/WAFV2 --metric-name BlockedRequests --dimensions Name=WebACL,Value=muster-demo Name=Rule,Value=ALL --start-time 2026-11-23T00:00:00Z --end-time 2026-11-24T00:00:00Z --period 3600 --statistics Sum',
  `aws wafv2 get-sampled-requests --region us-east-1 --scope CLOUDFRONT --web-acl-arn $(aws wafv2 list-web-acls --region us-east-1 --scope CLOUDFRONT --query "WebACLs[?Name=='muster-demo'].ARN" --output text) --rule-metric-name CommonRuleSet --time-window StartTime=2026-11-23T09:00:00Z,EndTime=2026-11-23T10:00:00Z --max-items 100`,
] as const satisfies Documented[];

const [, settingsText = ''] = /```yaml\n([\s\S]*?)```/.exec(page.text)!;
const { edge } = z.object({ edge: edgeSettings }).parse(parse(settingsText));
if (edge === 'none') throw new Error('the page shows one with CloudFront');
const firewall = resourcesOf(Template.fromStack(new FirewallStack(new App(), { name: 'demo', edge })))[0]![1]
  .Properties;

it('these are all its commands', () => {
  expect(new Set(commandsIn(page))).toEqual(new Set([rotate, finish, ...ofAws]));
});

it('the rules are those it names, in that order, and cost what it says', () => {
  const rules = firewall.Rules as { Name: string; VisibilityConfig: { MetricName: string } }[];
  const named = [...page.text.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  expect(named).toEqual(rules.map(({ Name }) => Name));
  // 5 $ a firewall, 1 $ a rule: aws.amazon.com/waf/pricing
  expect(page.text).toContain(`its five rules are ${5 + rules.length} $ a month`);
  expect(usdPerEdgeRequest * 1e6).toBeCloseTo(1.7);
  // Five hits in one request: web/tracker.ts.
  expect(page.text).toContain(`${(usdPerEdgeRequest * 200_000).toFixed(2)} $ a million hits`);
});

it('the commands for AWS name what the stacks have', () => {
  const [list, count, sample] = ofAws;
  expect([firewall.Name, firewall.VisibilityConfig.MetricName]).toEqual(['muster-demo', 'muster-demo']);
  expect(count).toContain('WebACL,Value=muster-demo ');
  expect(sample).toContain("Name=='muster-demo'");
  const [, rule] = /--rule-metric-name (\w+)/.exec(sample)!;
  expect(firewall.Rules).toContainEqual(
    expect.objectContaining({
      Name: rule,
      VisibilityConfig: expect.objectContaining({ MetricName: rule, SampledRequestsEnabled: true }),
    }),
  );
  // As test/infra/safety.test.ts holds CloudFront's comment to be.
  expect(list).toContain("starts_with(Comment, 'muster-demo,')");
});

const aws = awsWithSecrets();
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-23T00:10:00.000Z') });
  aws.reset();
});
afterEach(() => vi.useRealTimers());

it('its secret is replaced, and the old one dropped only once CloudFront was given the new one', async () => {
  const { printed, said } = await type(rotate);
  expect([printed, said]).toEqual(['', expect.stringContaining('raise edge.secretRound by one')]);
  const [next] = await aws.functions().edgeSecrets();
  expect(await aws.functions().edgeSecrets()).toEqual([next, 'generated-edge']);
  expect(JSON.parse(aws.kept.get('edge')!)).toMatchObject({ sent: next });

  vi.setSystemTime(Date.parse('2026-11-23T01:10:00.000Z'));
  expect(await type(finish)).toMatchObject({ refused: true, said: expect.stringContaining('still sends the old one') });
  expect(await aws.functions().edgeSecrets()).toHaveLength(2);

  aws.deployCloudFront('UPDATE_IN_PROGRESS');
  expect((await type(finish)).refused).toBe(true);
  aws.deployCloudFront('UPDATE_COMPLETE');
  expect((await type(finish)).refused).toBe(false);
  expect(await aws.functions().edgeSecrets()).toEqual([next]);
});
