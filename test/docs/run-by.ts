// Every command of the documentation, and what runs it. A command that is not here has nobody who knows whether it works.

export const runBy = {
  // Each of these two begins every run of .ci/run: without the first no test runs, the second is how this very test is run.
  'npm ci': '.ci/run',
  'npm test': '.ci/run',
  'npm start': 'test/docs/commands.test.ts',
  'npm start -- --fresh': 'test/docs/commands.test.ts',
  'npm run -s muster -- playbook check infra/tenants/demo.playbook.yaml': 'test/docs/commands.test.ts',
  'npm run -s muster -- playbook check docs/playbooks/starter.yaml': 'test/docs/commands.test.ts',
  'npm run -s muster -- playbook diff docs/playbooks/starter.yaml docs/playbooks/points.yaml':
    'test/docs/commands.test.ts',
  'npm run -s muster -- playbook schema': 'test/docs/commands.test.ts',
  'npm run -s muster -- replay docs/examples/acme.ndjson --playbook infra/tenants/demo.playbook.yaml':
    'test/docs/commands.test.ts',
  'npm run -s muster -- score --playbook docs/playbooks/enterprise.yaml --facts test/golden/journal.ndjson --as-of 2026-11-22T12:00:00Z':
    'test/docs/score.test.ts',
  'npm run -s muster -- score --playbook docs/playbooks/starter.yaml --facts test/golden/journal.ndjson --format json':
    'test/docs/score.test.ts',
  'npm run -s muster -- score --playbook docs/playbooks/enterprise.yaml --facts test/golden/journal.ndjson --as-of 2026-11-22T12:00:00Z --explain rita@rival.example':
    'test/docs/score.test.ts',
  'npm run -s muster -- quality --playbook docs/playbooks/starter.yaml --facts docs/examples/quality.ndjson':
    'test/docs/quality.test.ts',
  'npm run -s muster -- routing simulate --playbook docs/examples/routing.yaml --leads docs/examples/routing-leads.csv --at 2026-11-23T10:00:00+01:00':
    'test/docs/routing.test.ts',
  'npm run -s muster -- identity id buyer@acme.example second@acme.example': 'test/docs/mail-links.test.ts',
  'npm run -s muster -- match --accounts docs/examples/accounts.csv --leads docs/examples/leads.csv --out matched.csv':
    'test/docs/matching.test.ts',
  'npm run -s muster -- import touches docs/examples/trade-show.csv --map docs/examples/trade-show.yaml --dry-run':
    'test/docs/import.test.ts',
  'npm run deploy -- --tenant demo --synth-only': 'test/docs/commands.test.ts',
  'npm run -s muster -- tenant check demo': 'test/docs/tenants.test.ts',
  'npm run -s muster -- tenant schema': 'test/docs/tenants.test.ts',
  'npm run -s bench -- embedded': 'test/docs/commands.test.ts',
  'npm run -s bench -- scoring': 'test/docs/commands.test.ts',
  'npm run -s bench -- matching': 'test/docs/commands.cloud.test.ts',
  'npm run -s bench -- import': 'test/docs/commands.test.ts',
  'npm run cloud': 'test/docs/commands.cloud.test.ts',
  'npm run -s muster -- user add ada@demo.example --group rep --tenant demo': 'test/docs/commands.cloud.test.ts',
  'npm run -s muster -- user list --tenant demo': 'test/docs/commands.cloud.test.ts',
  'npm run -s muster -- user remove ada@demo.example --tenant demo': 'test/docs/commands.cloud.test.ts',
  'npm run -s muster -- status --url $MUSTER_URL --token $MUSTER_TOKEN': 'test/docs/repair.test.ts',
  'npm run -s muster -- redrive --queue prompt --by ops@seller.example --why "The fix is out." --url $MUSTER_URL --token $MUSTER_TOKEN':
    'test/docs/repair.test.ts',
  'npm run -s muster -- quarantine release --all --by ops@seller.example --why "The new release reads it." --url $MUSTER_URL --token $MUSTER_TOKEN':
    'test/docs/repair.test.ts',
  'npm run -s muster -- quarantine drop --id line-1 --by ops@seller.example --why "Made up by a test." --url $MUSTER_URL --token $MUSTER_TOKEN':
    'test/docs/repair.test.ts',
  'npm run -s muster -- rebuild --all --by ops@seller.example --why "Edited by hand." --url $MUSTER_URL --token $MUSTER_TOKEN':
    'test/docs/repair.test.ts',
  'npm run -s muster -- rebuild --lead buyer@acme.example --by ops@seller.example --why "Edited by hand." --url $MUSTER_URL --token $MUSTER_TOKEN':
    'test/docs/repair.test.ts',
  'npm run -s muster -- rebuild --account acct_1f3870be274f6c49 --no-wait --by ops@seller.example --why "Edited by hand." --url $MUSTER_URL --token $MUSTER_TOKEN':
    'test/docs/repair.test.ts',
  'npm run -s muster -- operation show op_5f2a90c1e7d34b68a0c1 --url $MUSTER_URL --token $MUSTER_TOKEN':
    'test/docs/repair.test.ts',
  'npm run -s muster -- backup create --by ops@seller.example --why "Before the import." --url $MUSTER_URL --token $MUSTER_TOKEN':
    'test/docs/repair.test.ts',
  'npm run -s muster -- erase-person --lead lead_9b74c9897bac770f --no-wait --by dpo@acme.example --why "Erased before the restore." --url $MUSTER_URL --token $MUSTER_TOKEN':
    'test/docs/repair.test.ts',
  'npm run -s muster -- export-person --email buyer@acme.example --by dpo@acme.example --why "She asked for it." --url $MUSTER_URL --token $MUSTER_TOKEN':
    'test/docs/privacy.test.ts',
  'npm run -s muster -- erase-person --email buyer@acme.example --by dpo@acme.example --why "She asked for it." --no-wait --url $MUSTER_URL --token $MUSTER_TOKEN':
    'test/docs/privacy.test.ts',
  'npm run -s muster -- erase-person --lift --email buyer@acme.example --by dpo@acme.example --why "A customer again." --url $MUSTER_URL --token $MUSTER_TOKEN':
    'test/docs/privacy.test.ts',
  'npm run -s muster -- user add ada@demo.example --group rep --data .muster/demo': 'test/docs/users.test.ts',
  'npm run -s muster -- user list --data .muster/demo': 'test/docs/users.test.ts',
  'npm run -s muster -- user remove ada@demo.example --data .muster/demo': 'test/docs/users.test.ts',
  'npm run -s muster -- audit --url $MUSTER_URL --token $MUSTER_TOKEN': 'test/docs/users.test.ts',
  'npm run -s muster -- audit --from 2026-11-01 --to 2026-11-22 --url $MUSTER_URL --token $MUSTER_TOKEN':
    'test/docs/users.test.ts',
  'npm run -s bench -- cost': 'test/docs/commands.cloud.test.ts',
  'npm run -s bench -- coldstart': 'test/docs/commands.cloud.test.ts',
  'npm run -s bench -- load': 'test/docs/commands.cloud.test.ts',
  'npm run -s muster -- dead-letters --url $MUSTER_URL --token $MUSTER_TOKEN': 'test/docs/runbook.test.ts',
  'npm run -s muster -- dead-letters --queue prompt --url $MUSTER_URL --token $MUSTER_TOKEN':
    'test/docs/runbook.test.ts',
  'npm run -s muster -- redrive --queue prompt --by ops@acme.example --why "the playbook is mended" --url $MUSTER_URL --token $MUSTER_TOKEN':
    'test/docs/runbook.test.ts',
  'npm run -s muster -- quarantine list --url $MUSTER_URL --token $MUSTER_TOKEN': 'test/docs/runbook.test.ts',
  'npm run -s muster -- quarantine release --all --by ops@acme.example --why "the form names its e-mail field again" --url $MUSTER_URL --token $MUSTER_TOKEN':
    'test/docs/runbook.test.ts',
  "aws cloudwatch describe-alarms --alarm-name-prefix muster-demo- --state-value ALARM --query 'MetricAlarms[].[AlarmName,StateUpdatedTimestamp,StateReason]' --output text":
    'test/docs/runbook.test.ts',
  'aws logs tail /muster/demo/fold --since 1h --format short --filter-pattern \'{ $.level = "ERROR" || $.level = "WARN" }\'':
    'test/docs/runbook.test.ts',
  'aws sqs get-queue-attributes --queue-url $(aws sqs get-queue-url --queue-name muster-demo-prompt --output text) --attribute-names ApproximateNumberOfMessages ApproximateNumberOfMessagesNotVisible':
    'test/docs/runbook.test.ts',
  "aws lambda list-event-source-mappings --function-name muster-demo-fold --query 'EventSourceMappings[].[UUID,State,StateTransitionReason,LastProcessingResult]' --output text":
    'test/docs/runbook.test.ts',
  "aws events describe-rule --name muster-demo-sweep-timers --query '[State,ScheduleExpression]' --output text":
    'test/docs/runbook.test.ts',
  'aws logs tail /muster/demo/sweep --since 1h --format short': 'test/docs/runbook.test.ts',
  'aws events enable-rule --name muster-demo-sweep-timers': 'test/docs/runbook.test.ts',
  'aws logs tail /muster/demo/sync-crm --since 1h --format short': 'test/docs/runbook.test.ts',
  "aws lambda get-function-configuration --function-name muster-demo-fold --query '[LastModified,State,MemorySize,Timeout]' --output text":
    'test/docs/runbook.test.ts',
  "aws lambda get-account-settings --query 'AccountLimit.[ConcurrentExecutions,UnreservedConcurrentExecutions]' --output text":
    'test/docs/runbook.test.ts',
  "aws logs tail /muster/demo/api --since 1h --format short --filter-pattern '{ $.status = 5* }'":
    'test/docs/runbook.test.ts',
  'aws ce get-cost-and-usage --time-period Start=2026-11-01,End=2026-12-01 --granularity MONTHLY --metrics UnblendedCost --filter \'{"Tags":{"Key":"muster:tenant","Values":["demo"]}}\' --group-by Type=DIMENSION,Key=SERVICE':
    'test/docs/runbook.test.ts',
  'npm run -s muster -- secret list --tenant demo': 'test/docs/secrets.test.ts',
  'npm run -s muster -- secret rotate read --tenant demo': 'test/docs/secrets.test.ts',
  'npm run -s muster -- secret rotate read --tenant demo --finish': 'test/docs/secrets.test.ts',
  'aws logs tail /muster/demo/read-api --since 1d --format short --filter-pattern \'{ $.olderSecret = "*" }\'':
    'test/docs/secrets.test.ts',
  'npm run -s muster -- secret rotate operators --tenant demo --finish --force': 'test/docs/secrets.test.ts',
  'npm run -s muster -- secret rotate crm/hubspot --tenant demo --stdin < new-secret.txt': 'test/docs/secrets.test.ts',
  'npm run -s muster -- secret list --data .muster/demo': 'test/docs/secrets.test.ts',
  'npm run -s muster -- secret rotate read --data .muster/demo': 'test/docs/secrets.test.ts',
  'npm run -s muster -- secret rotate read --data .muster/demo --finish': 'test/docs/secrets.test.ts',
  'aws cloudfront list-distributions --query "DistributionList.Items[?starts_with(Comment, \'muster-demo,\')].[DomainName,Status]" --output text':
    'test/docs/secrets.test.ts',
  'aws cloudwatch get-metric-statistics --region us-east-1 --namespace AWS/WAFV2 --metric-name BlockedRequests --dimensions Name=WebACL,Value=muster-demo Name=Rule,Value=ALL --start-time 2026-11-23T00:00:00Z --end-time 2026-11-24T00:00:00Z --period 3600 --statistics Sum':
    'test/docs/secrets.test.ts',
  'aws wafv2 get-sampled-requests --region us-east-1 --scope CLOUDFRONT --web-acl-arn $(aws wafv2 list-web-acls --region us-east-1 --scope CLOUDFRONT --query "WebACLs[?Name==\'muster-demo\'].ARN" --output text) --rule-metric-name CommonRuleSet --time-window StartTime=2026-11-23T09:00:00Z,EndTime=2026-11-23T10:00:00Z --max-items 100':
    'test/docs/secrets.test.ts',
  'npm run -s muster -- secret rotate edge --tenant demo': 'test/docs/secrets.test.ts',
  'npm run -s muster -- secret rotate edge --tenant demo --finish': 'test/docs/secrets.test.ts',
  'mkdir -p my-tenants': 'test/docs/first-tenant.test.ts',
  'cp infra/tenants/demo.yaml my-tenants/acme.yaml': 'test/docs/first-tenant.test.ts',
  'cp docs/playbooks/starter.yaml my-tenants/acme.playbook.yaml': 'test/docs/first-tenant.test.ts',
  'npm run -s muster -- playbook check my-tenants/acme.playbook.yaml': 'test/docs/first-tenant.test.ts',
  'npm start -- --tenant acme --tenants my-tenants': 'test/docs/first-tenant.test.ts',
  'curl -fsS $MUSTER_URL/forms/contact -d email=bea@acme.example': 'test/docs/first-tenant.test.ts',
  'curl -fsS $MUSTER_URL/api/accounts -H "authorization: Bearer $MUSTER_TOKEN"': 'test/docs/first-tenant.test.ts',
} as const satisfies Record<string, string>;

export type Documented = keyof typeof runBy;
