// Reference of the command line, from the commands themselves.
import type { Command } from 'commander';
import { createProgram } from '../../cli/commands.ts';

const pathOf = (command: Command): string =>
  command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;

/** As `--help` prints it, on any machine alike: without the machine's own folders, as wide as the page. */
const helpOf = (command: Command): string => {
  command.configureHelp({ helpWidth: 120 });
  return command.helpInformation().trim();
};

const sectionsOf = (command: Command): string[] =>
  command.commands.flatMap((one) => [`## ${pathOf(one)}\n\n\`\`\`text\n${helpOf(one)}\n\`\`\`\n`, ...sectionsOf(one)]);

export const cliPage = (): string => `# The command line

Made of what \`--help\` says; \`npm run docs\` makes it anew. In a clone \`npm run -s muster --\` stands for \`muster\`.

${sectionsOf(createProgram()).join('\n')}`;
