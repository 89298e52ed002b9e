// Who gives mail to anybody: lists that others keep. In a function's bundle they are packed (infra/packed-lists.ts).
import { disposableEmailBlocklist } from 'disposable-email-domains-js';
import freemailDomains from 'email-providers/all.json' with { type: 'json' };

export const freemailList = (): readonly string[] => freemailDomains;
export const disposableList = (): readonly string[] => disposableEmailBlocklist();
