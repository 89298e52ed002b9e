// What the mail's template is given. Lists hold what may be missing: an empty one leaves its place out.
import type { Markup } from './html.ts';

export interface NamedValue {
  name: string;
  value: string;
}
interface Link {
  label: string;
  href: Markup;
}
export interface MatterView {
  title: string[];
  said: string[];
  due: NamedValue[];
  buttons: Link[];
  choices: { label: string; links: Link[] }[];
  tables: NamedValue[][];
  timelines: { name: string; touches: { at: string; label: string }[] }[];
}
export interface MailView {
  subject: string;
  /** What clients show beside the subject before a mail is opened. */
  preview: string;
  intro: string[];
  matters: MatterView[];
  footer: string[];
}
