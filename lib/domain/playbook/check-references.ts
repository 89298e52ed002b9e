// What a schema cannot see: names that point nowhere, orders turned round, thresholds nobody can reach.
import { IANAZone } from 'luxon';
import type { Playbook } from './playbook.ts';

export interface Problem {
  /** Where in the document, as keys from its root. */
  path: (string | number)[];
  message: string;
}

const named = (names: Iterable<string>): string => {
  const list = [...names];
  return list.length === 0 ? 'there are none' : `there are: ${list.join(', ')}`;
};

const checkSignals = ({ signals, forms }: Playbook): Problem[] =>
  Object.entries(signals).flatMap(([id, { match }]) => {
    const problems: Problem[] = [];
    const form = match.form === undefined ? undefined : forms[match.form];
    if (match.form !== undefined && form === undefined) {
      problems.push({
        path: ['signals', id, 'match', 'form'],
        message: `no form is called ${match.form}; ${named(Object.keys(forms))}`,
      });
    }
    if (match.answer !== undefined && form !== undefined) {
      const field = form.fields[match.answer.field];
      if (field === undefined) {
        const message = `form ${match.form} has no field ${match.answer.field}; ${named(Object.keys(form.fields))}`;
        problems.push({ path: ['signals', id, 'match', 'answer', 'field'], message });
      } else if (field.options !== undefined && !field.options.includes(match.answer.is)) {
        const message = `${match.answer.is} is no option of ${match.answer.field}; ${named(field.options)}`;
        problems.push({ path: ['signals', id, 'match', 'answer', 'is'], message });
      }
    }
    if (match.form !== undefined && match.kind !== undefined && match.kind !== 'form') {
      problems.push({
        path: ['signals', id, 'match'],
        message: `a touch of kind ${match.kind} has no form: this never matches`,
      });
    }
    return problems;
  });

const checkForms = ({ forms }: Playbook): Problem[] =>
  Object.entries(forms).flatMap(([id, form]) => {
    const problems: Problem[] = [];
    const emails = Object.entries(form.fields).filter(([, field]) => field.is === 'email');
    if (emails.length !== 1) {
      const message = `needs exactly one field with \`is: email\`; it has ${emails.length}`;
      problems.push({ path: ['forms', id, 'fields'], message });
    }
    if (form.honeypot !== undefined && form.fields[form.honeypot] !== undefined) {
      problems.push({ path: ['forms', id, 'honeypot'], message: `${form.honeypot} is also a field people fill` });
    }
    return problems;
  });

const checkGrades = ({ grades: { fit, engagement }, signals, qualification }: Playbook): Problem[] => {
  const problems: Problem[] = [];
  if (!(fit.A > fit.B && fit.B > fit.C))
    problems.push({ path: ['grades', 'fit'], message: 'A must be above B, and B above C' });
  if (!(engagement[1] > engagement[2] && engagement[2] > engagement[3])) {
    problems.push({ path: ['grades', 'engagement'], message: '1 must be above 2, and 2 above 3' });
  }
  const giving = Object.values(signals).filter(({ points }) => points > 0);
  const most = giving.some(({ cap }) => cap === undefined)
    ? Number.POSITIVE_INFINITY
    : giving.reduce((sum, { cap }) => sum + (cap ?? 0), 0);
  const wanted = qualification.grades.map((grade) => engagement[grade.charAt(1) as '1'] ?? Number.NEGATIVE_INFINITY);
  if (wanted.length > 0 && most < Math.min(...wanted)) {
    const message = `no lead can reach ${Math.min(...wanted)} points: with their caps all signals together give ${most}`;
    problems.push({ path: ['qualification', 'grades'], message });
  }
  return problems;
};

const checkPeople = ({ people, routing }: Playbook): Problem[] => {
  const problems: Problem[] = [];
  const emails = new Set<string>();
  people.forEach(({ email }, index) => {
    if (emails.has(email)) problems.push({ path: ['people', index, 'email'], message: `${email} is here twice` });
    emails.add(email);
  });
  const known = (email: string, path: Problem['path']): void => {
    if (!emails.has(email)) problems.push({ path, message: `nobody among \`people\` has ${email}; ${named(emails)}` });
  };
  people.forEach(({ manager }, index) => {
    if (manager !== undefined) known(manager, ['people', index, 'manager']);
  });
  for (const [id, { members }] of Object.entries(routing.pools)) {
    members.forEach(({ email }, index) => {
      known(email, ['routing', 'pools', id, 'members', index, 'email']);
    });
  }
  if (routing.pools[routing.defaultPool] === undefined) {
    const message = `no pool is called ${routing.defaultPool}; ${named(Object.keys(routing.pools))}`;
    problems.push({ path: ['routing', 'defaultPool'], message });
  }
  return problems;
};

const checkCalendar = ({ sla: { calendar } }: Playbook): Problem[] => {
  const problems: Problem[] = [];
  if (!IANAZone.isValidZone(calendar.timezone)) {
    const message = `${calendar.timezone} is no time zone; write one such as Europe/Berlin or America/New_York`;
    problems.push({ path: ['sla', 'calendar', 'timezone'], message });
  }
  if (!Object.values(calendar.hours).some((intervals) => intervals.length > 0)) {
    problems.push({
      path: ['sla', 'calendar', 'hours'],
      message: 'no working time on any day: no clock would ever run',
    });
  }
  for (const [day, intervals] of Object.entries(calendar.hours)) {
    const inOrder = [...intervals].sort((a, b) => (a.from < b.from ? -1 : 1));
    if (inOrder.some(({ from }, index) => index > 0 && from < inOrder[index - 1]!.to)) {
      problems.push({ path: ['sla', 'calendar', 'hours', day], message: 'its intervals overlap' });
    }
  }
  return problems;
};

export const checkReferences = (playbook: Playbook): Problem[] => [
  ...checkForms(playbook),
  ...checkSignals(playbook),
  ...checkGrades(playbook),
  ...checkPeople(playbook),
  ...checkCalendar(playbook),
];
