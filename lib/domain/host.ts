// One spelling of a host name: what a browser makes of `bücher.example` before it sends a form.
import { domainToASCII } from 'node:url';

/** `bücher.example` → `xn--bcher-kva.example`; '' for what cannot be a host name. One in ASCII is taken as it stands. */
export const asciiHost = (host: string): string => (/[^ -~]/.test(host) ? domainToASCII(host) : host);
