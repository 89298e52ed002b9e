// People: that everybody named is there, and once.
import { suggestion } from '../nearest.ts';
import type { Problem } from '../schema-complaints.ts';
import type { Playbook } from './playbook.ts';

export const checkPeople = ({ people }: Playbook): Problem[] => {
  const problems: Problem[] = [];
  const emails = new Set<string>();
  const crmIds = new Set<string>();
  people.forEach(({ email, crm }, index) => {
    if (emails.has(email)) {
      problems.push({ path: ['people', index, 'email'], message: `${email} is here twice; keep one of the two` });
    }
    emails.add(email);
    for (const [connection, id] of Object.entries(crm)) {
      const user = JSON.stringify([connection, id]);
      if (crmIds.has(user)) {
        const message = `user ${id} of ${connection} is somebody above already; nobody could tell whose leads are whose`;
        problems.push({ path: ['people', index, 'crm', connection], message });
      }
      crmIds.add(user);
    }
  });
  const known = (email: string, path: Problem['path']): void => {
    if (emails.has(email)) return;
    problems.push({ path, message: `nobody among \`people\` has ${email}; ${suggestion(email, emails, '')}` });
  };
  people.forEach(({ manager }, index) => {
    if (manager !== undefined) known(manager, ['people', index, 'manager']);
  });
  return problems;
};
