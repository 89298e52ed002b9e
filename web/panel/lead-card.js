// One person: who, how good, whose, how urgent, and why.
import { h } from './dom.js';
import { behaviourTable, fitTable } from './score-tables.js';
import { slaClock } from './sla-clock.js';
import { statusPill } from './status.js';
import { ago, moment, number, personName } from './words.js';

export function leadCard(lead) {
  const { leadId, email, profile, status, statusSince, reason, score, fitPoints, parts, fitParts, assignment, sla } =
    lead;
  const name = personName(lead);
  const about = [profile.jobTitle, profile.company, profile.country].filter(Boolean).join(' · ');
  return h(
    'article',
    { class: 'card lead', key: leadId, 'aria-label': name },
    h(
      'div',
      { class: 'head-line' },
      h(
        'div',
        { class: 'person' },
        h('span', { class: 'face', 'aria-hidden': 'true' }, initials(name)),
        h(
          'div',
          null,
          h('h2', null, name),
          about && h('p', null, about),
          h('p', { class: 'quiet contact' }, [email !== name && email, profile.phone].filter(Boolean).join(' · ')),
        ),
      ),
      gradeBadge(lead.grade, fitPoints, score),
    ),
    h(
      'div',
      { class: 'standing', key: status },
      statusPill(status),
      h('p', null, h('span', { class: 'reason' }, reason), h('span', { class: 'quiet' }, 'since ', ago(statusSince))),
    ),
    (assignment || sla) &&
      h('div', { class: 'handling', key: 'handling' }, sla && slaClock(sla), assignment && owner(assignment)),
    sla?.conversation && h('p', { class: 'say', key: 'say' }, h('b', null, 'Say'), sla.conversation),
    h('div', { class: 'scores', key: 'scores' }, behaviourTable(parts, score), fitTable(fitParts, fitPoints)),
  );
}

/** A1 is fit A, engagement 1: the letter comes from who they are, the figure from what they do. */
function gradeBadge(grade, fitPoints, score) {
  return h(
    'div',
    { class: `grade ${grade ? `grade-${grade[0]}` : ''}` },
    h('strong', null, grade ?? '–'),
    h('span', null, `fit ${number(fitPoints)}`),
    h('span', null, `score ${number(score)}`),
  );
}

function owner({ name, email, reason, assignedAt }) {
  return h(
    'div',
    { class: 'owner', key: 'owner' },
    h('p', { class: 'label' }, 'Owner'),
    h('p', { class: 'value' }, name),
    h('p', { class: 'quiet contact' }, email),
    h('p', { class: 'quiet' }, reason),
    h('p', { class: 'quiet' }, 'Since ', moment(assignedAt)),
  );
}

function initials(name) {
  const [first = '?', ...others] = name.split(/[\s@.]+/).filter(Boolean);
  return (first[0] + (others.length > 0 && !name.includes('@') ? others.at(-1)[0] : '')).toUpperCase();
}
