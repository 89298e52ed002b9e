// One person: who, how good, whose, how urgent, and why.
import { behaviourTable } from './behaviour-table.js';
import { dimensionTable } from './dimension-table.js';
import { h } from './dom.js';
import { fitTable } from './fit-table.js';
import { matchNote } from './match-note.js';
import { consideredNote, earlierOwners, ownerCard, waitingCard } from './owner-card.js';
import { slaClock } from './sla-clock.js';
import { statusPill } from './status.js';
import { suppressionNote } from './suppression.js';
import { ago, letters, number, personName } from './words.js';

export function leadCard(lead) {
  const { leadId, status, statusSince, reason, sla } = lead;
  return h(
    'article',
    { class: 'card lead', key: leadId, 'aria-label': personName(lead) },
    h('div', { class: 'head-line' }, person(lead), gradeBadge(lead)),
    h(
      'div',
      { class: 'standing', key: status },
      statusPill(status, lead.stage),
      h('p', null, h('span', { class: 'reason' }, reason), h('span', { class: 'quiet' }, 'since ', ago(statusSince))),
    ),
    matchNote(lead),
    suppressionNote(lead),
    standsOut(lead),
    handling(lead),
    sla?.conversation && h('p', { class: 'say', key: 'say' }, h('b', null, 'Say'), sla.conversation),
    h(
      'div',
      { class: 'scores', key: 'scores' },
      behaviourTable(lead),
      h('div', { class: 'beside', key: 'beside' }, dimensionTable(lead), fitTable(lead)),
    ),
    modelLine(lead),
  );
}

/** Whose it is, and by when they are to follow up. */
function handling({ assignment, waiting, sla }) {
  const whose = assignment ?? waiting;
  if (!whose && !sla) return null;
  return h(
    'section',
    { class: 'whose', key: 'whose', 'aria-label': 'Whose it is' },
    h(
      'div',
      { class: 'handling', key: 'handling' },
      sla && slaClock(sla),
      assignment ? ownerCard(assignment) : waiting && waitingCard(waiting),
    ),
    whose && consideredNote(whose),
    whose && earlierOwners(whose),
  );
}

/** A form wants such mail looked at. */
const doubtful = { freemail: 'personal mail', disposable: 'disposable mail' };

function person(lead) {
  const { email, doubtfulMail, profile, personas, productLines } = lead;
  const name = personName(lead);
  const about = [profile.jobTitle, profile.company, profile.country].filter(Boolean).join(' · ');
  const roles = [
    ...personas,
    ...productLines.map(({ id, label }) => ({ id: `line ${id}`, label: `Interest: ${label}` })),
  ];
  return h(
    'div',
    { class: 'person' },
    h('span', { class: 'face', 'aria-hidden': 'true' }, initials(name)),
    h(
      'div',
      null,
      h('h2', null, name),
      about && h('p', { key: 'about' }, about),
      h(
        'p',
        { class: 'quiet contact', key: 'contact' },
        [email !== name && email, doubtful[doubtfulMail], profile.phone].filter(Boolean).join(' · '),
      ),
      roles.length > 0 &&
        h(
          'ul',
          { class: 'roles', key: 'roles', 'aria-label': 'Persona and interests' },
          roles.map(({ id, label }) => h('li', { key: id }, label)),
        ),
    ),
  );
}

const levels = { MQL: 'Marketing qualified', SQL: 'Sales qualified' };

/** A1 is fit A, engagement 1: the letter comes from who they are, the figure from what they do. */
function gradeBadge({ grade, level, score, personFit, companyFit }) {
  return h(
    'div',
    { class: `grade grade-${grade[0]}` },
    h('p', null, h('strong', null, grade), level && h('abbr', { class: 'level', title: levels[level] }, level)),
    h('span', null, `score ${number(score)}`),
    h('span', null, letters({ personFit, companyFit })),
  );
}

/** A low total with one strong dimension must not be buried. */
function standsOut({ standsOut: dimensions }) {
  if (dimensions.length === 0) return null;
  const told = dimensions.map(({ dimension, points }) => `${dimension} ${number(points)}`).join(', ');
  return h(
    'p',
    { class: 'stands-out', key: 'stands-out' },
    h('strong', null, 'Stands out: '),
    `${told}, although the total is low.`,
  );
}

function modelLine({ model, others }) {
  const version = model.version === null ? 'a draft' : `version ${model.version}`;
  return h(
    'p',
    { class: 'quiet facts', key: 'model' },
    h('span', null, `Model ${model.label}, ${version}`),
    others.map(({ label, grade, score }) => h('span', null, `${label}: ${grade}, ${number(score)} points`)),
  );
}

function initials(name) {
  const [first = '?', ...others] = name.split(/[\s@.]+/).filter(Boolean);
  return (first[0] + (others.length > 0 && !name.includes('@') ? others.at(-1)[0] : '')).toUpperCase();
}
