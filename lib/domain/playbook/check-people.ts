// People, pools and working time: that everybody named is there once, and that the clock runs at some time.
import { IANAZone } from 'luxon';
import { suggestion } from '../nearest.ts';
import type { Problem } from '../schema-complaints.ts';
import { unknownNames } from './check-names.ts';
import type { Playbook } from './playbook.ts';

const checkPeople = ({ people, routing }: Playbook): Problem[] => {
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
  for (const [id, { members }] of Object.entries(routing.pools)) {
    members.forEach(({ email }, index) => {
      known(email, ['routing', 'pools', id, 'members', index, 'email']);
    });
  }
  const defaultPool = [[routing.defaultPool, ['routing', 'defaultPool']]] as const;
  return [...problems, ...unknownNames('pool', 'routing.pools', routing.pools, defaultPool)];
};

const checkCalendar = ({ sla: { calendar } }: Playbook): Problem[] => {
  const problems: Problem[] = [];
  if (!IANAZone.isValidZone(calendar.timezone)) {
    const message = `${calendar.timezone} is no time zone; write one such as Europe/Berlin or America/New_York`;
    problems.push({ path: ['sla', 'calendar', 'timezone'], message });
  }
  if (!Object.values(calendar.hours).some((intervals) => intervals.length > 0)) {
    const message =
      'no working time on any day: no clock would ever run; add one, monday: [{ from: "09:00", to: "17:00" }]';
    problems.push({ path: ['sla', 'calendar', 'hours'], message });
  }
  for (const [day, intervals] of Object.entries(calendar.hours)) {
    const inOrder = [...intervals].sort((a, b) => (a.from < b.from ? -1 : 1));
    if (inOrder.some(({ from }, index) => index > 0 && from < inOrder[index - 1]!.to)) {
      const message = 'its intervals overlap; begin each when the one before has ended';
      problems.push({ path: ['sla', 'calendar', 'hours', day], message });
    }
  }
  return problems;
};

export const checkPeopleAndHours = (playbook: Playbook): Problem[] => [
  ...checkPeople(playbook),
  ...checkCalendar(playbook),
];
