// What somebody's line says of another person in words: an answer that names them, the address of a page that has theirs. The line is
// of whoever it is about and stays theirs, without those words; and of it whoever they are about is told nothing else.
import type { Captured } from '../../events/catalogue.ts';
import { withoutAddressesOf } from './addresses-in-text.ts';
import { contactsIn, isAbout, isSubject, mentions } from './mentions.ts';

type Ids = ReadonlySet<string>;

const gone = 'erased';

/** The address of a page says which page it was: that stays. */
const textWithout = (ids: Ids, text: string): string => {
  if (!mentions(ids, text)) return text;
  const page = URL.canParse(text) ? withoutAddressesOf((found) => found.some((id) => ids.has(id)), text, gone) : gone;
  return mentions(ids, page) ? gone : page;
};

const each = <Value>(value: Value, change: (text: string) => string): Value => {
  if (typeof value === 'string') return change(value) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, each(one, change)])) as Value;
};

/** The line with each text that somebody wrote changed. */
const rewritten = (line: Captured, change: (text: string) => string): Captured => {
  if (line.type === 'crm-change-captured.v1') {
    const { change: what } = line;
    return 'profile' in what ? { ...line, change: { ...what, profile: each(what.profile, change) } } : line;
  }
  if (line.type !== 'touch-captured.v1') return line.why === undefined ? line : { ...line, why: change(line.why) };
  const { profile, form, event, page, campaign } = line;
  return {
    ...line,
    ...(profile && { profile: each(profile, change) }),
    ...(form && { form: { ...form, answers: each(form.answers, change) } }),
    ...(event !== undefined && { event: change(event) }),
    ...(page && { page: each(page, change) }),
    ...(campaign !== undefined && { campaign: change(campaign) }),
  };
};

/** Who did it or owns the record: people at work, whose addresses the playbook and the CRM have too. Of whom the line is it does not say. */
const withoutStaff = (line: Captured): unknown => {
  if (line.type === 'touch-captured.v1') return line;
  if (line.type !== 'crm-change-captured.v1') {
    const { by: _, ...said } = line;
    return 'action' in said ? { ...said, action: { ...said.action, to: undefined } } : said;
  }
  return { ...line, change: { ...line.change, ownerEmail: undefined } };
};

/** The line as it stays when these people are erased and it is not of them; undefined where it is. */
export const withoutWordsAbout = (ids: Ids, line: Captured): Captured | undefined => {
  if (!isAbout(ids, line)) return line;
  const left = rewritten(line, (text) => textWithout(ids, text));
  return isSubject(ids, line) || mentions(ids, JSON.stringify(withoutStaff(left))) ? undefined : left;
};

/** What they are told of a line: all of it where it is of them; of somebody else's when it was, and what it says of them. */
export const toldOf = (ids: Ids, line: Captured): object => {
  if (isSubject(ids, line) || contactsIn(line).some((id) => ids.has(id))) return line;
  const words: string[] = [];
  rewritten(line, (text) => {
    if (mentions(ids, text)) words.push(text);
    return text;
  });
  const { type, source, occurredAt } = line;
  return { type, source, occurredAt, words };
};
