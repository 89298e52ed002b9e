// What a schema cannot see: names that point nowhere, rules that never match, orders turned round, thresholds nobody reaches.
import type { Problem } from '../schema-complaints.ts';
import { checkAccounts } from './check-accounts.ts';
import { checkCalendars } from './check-calendars.ts';
import { checkCrm } from './check-crm.ts';
import { checkFit } from './check-fit.ts';
import { checkForms } from './check-forms.ts';
import { checkGrades } from './check-grades.ts';
import { checkModels } from './check-models.ts';
import { checkNames } from './check-names.ts';
import { checkPeople } from './check-people.ts';
import { checkReach } from './check-reach.ts';
import { checkRouting } from './check-routing.ts';
import { checkSignals } from './check-signals.ts';
import { checkSla } from './check-sla.ts';
import { checkSources } from './check-sources.ts';
import type { Playbook } from './playbook.ts';

const checks = [
  checkForms,
  checkSignals,
  checkFit,
  checkNames,
  checkModels,
  checkGrades,
  checkAccounts,
  checkSources,
  checkCrm,
  checkPeople,
  checkRouting,
  checkCalendars,
  checkSla,
];

/** What reach is reckoned from: where one of these is wrong itself, what can be reached with it is worth nothing. */
const reckonedFrom: ReadonlySet<PropertyKey> = new Set([
  'signals',
  'fit',
  'models',
  'grades',
  'qualification',
  'strong',
]);

/** Every complaint about a playbook that the schema accepts. */
export const checkPlaybook = (playbook: Playbook): Problem[] => {
  const problems = checks.flatMap((check) => check(playbook));
  const isReckonable = problems.every(({ path }) => !reckonedFrom.has(path[0]!));
  return isReckonable ? [...problems, ...checkReach(playbook)] : problems;
};
