// Forms: that the person can be told by exactly one e-mail, and that the trap for machines is nothing a person fills.
import type { Problem } from '../schema-complaints.ts';
import type { Playbook } from './playbook.ts';

export const checkForms = ({ forms }: Playbook): Problem[] =>
  Object.entries(forms).flatMap(([id, form]) => {
    const problems: Problem[] = [];
    const emails = Object.entries(form.fields).filter(([, field]) => field.is === 'email');
    if (emails.length !== 1) {
      const hint = emails.length === 0 ? 'add it to the field of the e-mail' : 'keep it on one of them';
      const message = `needs exactly one field with \`is: email\`; it has ${emails.length}: ${hint}`;
      problems.push({ path: ['forms', id, 'fields'], message });
    }
    if (form.honeypot !== undefined && form.fields[form.honeypot] !== undefined) {
      const message = `${form.honeypot} is also a field people fill; name one that is not among the fields`;
      problems.push({ path: ['forms', id, 'honeypot'], message });
    }
    return problems;
  });
