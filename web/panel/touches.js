// What people did, in words.

const kinds = {
  form: 'Sent the form',
  page: 'Read',
  event: 'Did',
  identify: 'Said who they are:',
  group: 'Named their company:',
  alias: 'Was recognised:',
  webinar: 'Attended',
  'trade-show': 'Came to',
  call: 'Spoke on the phone:',
};

export function touchText({ kind, title }) {
  return `${kinds[kind] ?? kind} ${title}`;
}

/** `flag` comes with touches that were kept but set aside. */
const flags = { bot: 'a crawler, does not score', spam: 'spam, does not score' };

/** Why a touch counts nothing; null when it may count. */
export function flagText({ flag }) {
  return flags[flag] ?? null;
}
