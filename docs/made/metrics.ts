// Reference of the metrics, from the table the code counts by.
import { metrics } from '../../lib/metrics.ts';

const rows = Object.entries(metrics).map(([name, { unit, means }]) => `| \`${name}\` | ${unit} | ${means} |`);

export const metricsPage = (): string => `# Metrics

Made of \`lib/metrics.ts\`; \`npm run docs\` makes it anew. In CloudWatch they stand in the namespace \`Muster\`, by tenant.

| metric | unit | what it counts |
| --- | --- | --- |
${rows.join('\n')}
`;
