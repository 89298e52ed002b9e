// What the browser may load and send on our pages, as the header says it: nothing but our own files and the tenant's API.

/** The demo site: as strict as any site that carries the tracker and a form can be. */
export function demoPolicy(apiOrigin: string): string {
  return policy({
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self' data:",
    'connect-src': apiOrigin,
    'form-action': `'self' ${apiOrigin}`,
  });
}

/** The panel: it asks its own server where people sign in. HTML reaches the page only through the trusted-types policy `mail`, into a sandboxed frame that inherits
 * this very policy; style attributes are allowed because mails are styled by them, and nothing they name elsewhere loads. */
export function panelPolicy(apiOrigin: string): string {
  return policy({
    'script-src': "'self'",
    'style-src': "'self'",
    'style-src-attr': "'unsafe-inline'",
    'img-src': "'self' data:",
    'connect-src': `'self' ${apiOrigin}`,
    'form-action': "'none'",
    'require-trusted-types-for': "'script'",
    'trusted-types': 'mail',
  });
}

function policy(directives: Record<string, string>): string {
  const all = { 'default-src': "'none'", ...directives, 'base-uri': "'none'", 'frame-ancestors': "'none'" };
  return Object.entries(all)
    .map(([directive, value]) => `${directive} ${value}`)
    .join('; ');
}
