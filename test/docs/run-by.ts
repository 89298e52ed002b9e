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
  'npm run -s bench -- embedded': 'test/docs/commands.test.ts',
  'npm run -s bench -- scoring': 'test/docs/commands.test.ts',
  'npm run -s bench -- matching': 'test/docs/commands.test.ts',
  'npm run -s bench -- import': 'test/docs/commands.test.ts',
  'npm run cloud': 'test/docs/commands.cloud.test.ts',
  'npm run -s bench -- cost': 'test/docs/commands.cloud.test.ts',
} as const satisfies Record<string, string>;

export type Documented = keyof typeof runBy;
