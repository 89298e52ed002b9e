// Statuses as people see them: a word in a colour, and for accounts the way from first touch to customer.
import { h } from './dom.js';

const tones = {
  'Pre-Qualified': 'plain',
  Nurture: 'cool',
  Qualified: 'good',
  'Sales Working': 'busy',
  'Opportunity Open': 'warm',
  Customer: 'good',
  'Customer Engaged': 'good',
  'Customer Opportunity': 'warm',
  Churned: 'bad',
  Disqualified: 'bad',
  'No Longer With Company': 'bad',
  Partner: 'cool',
};

/** `stage`: of the tenant's own, which says more exactly what the status means there. */
export function statusPill(status, stage) {
  return h('span', { class: `pill ${tones[status] ?? 'plain'}` }, stage ? `${status} · ${stage.label}` : status);
}

const journey = ['Pre-Qualified', 'Qualified', 'Sales Working', 'Opportunity Open', 'Customer'];

/** Where the account stands on the way; nothing for statuses beside it, such as Nurture. */
export function statusJourney(status) {
  const at = journey.indexOf(status.startsWith('Customer') ? 'Customer' : status);
  if (at < 0) return null;
  return h(
    'ol',
    { class: 'journey', 'aria-label': 'Stages of an account' },
    journey.map((stage, index) =>
      h(
        'li',
        {
          class: index < at ? 'before' : index === at ? `here ${tones[stage]}` : '',
          'aria-current': index === at && 'step',
        },
        stage,
      ),
    ),
  );
}
