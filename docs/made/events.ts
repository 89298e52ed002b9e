// Reference of the events, from their contracts.
import * as z from 'zod';
import { capturedContracts, publishedContracts, samples } from '../../events/catalogue.ts';
import { subscriptions } from '../../lib/subscriptions.ts';
import { type Schema, tableOf } from './schema-rows.ts';

const hearersOf = (type: string): string => {
  const hearers = Object.entries(subscriptions).flatMap(([step, events]) =>
    events.some((event) => event.type === type) ? [step] : [],
  );
  return hearers.length === 0 ? '' : `Heard by ${hearers.map((step) => `\`${step}\``).join(', ')}.\n\n`;
};

const section = ([type, contract]: readonly [string, z.ZodType]): string => {
  const schema = z.toJSONSchema(contract, { unrepresentable: 'any' }) as Schema & { $ref?: string };
  const sample = samples.find((one) => one.type === type);
  const shown = sample && `\n\n\`\`\`json\n${JSON.stringify(sample, null, 2)}\n\`\`\``;
  return `### ${type}\n\n${hearersOf(type)}${tableOf(schema)}${shown ?? ''}\n`;
};

const sections = (contracts: Readonly<Record<string, z.ZodType>>): string =>
  Object.entries(contracts).map(section).join('\n');

export const eventsPage = (): string => `# Events

Made of the contracts in \`events/\`; \`npm run docs\` makes it anew.

## Captured

A line of a journal, and of the queues before the fold. It carries personal data and is never on the bus.

${sections(capturedContracts)}
## Published

What is on the event bus: ids and judgements, never personal data. Beside these fields an event may carry the \`traceId\` of the work that
brought it about.

${sections(publishedContracts)}`;
